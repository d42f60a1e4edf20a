internal import ArgumentParser
internal import DeskAPI
internal import Vocabulary

/// The conversation that a command acts on, and how its outcome is told.
struct ConversationTarget: ParsableArguments {
    @Argument(help: ArgumentHelp("The conversation's number, as `conversations list` shows it.", valueName: "id"))
    var number: Int64

    @OptionGroup var list: ListOptions
    @OptionGroup var common: CommonOptions

    var id: ID<Conversation> { ID(number) }

    /// Carries an operation out and tells what the conversation is now.
    func perform<Input: Record>(
        _ operation: DeskAPI.Operation<Input, Conversation>, _ request: Input, says text: (Conversation) -> String
    ) throws {
        let conversation = try DeskAccess.use(common) { client in try await client.call(operation, request) }
        guard !list.json else { return Output.write(conversation.json + "\n") }
        let name = SafeText(untrusted: conversation.customerName, limit: 80).oneLine.text
        let who = name.isEmpty ? "customer \(conversation.customer)" : name
        Output.write(
            SafeText(untrusted: "Conversation \(conversation.id) (\(who)) \(text(conversation))").oneLine.text + "\n")
    }
}

extension ConversationsVerb {
    /// Takes a conversation over.
    struct Claim: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take a conversation over; the assistant stops.",
            discussion: "EXAMPLE:\n  watchdesk conversations claim 42")

        @OptionGroup var target: ConversationTarget

        func run() throws {
            try target.perform(Operations.claimConversation, ClaimConversation(target.id)) { _ in "is yours" }
        }
    }

    /// Gives a conversation back.
    struct Release: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give a conversation back to the assistant, or to the queue.",
            discussion: "EXAMPLE:\n  watchdesk conversations release 42 --queue --note \"needs billing\"")

        @OptionGroup var target: ConversationTarget
        @Flag(help: "To the queue, for another person.")
        var queue = false
        @Option(help: "A note for whoever has it next.")
        var note = ""

        func run() throws {
            let request = ReleaseConversation(target.id, to: queue ? .queue : .assistant, note: note)
            try target.perform(Operations.releaseConversation, request) { conversation in
                conversation.status == .waiting ? "waits in the queue" : "is the assistant's again"
            }
        }
    }

    /// Marks a conversation as done.
    struct Resolve: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Mark a conversation as done; the customer may rate it then.",
            discussion: "EXAMPLE:\n  watchdesk conversations resolve 42")

        @OptionGroup var target: ConversationTarget

        func run() throws {
            try target.perform(Operations.resolveConversation, ConversationReference(target.id)) { _ in "is resolved" }
        }
    }

    /// Writes to a customer.
    struct Reply: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write to the customer, or a note that only colleagues see.",
            discussion: """
                EXAMPLE:
                  watchdesk conversations reply 42 "Your refund is on its way."
                  watchdesk conversations reply 42 --note "asked billing"
                """)

        @Argument(help: ArgumentHelp("The conversation's number.", valueName: "id"))
        var number: Int64
        @Argument(help: "What is written.")
        var text: String
        @Flag(help: "For colleagues only.")
        var note = false
        @Option(help: "Only if no colleague has replied behind this message, as `conversations list --json` shows it.")
        var after: Int64?
        @OptionGroup var list: ListOptions
        @OptionGroup var common: CommonOptions

        func run() throws {
            var generator = SystemRandomNumberGenerator()
            let cid = ULID(at: .now, randomness: &generator)
            let request = PostMessage(to: ID(number), cid: cid, text: text, note: note, after: after)
            let message = try DeskAccess.use(common) { client in
                try await client.call(Operations.postMessage, request)
            }
            Output.write(list.json ? message.json + "\n" : Transcript.lines(of: message))
        }
    }

    /// Takes waiting conversations as they come.
    struct Available: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take waiting conversations as they come, or list who does.",
            discussion: """
                The oldest goes first, to whoever has the fewest. Whoever falls silent loses what they did not answer.

                EXAMPLE:
                  watchdesk conversations available --up-to 4 --minutes 240
                  watchdesk conversations available --up-to 0
                """)

        @Option(help: "How many open conversations you want to have at most; 0 takes no more.")
        var upTo: Int64?
        @Option(help: "For how many minutes, 1 to 1440.")
        var minutes: Int64 = 480
        @OptionGroup var list: ListOptions
        @OptionGroup var common: CommonOptions

        func run() throws {
            let wanted = upTo.map { SetAvailability(capacity: $0, minutes: minutes) }
            let found = try DeskAccess.use(common) { client in
                if let wanted { _ = try await client.call(Operations.setAvailability, wanted) }
                return try await client.call(Operations.listAvailability, Nothing()).items
            }
            Listing(
                items: found,
                columns: [
                    .init("NAME") { $0.name }, .init("OPEN") { "\($0.open)" }, .init("UP TO") { "\($0.capacity)" },
                    .init("UNTIL") { $0.until.rfc3339 },
                ], empty: "Nobody takes conversations as they come: they wait in the queue."
            ).print(asJSON: list.json)
        }
    }

    /// Lists who of the staff is there.
    struct Present: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List who of the staff is there and which conversation they have before their eyes.",
            discussion: "EXAMPLE:\n  watchdesk conversations present\n  watchdesk conversations present --customers")

        @Flag(help: "Which customers are connected to their conversations instead, and since when others are gone.")
        var customers = false
        @OptionGroup var list: ListOptions
        @OptionGroup var common: CommonOptions

        func run() throws {
            if customers { return try listCustomers() }
            let found = try DeskAccess.use(common) { client in
                try await client.call(Operations.listPresence, Nothing()).items
            }
            Listing(
                items: found,
                columns: [
                    .init("NAME") { $0.name }, .init("STATE") { $0.state.rawValue },
                    .init("READS") { person in
                        Set(person.devices.compactMap(\.viewing)).map(\.number).sorted().map { "#\($0)" }
                            .joined(separator: " ")
                    },
                    .init("DEVICES") { "\($0.devices.count)" },
                    .init("SINCE") { $0.devices.map(\.since).min()?.rfc3339 ?? "" },
                ], empty: "Nobody of the staff is there."
            ).print(asJSON: list.json)
        }

        private func listCustomers() throws {
            let found = try DeskAccess.use(common) { client in
                try await client.call(Operations.listCustomerPresence, Nothing()).items
            }
            Listing(
                items: found,
                columns: [
                    .init("ID") { "\($0.conversation)" }, .init("STATE") { $0.isOnline ? "online" : "gone" },
                    .init("SINCE") { $0.since.rfc3339 },
                ], empty: "No customer was connected since the gateway started."
            ).print(asJSON: list.json)
        }
    }

    /// Has the assistant suggest a reply.
    struct Suggest: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Have the assistant suggest a reply; nothing is sent.",
            discussion: "EXAMPLE:\n  watchdesk conversations suggest 42")

        @Argument(help: ArgumentHelp("The conversation's number.", valueName: "id"))
        var number: Int64
        @OptionGroup var list: ListOptions
        @OptionGroup var common: CommonOptions

        func run() throws {
            let id = ID<Conversation>(number)
            let suggestion = try DeskAccess.use(common) { client in
                try await client.call(Operations.suggestReply, ConversationReference(id))
            }
            guard !list.json else { return Output.write(suggestion.json + "\n") }
            Output.write(SafeText(untrusted: suggestion.text).text + "\n")
            for source in suggestion.sources {
                let place = source.section.isEmpty ? source.title : "\(source.title), \(source.section)"
                Output.write("  from \(SafeText(untrusted: place).oneLine.text) (\(source.path))\n")
            }
        }
    }

    /// Files a conversation.
    struct Change: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "set",
            abstract: "Change priority, tags and subject of a conversation.",
            discussion: """
                EXAMPLE:
                  watchdesk conversations set 42 --priority urgent --tag returns --tag damaged
                  watchdesk conversations set 42 --no-tags
                """)

        @OptionGroup var target: ConversationTarget
        @Option(help: "urgent, high, normal or low.")
        var priority: String?
        @Option(name: .customLong("tag"), help: "What it is filed under, in place of what is there; may be repeated.")
        var tags: [String] = []
        @Flag(help: "Take every tag away.")
        var noTags = false
        @Option(help: "What it is about.")
        var subject: String?

        func run() throws {
            var request = UpdateConversation(target.id)
            request.subject = subject
            if noTags || !tags.isEmpty { request.tags = tags }
            if let priority {
                guard let wanted = Conversation.Priority(rawValue: priority) else {
                    let known = Conversation.Priority.allCases.map(\.rawValue).joined(separator: ", ")
                    throw Failure("--priority is \(priority), but must be one of \(known)", status: 2)
                }
                request.priority = wanted
            }
            try target.perform(Operations.updateConversation, request) { conversation in
                let tags = conversation.tags.isEmpty ? "no tags" : "tags " + conversation.tags.joined(separator: ", ")
                return "has priority \(conversation.priority.rawValue), \(tags)"
            }
        }
    }

    /// Puts a conversation aside.
    struct Snooze: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Put a conversation aside, for some time or until the customer writes.",
            discussion: """
                EXAMPLE:
                  watchdesk conversations snooze 42 --minutes 120
                  watchdesk conversations snooze 42
                """)

        @OptionGroup var target: ConversationTarget
        @Option(help: "For how many minutes; without it until the customer writes.")
        var minutes: Int64?

        func run() throws {
            if let minutes, !(1...527_040).contains(minutes) {
                throw Failure("--minutes is \(minutes), but must be 1 to 527040 (a year)", status: 2)
            }
            let until = minutes.map { Timestamp.now + .seconds($0 * 60) }
            try target.perform(Operations.snoozeConversation, SnoozeConversation(target.id, until: until)) { found in
                "is put aside until \(found.snoozedUntil?.rfc3339 ?? "the customer writes")"
            }
        }
    }

    /// Takes a conversation up again.
    struct Wake: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take a conversation up again before its time.",
            discussion: "EXAMPLE:\n  watchdesk conversations wake 42")

        @OptionGroup var target: ConversationTarget

        func run() throws {
            try target.perform(Operations.wakeConversation, ConversationReference(target.id)) { conversation in
                "is \(conversation.status.rawValue)"
            }
        }
    }

    /// Gives a conversation to a colleague.
    struct Transfer: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give a conversation to a colleague.",
            discussion:
                "EXAMPLE:\n  watchdesk conversations transfer 42 --to ben --note \"she is waiting for a parcel\"")

        @OptionGroup var target: ConversationTarget
        @Option(help: "The colleague: the name of their key, or an actor such as u:3.")
        var to: String
        @Option(help: "A note for them.")
        var note = ""

        func run() throws {
            let request = TransferConversation(target.id, to: to, note: note)
            try target.perform(Operations.transferConversation, request) { conversation in
                "is \(conversation.ownerName ?? "nobody")'s now"
            }
        }
    }
}
