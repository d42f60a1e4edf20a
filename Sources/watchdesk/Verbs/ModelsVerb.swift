internal import ArgumentParser
internal import DeskAPI
internal import Vocabulary

/// `watchdesk models`: the versions that answer and classify, the names that point to them, and their traffic.
struct ModelsVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "models", abstract: "List versions, move names, split traffic, roll back.",
        discussion: """
            EXAMPLES:
              watchdesk models                                      what answers, and how well
              watchdesk models add gpt-4o-mini --prompt-file p.txt  register a version
              watchdesk models deploy production 4                  give it 1 %, then 5, 25, 50 and all
              watchdesk models rollback production                  take the last change back, at once
              watchdesk models tune chats.jsonl --endpoint openai --model gpt-4o-mini-2024-07-18
            """,
        subcommands: [
            ListAll.self, Show.self, Compare.self, Add.self, Delete.self, Ask.self, Deploy.self, Deployments.self,
            Step.self, Pause.self, Promote.self, RollBack.self, History.self, Budgets.self, Endpoints.self, Tune.self,
            Discover.self,
        ], defaultSubcommand: ListAll.self)

    /// Lists versions.
    struct ListAll: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List the versions of every model, newest first.",
            discussion: "EXAMPLE:\n  watchdesk models list --json")

        @OptionGroup var list: ListOptions
        @OptionGroup var common: CommonOptions

        func run() throws {
            let models = try DeskAccess.use(common) { client in
                try await client.call(Operations.listModels, Nothing())
            }
            Listing(
                items: models.items,
                columns: [
                    .init("ID") { "\($0.id)" }, .init("MODEL") { "\($0.model) v\($0.version)" },
                    .init("KIND") { $0.kind.rawValue }, .init("NAMES") { $0.aliases.joined(separator: ", ") },
                    .init("REQUESTS") { "\($0.requests)" }, .init("ERRORS") { "\($0.errors)" },
                    .init("TOKENS IN/OUT") {
                        "\($0.promptTokens)/\($0.answerTokens)\($0.estimated > 0 ? " est." : "")"
                    },
                    .init("COST") { $0.cost > 0 ? ModelsVerb.dollars($0.cost) : "" },
                    .init("HANDED OVER") {
                        ModelsVerb.share($0.handOverShare, of: $0.conversations)
                    },
                    .init("SATISFIED") { ModelsVerb.share($0.satisfiedShare, of: $0.rated) },
                    .init("FIRST WORD P95") { ModelsVerb.milliseconds($0.firstTokenP95) },
                    .init("TOTAL P95") { ModelsVerb.milliseconds($0.totalP95) },
                    .init("ACCURACY") { $0.evaluation.map { Decimals.percent($0.accuracy) } ?? "" },
                ], empty: "No versions yet."
            ).print(asJSON: list.json)
        }
    }

    /// Registers a chat version.
    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Register a version of a chat model; nobody gets it before it is deployed.",
            discussion: """
                The endpoint is one of the configuration: `assistant` for assistant.url, or one of `endpoints`; or a
                server of the gateway's machine at its usual port: ollama, llama.cpp, lm-studio or vllm.

                EXAMPLE:
                  watchdesk models add gpt-4o-mini --prompt-file friendly.txt --parent 2 --notes "friendlier"
                  watchdesk models add qwen2.5:3b --endpoint ollama
                """)

        @Argument(help: "The provider's name of the model, or knowledge-base.")
        var model: String
        @Option(help: "The endpoint's name.")
        var endpoint: String = "assistant"
        @Option(help: "A file that says who the model is; the built-in text unless given.")
        var promptFile: String?
        @Option(help: "The number of the version it was made from.")
        var parent: Int64?
        @Option(help: "What to say about it.")
        var notes: String = ""
        @OptionGroup var list: ListOptions
        @OptionGroup var common: CommonOptions

        func run() throws {
            var request = AddModelVersion()
            (request.model, request.route, request.notes) = (model, endpoint, notes)
            request.parent = parent.map { ID($0) }
            if let promptFile {
                guard let bytes = try ConfigurationFile.read(promptFile) else {
                    throw Failure("there is no file \(promptFile)")
                }
                request.prompt = String(decoding: bytes, as: UTF8.self)
            }
            let asked = request
            let version = try DeskAccess.use(common) { client in
                try await client.call(Operations.addModelVersion, asked)
            }
            Output.write(list.json ? version.json + "\n" : "Version \(version.id): \(ModelsVerb.name(version)).\n")
        }
    }

    /// Deletes a version.
    struct Delete: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Delete a version that nothing points to; its counts go with it.",
            discussion: "EXAMPLE:\n  watchdesk models delete 7")

        @Argument(help: "The version's number.")
        var id: Int64
        @OptionGroup var common: CommonOptions

        func run() throws {
            let reference = ModelReference(ID(id))
            let version = try DeskAccess.use(common) { client in
                try await client.call(Operations.deleteModelVersion, reference)
            }
            Output.write("Deleted version \(version.id) (\(ModelsVerb.name(version))).\n")
        }
    }

    /// Asks a classifier.
    struct Ask: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Ask a classifier what a text is about.",
            discussion: "EXAMPLE:\n  watchdesk models ask 5 \"Where is my card?\"")

        @Argument(help: "The version's number.")
        var id: Int64
        @Argument(help: "The text.")
        var text: String
        @OptionGroup var list: ListOptions
        @OptionGroup var common: CommonOptions

        func run() throws {
            let request = ClassifyText(ID(id), text)
            let answer = try DeskAccess.use(common) { client in
                try await client.call(Operations.classifyText, request)
            }
            guard !list.json else { return Output.write(answer.json + "\n") }
            if answer.isOutOfScope { Output.write("Out of scope: nothing that it learned fits well enough.\n") }
            for candidate in answer.candidates {
                let label = SafeText(untrusted: candidate.label).oneLine.text
                Output.write("\(Decimals.percent(candidate.probability))  \(label)\n")
            }
        }
    }

    /// Lists where names pointed.
    struct History: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List where names pointed, the newest move first.",
            discussion: "EXAMPLE:\n  watchdesk models history")

        @OptionGroup var list: ListOptions
        @OptionGroup var common: CommonOptions

        func run() throws {
            let moves = try DeskAccess.use(common) { client in
                try await client.call(Operations.listAliasMoves, Nothing())
            }
            Listing(
                items: moves.items,
                columns: [
                    .init("AT") { $0.at.rfc3339 }, .init("NAME") { $0.name },
                    .init("FROM") { $0.from.map { "\($0)" } ?? "" }, .init("TO") { "\($0.to)" },
                    .init("BY") { $0.actor }, .init("WHY") { $0.reason },
                ], empty: "No name was moved yet."
            ).print(asJSON: list.json)
        }
    }

    static func name(_ version: ModelVersion) -> String {
        "\(SafeText(untrusted: version.model).oneLine.text) v\(version.version)"
    }

    /// Nano-dollars as dollars, to the hundredth of a cent below ten dollars.
    static func dollars(_ nano: Int64) -> String {
        "$" + Decimals.fixed(Double(nano) / 1e9, decimals: nano < 10_000_000_000 ? 4 : 2)
    }

    /// A share with what it is of beside it; nothing of nothing.
    static func share(_ share: Double?, of count: Int64) -> String {
        share.map { "\(Decimals.percent($0)) of \(count)" } ?? ""
    }

    static func milliseconds(_ value: Double?) -> String { value.map { "\(Int64($0.rounded())) ms" } ?? "n/a" }
}
