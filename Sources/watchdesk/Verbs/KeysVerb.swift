internal import ArgumentParser
internal import DeskAPI
internal import Vocabulary

/// `watchdesk keys`: who may talk to the gateway.
struct KeysVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "Create, list and revoke API keys.",
        discussion: "EXAMPLE:\n  watchdesk keys create --name front-desk --role agent",
        subcommands: [Create.self, ListAll.self, Revoke.self], defaultSubcommand: ListAll.self)

    /// Makes a key and prints its token, once.
    struct Create: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Create a key; its token is printed once and never again.",
            discussion: "EXAMPLE:\n  watchdesk keys create --name front-desk --role agent --days 90")

        @Option(help: "What the key is for; others see this name.")
        var name: String

        @Option(help: "What its holder may do: agent, sre, admin or host-agent.")
        var role: String = "agent"

        @Option(help: "For how many days it is valid; until revoked without this.")
        var days: Int64?

        @OptionGroup var list: ListOptions
        @OptionGroup var common: CommonOptions

        func run() throws {
            let roles = Role.allCases.filter { $0 != .customer }.map(\.rawValue)
            guard let role = Role(rawValue: role), role != .customer else {
                let hint = roles.nearest(to: self.role).map { "; did you mean \($0)?" } ?? ""
                throw Failure(
                    "--role is \(self.role), but must be one of \(roles.joined(separator: ", "))\(hint)", status: 2)
            }
            let request = CreateKey(name: name, role: role, days: days)
            let key = try DeskAccess.use(common) { client in try await client.call(Operations.createKey, request) }
            guard !list.json else { return Output.write(key.json + "\n") }
            Output.write((key.token ?? "") + "\n")
            Output.complain(
                "Key \(key.id) for \(SafeText(untrusted: key.name).text) (\(role.rawValue)). Keep the token: it is not shown again."
            )
        }
    }

    /// Lists keys, never their secrets.
    struct ListAll: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List keys, newest first; never their secrets.",
            discussion: "EXAMPLE:\n  watchdesk keys list --json")

        @OptionGroup var list: ListOptions
        @OptionGroup var common: CommonOptions

        func run() throws {
            let keys = try DeskAccess.use(common) { client in try await client.call(Operations.listKeys, Nothing()) }
            Listing(
                items: keys.items,
                columns: [
                    .init("ID") { "\($0.id)" }, .init("NAME") { $0.name }, .init("ROLE") { $0.role.rawValue },
                    .init("PREFIX") { $0.prefix }, .init("CREATED") { $0.createdAt.rfc3339 },
                    .init("LAST USED") { $0.lastUsedAt?.rfc3339 ?? "never" },
                    .init("STATE") { key in
                        if let revoked = key.revokedAt { return "revoked \(revoked.rfc3339)" }
                        return key.expiresAt.map { "until \($0.rfc3339)" } ?? "valid"
                    },
                ], empty: "No keys. Create one: watchdesk keys create --name front-desk --role agent"
            ).print(asJSON: list.json)
        }
    }

    /// Revokes a key at once.
    struct Revoke: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Revoke a key at once; open connections that use it end.",
            discussion: "EXAMPLE:\n  watchdesk keys revoke 3")

        @Argument(help: "The key's number, as `keys list` shows it.")
        var id: Int64

        @OptionGroup var common: CommonOptions

        func run() throws {
            let reference = KeyReference(ID(id))
            let key = try DeskAccess.use(common) { client in try await client.call(Operations.revokeKey, reference) }
            Output.write("Revoked key \(key.id) (\(SafeText(untrusted: key.name).text)).\n")
        }
    }
}
