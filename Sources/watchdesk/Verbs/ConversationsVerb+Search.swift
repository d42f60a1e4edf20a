internal import ArgumentParser
internal import DeskAPI
internal import Vocabulary

extension ConversationsVerb {
    /// Searches all messages.
    struct Search: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Search all messages, the newest first.",
            discussion: """
                Words must all be there; "several words" stand together, -word must be missing, word* is a beginning.
                from: customer, agent, assistant, note or a name; tag: status: priority: in: (a conversation's number)
                before: after: (a day) has:note

                EXAMPLE:
                  watchdesk conversations search 'refund "wrong size" -voucher from:customer before:2026-11-01'
                """)

        @Argument(help: "What to look for.")
        var words: [String]
        @Option(help: "At most so many, 1 to 500.")
        var limit: Int64 = 20
        @OptionGroup var list: ListOptions
        @OptionGroup var common: CommonOptions

        func run() throws {
            let request = SearchMessages(words.joined(separator: " "), limit: limit)
            let found = try DeskAccess.use(common) { client in
                try await client.call(Operations.searchMessages, request)
            }
            Listing(
                items: found.items,
                columns: [
                    .init("ID") { "\($0.conversation)" }, .init("AT") { $0.at.rfc3339 },
                    .init("CUSTOMER") { $0.customerName }, .init("FROM") { Search.author($0) },
                    .init("FOUND") { Search.marked($0.snippet) },
                ], empty: "Nothing was found."
            ).print(asJSON: list.json)
        }

        private static func author(_ found: FoundMessage) -> String {
            found.author == .note ? "NOTE \(found.authorName)" : found.authorName
        }

        /// What was found in brackets: a list has no bold.
        private static func marked(_ snippet: String) -> String {
            snippet.replacing("\u{2}", with: "[").replacing("\u{3}", with: "]")
        }
    }

    /// Writes a conversation out.
    struct Export: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write a conversation out as Markdown or JSON.",
            discussion:
                "EXAMPLE:\n  watchdesk conversations export 42 > 42.md\n  watchdesk conversations export 42 --json")

        @Argument(help: ArgumentHelp("The conversation's number.", valueName: "id"))
        var number: Int64
        @Flag(help: "Without the notes of colleagues: what the customer may read.")
        var withoutNotes = false
        @OptionGroup var list: ListOptions
        @OptionGroup var common: CommonOptions

        func run() throws {
            let id = ID<Conversation>(number)
            let (conversation, all) = try DeskAccess.use(common) { client in
                let conversation = try await client.call(Operations.showConversation, ConversationReference(id))
                return (conversation, try await Transcript.read(id, from: client))
            }
            let messages = withoutNotes ? all.filter { $0.author != .note } : all
            Output.write(
                list.json
                    ? ConversationDocument.json(conversation, messages)
                    : ConversationDocument.markdown(conversation, messages))
        }
    }
}

/// A whole conversation as one text.
enum ConversationDocument {
    /// One JSON object with `conversation` and `messages`.
    static func json(_ conversation: Conversation, _ messages: [Message]) -> String {
        "{\"conversation\":\(conversation.json),\"messages\":[\(messages.map(\.json).joined(separator: ","))]}\n"
    }

    /// A page for people; what came from outside is quoted, so that it cannot become markup.
    static func markdown(_ conversation: Conversation, _ messages: [Message]) -> String {
        func plain(_ text: String) -> String { escaped(SafeText(untrusted: text).oneLine.text) }
        let rating = conversation.ratingText ?? "none"
        var page = "# Conversation \(conversation.id): \(plain(conversation.subject))\n\n"
        page += "| | |\n| --- | --- |\n"
        for (name, value) in [
            ("Customer", "\(plain(conversation.customerName)) (\(conversation.customer))"),
            ("Status", conversation.status.rawValue), ("Owner", plain(conversation.ownerName ?? "nobody")),
            ("Priority", conversation.priority.rawValue), ("Tags", plain(conversation.tags.joined(separator: ", "))),
            ("Started", conversation.createdAt.rfc3339),
            ("First reply of a person", conversation.firstReplyAt?.rfc3339 ?? "none"), ("Rating", rating),
        ] { page += "| \(name) | \(value) |\n" }
        for message in messages {
            let kind = message.author == .note ? "NOTE by " : ""
            page += "\n**\(kind)\(plain(message.authorName))** (\(message.author.rawValue)), \(message.at.rfc3339)\n\n"
            let lines = SafeText(untrusted: message.text).text.split(separator: "\n", omittingEmptySubsequences: false)
            page += lines.map { "> \(escaped(String($0)))\n" }.joined()
        }
        return page
    }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            if "\\`*_{}[]<>#|~!&".unicodeScalars.contains(scalar) { escaped.unicodeScalars.append("\\") }
            escaped.unicodeScalars.append(scalar)
        }
        return escaped
    }
}

extension Conversation {
    /// What the customer gave, or what they would give by their words, marked as such; `nil` when neither is known.
    var ratingText: String? {
        rating.map { "\($0) of 5" } ?? estimatedRating.map { "\(Decimals.fixed($0, decimals: 1)) of 5 (estimated)" }
    }
}
