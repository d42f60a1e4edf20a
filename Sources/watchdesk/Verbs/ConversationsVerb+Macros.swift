internal import ArgumentParser
internal import DeskAPI
internal import Vocabulary

extension ConversationsVerb {
    /// Lists the macros.
    struct Macros: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the macros of support.yaml.", discussion: "EXAMPLE:\n  watchdesk conversations macros")

        @OptionGroup var list: ListOptions
        @OptionGroup var common: CommonOptions

        func run() throws {
            let found = try DeskAccess.use(common) { client in
                try await client.call(Operations.listMacros, Nothing()).items
            }
            Listing(
                items: found,
                columns: [
                    .init("NAME") { $0.name },
                    .init("DOES") { macro in
                        macro.steps.map { step in
                            step.with.map { "\(step.deed.rawValue): \($0)" } ?? step.deed.rawValue
                        }.joined(separator: "; ")
                    },
                ], empty: "There are no macros. They stand under `macros` in support.yaml."
            ).print(asJSON: list.json)
        }
    }

    /// Does what a macro says.
    struct RunByName: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "macro", abstract: "Do with a conversation what a macro says, all of it or nothing.",
            discussion: "EXAMPLE:\n  watchdesk conversations macro 42 refund-sent")

        @Argument(help: ArgumentHelp("The conversation's number.", valueName: "id"))
        var number: Int64
        @Argument(help: "The macro.")
        var name: String
        @OptionGroup var list: ListOptions
        @OptionGroup var common: CommonOptions

        func run() throws {
            var generator = SystemRandomNumberGenerator()
            let request = RunMacro(name, on: ID(number), cid: ULID(at: .now, randomness: &generator))
            let conversation = try DeskAccess.use(common) { client in
                try await client.call(Operations.runMacro, request)
            }
            Output.write(
                list.json
                    ? conversation.json + "\n"
                    : "Conversation \(conversation.id) is \(conversation.status.rawValue) now.\n")
        }
    }

    /// Makes a link by which the customer rates the conversation.
    struct RatingLinkOf: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "rating-link",
            abstract: "Make a link by which the customer rates a conversation, once, for thirty days.",
            discussion: """
                What is printed stands behind the address at which customers reach the gateway. It can be used when the
                conversation is resolved.

                EXAMPLE:
                  watchdesk conversations rating-link 42
                """)

        @Argument(help: ArgumentHelp("The conversation's number.", valueName: "id"))
        var number: Int64
        @OptionGroup var list: ListOptions
        @OptionGroup var common: CommonOptions

        func run() throws {
            let id = ID<Conversation>(number)
            let link = try DeskAccess.use(common) { client in
                try await client.call(Operations.createRatingLink, ConversationReference(id))
            }
            Output.write(list.json ? link.json + "\n" : link.path + "\n")
        }
    }
}
