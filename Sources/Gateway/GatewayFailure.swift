internal import NIOCore
public import Vocabulary

/// Why a gateway could not start.
public enum GatewayFailure: Error, Equatable, Sendable, CustomStringConvertible {
    /// Another program listens there.
    case addressInUse(ListenAddress)
    /// This machine has no such address, or the name is unknown.
    case addressUnknown(ListenAddress, reason: String)
    /// The system does not let this user listen there.
    case notPermitted(ListenAddress)
    /// Any other reason of the system.
    case notStarted(ListenAddress, reason: String)

    /// What happened and what to do, one line.
    public var description: String {
        switch self {
        case .addressInUse(let address):
            "\(address) is in use by another program: stop it, or choose another with --listen \(address.host):PORT"
        case .addressUnknown(let address, let reason):
            "\(address) is no address of this machine (\(reason)): try --listen 127.0.0.1:\(address.port)"
        case .notPermitted(let address):
            "this user may not listen on \(address): choose a port above 1023 with --listen \(address.host):7180"
        case .notStarted(let address, let reason): "cannot listen on \(address): \(reason)"
        }
    }

    init(_ error: any Error, at address: ListenAddress) {
        switch (error as? IOError)?.errnoCode {
        case 98: self = .addressInUse(address)
        case 99: self = .addressUnknown(address, reason: "no interface has it")
        case 13, 1: self = .notPermitted(address)
        case nil where error is SocketAddressError:
            self = .addressUnknown(address, reason: "the name cannot be resolved")
        default: self = .notStarted(address, reason: String(describing: error))
        }
    }
}
