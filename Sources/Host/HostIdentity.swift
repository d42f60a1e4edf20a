/// Which machine a sample is from.
public struct HostIdentity: Hashable, Sendable {
    /// The host's name, such as `web-1`; `unknown` when the kernel does not say.
    public let name: String
    /// The kernel's release, such as `6.1.0-26-amd64`; empty when unknown.
    public let kernel: String
    /// Changes with every start of the machine; empty when unknown.
    public let boot: String

    /// Names a machine.
    public init(name: String, kernel: String, boot: String) {
        self.name = name
        self.kernel = kernel
        self.boot = boot
    }
}
