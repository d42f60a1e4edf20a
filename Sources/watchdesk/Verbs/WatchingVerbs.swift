internal import ArgumentParser
internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// `watchdesk hosts`: the machines that are watched.
struct HostsVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hosts", abstract: "List hosts with their newest values.",
        discussion: "EXAMPLE:\n  watchdesk hosts --json")

    @OptionGroup var list: ListOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
        let hosts = try DeskAccess.use(common) { client in try await client.call(Operations.listHosts, Nothing()) }
        Listing(
            items: hosts.items,
            columns: [
                .init("HOST") { $0.name }, .init("SAMPLED") { $0.sampledAt?.rfc3339 ?? "never" },
                .init("CPU") { HostsVerb.percent($0, "cpu.busy") },
                .init("MEMORY") { HostsVerb.percent($0, "memory.used_percent") },
                .init("METRICS") { "\($0.metrics.count)" },
            ], empty: "No hosts yet."
        ).print(asJSON: list.json)
    }

    private static func percent(_ host: Host, _ metric: String) -> String {
        guard let value = host.metrics.first(where: { $0.name == metric })?.value else { return "n/a" }
        return "\((value * 10).rounded() / 10) %"
    }
}

/// `watchdesk audit`: who did what.
struct AuditVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "List the audit trail, newest first.",
        discussion: "EXAMPLE:\n  watchdesk audit --limit 20")

    @Option(help: "At most so many rows, 1 to 1000.")
    var limit: Int64 = 50

    @OptionGroup var list: ListOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
        var request = ListAudit()
        request.limit = limit
        let question = request
        let rows = try DeskAccess.use(common) { client in try await client.call(Operations.listAudit, question) }
        Listing(
            items: rows.items,
            columns: [
                .init("ROW") { "\($0.sequence)" }, .init("AT") { $0.at.rfc3339 },
                .init("WHO") { "\($0.actorName) (\($0.actor))" }, .init("DID") { $0.action },
                .init("TO") { $0.subject }, .init("DETAIL") { $0.detail },
            ], empty: "Nothing was done yet."
        ).print(asJSON: list.json)
    }
}
