public import Vocabulary

/// Who asks for an operation, after authentication.
public struct Caller: Equatable, Sendable {
    /// How the caller proved who it is.
    public enum Identity: Hashable, Sendable {
        /// Nobody in particular; only public operations.
        case anonymous
        /// A customer's token.
        case customer(ID<Customer>)
        /// An API key.
        case key(ID<APIKey>)
        /// The person at the machine that owns the data folder.
        case local
    }

    /// How the caller proved who it is.
    public let identity: Identity
    /// What the caller is to the desk; `nil` for nobody in particular.
    public let role: Role?
    /// The name shown to others, such as the key's name.
    public let name: String

    /// A caller.
    public init(identity: Identity, role: Role?, name: String) {
        self.identity = identity
        self.role = role
        self.name = name
    }

    /// Nobody in particular.
    public static let anonymous = Caller(identity: .anonymous, role: nil, name: "anonymous")

    /// The person at the machine, with every right.
    public static func local(name: String) -> Caller { Caller(identity: .local, role: .admin, name: name) }

    /// Stable text for owners and audit rows: `c:7`, `u:3`, `u:local`, `anonymous`.
    public var actor: String {
        switch identity {
        case .anonymous: "anonymous"
        case .customer(let id): "c:\(id)"
        case .key(let id): "u:\(id)"
        case .local: "u:local"
        }
    }

    /// Whether the caller works at the desk, rather than asking it.
    public var isStaff: Bool {
        switch role {
        case .agent, .sre, .admin: true
        case .hostAgent, .customer, nil: false
        }
    }

    /// Whether the caller's role includes the scope; `nil` means the operation is public.
    public func may(_ scope: Scope?) -> Bool {
        guard let scope else { return true }
        return role?.scopes.contains(scope) ?? false
    }
}
