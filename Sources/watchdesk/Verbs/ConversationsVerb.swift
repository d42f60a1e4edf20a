internal import ArgumentParser
internal import DeskAPI
internal import Vocabulary

/// `watchdesk conversations`: the inbox and the transcripts.
struct ConversationsVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conversations", abstract: "List, search and work conversations.",
        discussion: "EXAMPLE:\n  watchdesk conversations list --status waiting",
        subcommands: [
            ListAll.self, Show.self, Search.self, Export.self, Claim.self, Release.self, Resolve.self, Reply.self,
            Suggest.self, Available.self, Present.self, Macros.self, RunByName.self, RatingLinkOf.self,
            Change.self, Snooze.self, Wake.self, Transfer.self, Check.self,
        ], defaultSubcommand: ListAll.self)

    /// Lists conversations.
    struct ListAll: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List conversations: those that wait first, the longest wait at the top.",
            discussion: "EXAMPLE:\n  watchdesk conversations list --status waiting --json")

        @Option(help: "Only those that are assistant, waiting, open, snoozed or resolved.")
        var status: String?

        @Option(help: "At most so many, 1 to 500.")
        var limit: Int64 = 100

        @OptionGroup var list: ListOptions
        @OptionGroup var common: CommonOptions

        func run() throws {
            var request = ListConversations()
            request.limit = limit
            if let status {
                let known = Conversation.Status.allCases.map(\.rawValue)
                guard let wanted = Conversation.Status(rawValue: status) else {
                    throw Failure(
                        "--status is \(status), but must be one of \(known.joined(separator: ", "))", status: 2)
                }
                request.status = wanted
            }
            let question = request
            let conversations = try DeskAccess.use(common) { client in
                try await client.call(Operations.listConversations, question)
            }
            Listing(
                items: conversations.items,
                columns: [
                    .init("ID") { "\($0.id)" }, .init("STATUS") { $0.status.rawValue },
                    .init("OWNER") { $0.ownerName ?? $0.owner ?? "queue" }, .init("CUSTOMER") { $0.customerName },
                    .init("PRIORITY") { $0.priority.rawValue }, .init("TAGS") { $0.tags.joined(separator: ", ") },
                    .init("WAITING SINCE") { $0.waitingSince?.rfc3339 ?? "-" },
                    .init("DUE") { $0.dueAt?.rfc3339 ?? "-" },
                    .init("UPDATED") { $0.updatedAt.rfc3339 }, .init("LAST") { $0.lastText ?? $0.subject },
                ], empty: "No conversations. Ask something: watchdesk chat"
            ).print(asJSON: list.json)
        }
    }

    /// Shows a transcript.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show the transcript of a conversation, and who of the staff has read how far.",
            discussion: "EXAMPLE:\n  watchdesk conversations show 42 --json")

        @Argument(help: "The conversation's number.")
        var id: Int64

        @OptionGroup var list: ListOptions
        @OptionGroup var common: CommonOptions

        func run() throws {
            let conversation = ID<Conversation>(id)
            let (shown, messages) = try DeskAccess.use(common) { client in
                let shown = try await client.call(Operations.showConversation, ConversationReference(conversation))
                return (shown, try await Transcript.read(conversation, from: client))
            }
            guard !list.json else {
                return Listing(items: messages, columns: [], empty: "").print(asJSON: true)
            }
            for message in messages { Output.write(Transcript.lines(of: message)) }
            if messages.isEmpty { Output.write("No messages yet.\n") }
            for mark in shown.seenBy where mark.user != ReadMark.everybody {
                let name = SafeText(untrusted: mark.name, limit: 80).oneLine.text
                Output.write("seen by \(name) up to message \(mark.offset), \(mark.at.rfc3339)\n")
            }
        }
    }
}

/// A whole transcript, page by page, as plain lines.
enum Transcript {
    /// Every message of a conversation in order.
    static func read(_ id: ID<Conversation>, from client: any DeskClient) async throws(Problem) -> [Message] {
        var messages: [Message] = []
        while true {
            let after = messages.last?.offset ?? 0
            let page = try await client.call(Operations.listMessages, ListMessages(of: id, after: after, limit: 1000))
            messages += page.items
            guard page.items.count == 1000 else { return messages }
        }
    }

    /// A message as lines for a person; text from outside is made harmless.
    static func lines(of message: Message) -> String {
        let name = SafeText(untrusted: message.authorName).oneLine.text
        let kind = message.author == .note ? "NOTE " : ""
        let head = "\(message.at.rfc3339)  \(kind)\(name.isEmpty ? message.author.rawValue : name)"
        let text = SafeText(untrusted: message.text).text.split(separator: "\n", omittingEmptySubsequences: false)
        return head + "\n" + text.map { "    \($0)\n" }.joined()
    }
}
