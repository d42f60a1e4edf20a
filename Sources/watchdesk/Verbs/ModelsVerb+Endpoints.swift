internal import ArgumentParser
internal import DeskAPI
internal import Vocabulary

extension ModelsVerb {
    /// Lists the servers of language models.
    struct Endpoints: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the servers of language models, with their limits and how they do.",
            discussion: """
                One that fails five times in a row is left alone for ten seconds, then for longer; meanwhile the version
                before answers, or the knowledge base.

                EXAMPLE:
                  watchdesk models endpoints --json
                """)

        @OptionGroup var list: ListOptions
        @OptionGroup var common: CommonOptions

        func run() throws {
            let endpoints = try DeskAccess.use(common) { client in
                try await client.call(Operations.listEndpoints, Nothing())
            }
            Listing(
                items: endpoints.items,
                columns: [
                    .init("ENDPOINT") { $0.name }, .init("ORIGIN") { $0.origin }, .init("WIRE") { $0.wire },
                    .init("KEY") { $0.hasKey ? "yes" : "" },
                    .init("FIRST TOKEN") { "\($0.firstTokenMilliseconds / 1000) s" },
                    .init("WHOLE") { "\($0.wholeMilliseconds / 1000) s" }, .init("RETRIES") { "\($0.retries)" },
                    .init("HEALTH") { Endpoints.words($0) },
                ], empty: "No endpoints."
            ).print(asJSON: list.json)
        }

        private static func words(_ endpoint: EndpointState) -> String {
            switch endpoint.health {
            case .unused: endpoint.isConfigured ? "not asked yet" : "usual port, not asked yet"
            case .well: "well"
            case .failing: "\(endpoint.failures) failed in a row"
            case .resting:
                "left alone for \(Decimals.fixed(Double(endpoint.restsMilliseconds ?? 0) / 1000, decimals: 1)) s"
            case .trying: "one request looks whether it is well"
            }
        }
    }
}
