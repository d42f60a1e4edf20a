internal import ArgumentParser
internal import DeskAPI
internal import Vocabulary

/// `watchdesk services`: whether the services that are watched answer.
struct ServicesVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "services", abstract: "List the services that the gateway watches, with their last failure.",
        discussion: """
            The configuration file names them:

              services:
                - {name: web, http: "https://shop.example/health", every: 10s, timeout: 3s, expect: 200}
                - {name: db, postgresql: "127.0.0.1:5432"}

            EXAMPLE:
              watchdesk services --json
            """)

    @OptionGroup var list: ListOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
        let services = try DeskAccess.use(common) { client in
            try await client.call(Operations.listServices, Nothing())
        }
        Listing(
            items: services.items,
            columns: [
                .init("SERVICE") { $0.name }, .init("KIND") { $0.kind.rawValue },
                .init("STATE") { $0.isUp.map { $0 ? "up" : "DOWN" } ?? "n/a" },
                .init("LATENCY") { $0.latency.map { "\(($0 * 10).rounded() / 10) ms" } ?? "n/a" },
                .init("CHECKED") { $0.checkedAt?.rfc3339 ?? "never" }, .init("TARGET") { $0.target },
                .init("LAST FAILURE") { service in
                    service.lastFailure.map { "\(service.lastFailedAt?.rfc3339 ?? ""): \($0)" } ?? "none"
                },
            ], empty: "No services are watched; see watchdesk services --help."
        ).print(asJSON: list.json)
    }
}
