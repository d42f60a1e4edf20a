public import Bus
public import DeskAPI
public import Storage
public import Vocabulary

/// The dialogues of customers with the desk: who has them, what was said, and who waits.
///
/// Every change is committed before it is published, and published in the order of the commits.
public final class Conversations: Sendable {
    let database: Database
    let bus: Bus<DeskEvent>

    /// Conversations kept in a database that was opened with ``migrations``.
    public init(database: Database, bus: Bus<DeskEvent>) {
        self.database = database
        self.bus = bus
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
        let customer = try customer(of: request, by: caller)
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
