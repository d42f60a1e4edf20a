internal import Desk
internal import DeskAPI
internal import RemoteDesk
internal import Settings
internal import Storage

/// The way from a verb to a desk: a gateway elsewhere, the one that runs on the data folder, or the folder itself.
struct DeskAccess: Sendable {
    /// The desk.
    let client: any DeskClient
    private let end: @Sendable () async -> Void

    /// Opens the desk that the options mean, lets `body` work with it, and closes it.
    static func use<Success: Sendable>(
        _ common: CommonOptions, _ body: @escaping @Sendable (any DeskClient) async throws -> Success
    ) throws -> Success {
        let settings = try common.settings()
        return try Blocking.run {
            let access = try await open(settings)
            do {
                let success = try await body(access.client)
                await access.end()
                return success
            } catch {
                await access.end()
                throw error
            }
        }
    }

    private static func open(_ settings: Settings) async throws -> DeskAccess {
        if let target = try GatewayTarget.find(settings) {
            let remote = try RemoteDesk(url: target.url, key: target.token)
            return DeskAccess(client: remote) { await remote.close() }
        }
        let live = try await LiveDesk.open(settings) { Output.complain("watchdesk: \($0)") }
        let client = EmbeddedClient(desk: live.desk, caller: .local(name: UserName.current))
        return DeskAccess(client: client) { await live.close() }
    }
}

/// A gateway that runs somewhere, and the token that opens it.
struct GatewayTarget: Equatable, Sendable {
    /// Its address.
    let url: String
    /// The token.
    let token: String

    /// The gateway that the settings mean: the one at `--url`, or the one that runs on the data folder; `nil` when
    /// nobody has the folder.
    static func find(_ settings: Settings) throws -> GatewayTarget? {
        if let url = settings.url {
            guard let key = settings.key else {
                throw Failure("url is set (\(url.origin)), but no key: give --key or WATCHDESK_KEY", status: 2)
            }
            return GatewayTarget(url: url.value.text, token: key.value.revealed)
        }
        guard let owner = DataFolder.owner(of: settings.data.value) else { return nil }
        guard let address = owner.address else { throw DataFolderFailure.ownedByAnother(pid: owner.processID) }
        let file = "\(settings.data.value)/\(LiveDesk.tokenFile)"
        let token = String(decoding: try FileSource.system.read(file).bytes, as: UTF8.self)
        return GatewayTarget(url: address, token: token)
    }
}
