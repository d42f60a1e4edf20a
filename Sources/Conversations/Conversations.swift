public import Bus
public import DeskAPI
internal import NIOConcurrencyHelpers
public import Storage
public import Vocabulary

/// The dialogues of customers with the desk: who has them, what was said, and who waits.
///
/// Every change is committed before it is published, and published in the order of the commits.
public final class Conversations: Sendable {
    let database: Database
    let bus: Bus<DeskEvent>
    private let box: NIOLockedValueBox<SupportPlan>
    let pulseBox = NIOLockedValueBox(Pulse())
    /// Who waited at a version of the database.
    let queueBox = NIOLockedValueBox<(version: Int, queue: Queue)?>(nil)
    let quietBox = NIOLockedValueBox(Quiet())
    /// Customers who went into others.
    let mergedBox = NIOLockedValueBox<[ID<Customer>: ID<Customer>]>([:])
    /// Whether anybody of the staff is connected.
    let staffBox = NIOLockedValueBox(StaffQuestion { false })
    let presenceBox = NIOLockedValueBox(PresenceBook())
    let customersBox = NIOLockedValueBox(CustomerBook())
    let feelingBox = NIOLockedValueBox<FeelingQuestion?>(nil)
    /// Until when anybody takes conversations as they come: before, nobody needs to be looked for.
    let availableBox = NIOLockedValueBox(Timestamp(milliseconds: 0))

    /// What needs no look, and until when.
    struct Quiet {
        var lookAfter: QuietTime?
        var recall: QuietTime?
    }

    /// How the desk serves its customers.
    public var pulse: Pulse { pulseBox.withLockedValue { $0 } }

    /// Conversations kept in a database that was opened with ``migrations``.
    public init(database: Database, bus: Bus<DeskEvent>, plan: SupportPlan = SupportPlan()) {
        self.database = database
        self.bus = bus
        box = NIOLockedValueBox(plan)
    }

    /// When people work, how long customers may wait, and texts that are kept ready.
    public var plan: SupportPlan { box.withLockedValue { $0 } }

    /// What counts from now on; ``judgeAnew(at:)`` lets it count for what waits already.
    public func follow(_ plan: SupportPlan) {
        box.withLockedValue { $0 = plan }
        quietBox.withLockedValue { $0 = Quiet() }
    }

    /// Judges by the plan in force what waits already.
    ///
    /// - Throws: ``StorageFailure``.
    public func judgeAnew(at now: Timestamp) async throws {
        let plan = plan
        try await database.write { transaction in
            let waiting = try transaction.rows(
                "SELECT * FROM conversation_row WHERE waiting_since IS NOT NULL AND status <> 'resolved'",
                read: Conversation.init(row:))
            for var conversation in waiting {
                let before = conversation
                try transaction.clocks(of: conversation.id).judge(&conversation, plan)
                guard conversation != before else { continue }
                try transaction.update(conversation)
                transaction.afterCommit { [bus = self.bus, conversation] in
                    bus.publish(.conversationChanged(conversation))
                }
            }
        }
    }

    /// Makes a customer.
    ///
    /// - Throws: ``StorageFailure``.
    public func createCustomer(_ request: CreateCustomer, at now: Timestamp) async throws -> ID<Customer> {
        try await database.write { transaction in
            ID(try transaction.insert("INSERT INTO customer (name, created_at) VALUES (?, ?)", request.name, now))
        }
    }

    /// Starts a conversation, which the assistant owns first.
    ///
    /// A customer starts its own; staff says for whom.
    ///
    /// - Throws: ``Problem`` `.invalidField` or `.notFound`, ``StorageFailure``.
    public func create(
        _ request: CreateConversation, by caller: Caller, at now: Timestamp
    ) async throws -> Conversation {
        let named = try customer(of: request, by: caller)
        let customer = merged(named) ?? named
        return try await database.write { [bus] transaction in
            guard let name: String = try transaction.value("SELECT name FROM customer WHERE id = ?", customer) else {
                throw Problem(.notFound, "there is no customer \(customer)")
            }
            var conversation = Conversation()
            conversation.customer = customer
            conversation.customerName = name
            conversation.subject = request.subject
            conversation.owner = Conversation.assistantOwner
            conversation.ownerName = Conversation.assistantOwner
            conversation.createdAt = now
            conversation.updatedAt = now
            try transaction.requireWelcome(customer)
            conversation.id = ID(try transaction.insert(conversation))
            try transaction.keepState(of: conversation)
            transaction.afterCommit { [conversation] in bus.publish(.conversationChanged(conversation)) }
            return conversation
        }
    }

    private func customer(of request: CreateConversation, by caller: Caller) throws(Problem) -> ID<Customer> {
        if case .customer(let own) = caller.identity {
            guard request.customer ?? own == own else {
                throw Problem(.invalidField, "customer must be left out, or be your own number \(own)")
            }
            return own
        }
        guard let customer = request.customer else {
            throw Problem(.invalidField, "customer must say for whom the conversation is")
        }
        return customer
    }
}
