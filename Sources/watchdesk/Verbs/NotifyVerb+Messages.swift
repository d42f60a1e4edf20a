internal import ArgumentParser
internal import DeskAPI
internal import Vocabulary

extension NotifyVerb {
    /// Lists messages of every state.
    struct Deliveries: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the newest messages, sent or not.",
            discussion: "EXAMPLE:\n  watchdesk notify deliveries --receiver chat --json")

        @Option(help: "Only those for this receiver.")
        var receiver: String?

        @Option(help: "At most so many.")
        var limit: Int64 = 100

        @OptionGroup var list: ListOptions
        @OptionGroup var common: CommonOptions

        func run() throws {
            var request = ListNotices()
            request.receiver = receiver
            request.limit = limit
            try NotifyVerb.show(request, list, common, empty: "No messages.")
        }
    }

    /// Lists dead letters.
    struct Dead: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List messages that were given up.", discussion: "EXAMPLE:\n  watchdesk notify dead")

        @OptionGroup var list: ListOptions
        @OptionGroup var common: CommonOptions

        func run() throws {
            var request = ListNotices()
            request.state = .dead
            request.limit = 1000
            try NotifyVerb.show(request, list, common, empty: "No dead letters.")
        }
    }

    /// Tries a message again.
    struct Retry: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Try a dead letter again.", discussion: "EXAMPLE:\n  watchdesk notify retry 7")

        @Argument(help: "The message's number, as `notify dead` shows it.")
        var id: Int64

        @OptionGroup var common: CommonOptions

        func run() throws {
            let reference = NoticeReference(id)
            let message = try DeskAccess.use(common) { client in
                try await client.call(Operations.retryNotice, reference)
            }
            Output.write("Message \(message.id) for \(message.receiver) is tried again.\n")
        }
    }

    /// Discards a message.
    struct Drop: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Discard a message that was not sent.", discussion: "EXAMPLE:\n  watchdesk notify drop 7")

        @Argument(help: "The message's number, as `notify dead` shows it.")
        var id: Int64

        @OptionGroup var common: CommonOptions

        func run() throws {
            let reference = NoticeReference(id)
            let message = try DeskAccess.use(common) { client in
                try await client.call(Operations.dropNotice, reference)
            }
            Output.write("Message \(message.id) for \(message.receiver) is discarded.\n")
        }
    }

    private static func show(
        _ request: ListNotices, _ list: ListOptions, _ common: CommonOptions, empty: String
    ) throws {
        let messages = try DeskAccess.use(common) { client in
            try await client.call(Operations.listNotices, request)
        }
        Listing(
            items: messages.items,
            columns: [
                .init("ID") { "\($0.id)" }, .init("RECEIVER") { $0.receiver }, .init("STATE") { $0.state.rawValue },
                .init("ATTEMPTS") { "\($0.attempts)" }, .init("CREATED") { $0.createdAt.rfc3339 },
                .init("NEXT") { $0.nextAt?.rfc3339 ?? "-" }, .init("MESSAGE") { $0.title },
                .init("FAULT") { $0.fault ?? "-" },
            ], empty: empty
        ).print(asJSON: list.json)
    }
}
