internal import Bus
public import DeskAPI
internal import NIOConcurrencyHelpers
public import Vocabulary

/// Which customers are connected to their conversations: known as long as the gateway runs, never stored.
extension Conversations {
    /// A connection of a customer has come to their conversation, or has left it; a departure counts after ten seconds.
    public func attend(_ id: ID<Conversation>, connection: Int, isThere: Bool, at now: Timestamp) {
        tellingStaff { book in
            guard isThere else {
                book.leave(connection, from: id, at: now)
                return []
            }
            return book.come(connection, to: id, at: now) ? [id] : []
        }
    }

    /// Which customers are there, and since when others are gone.
    public func presentCustomers() -> [CustomerPresence] { customersBox.withLockedValue { $0.all } }

    /// Lets departures count whose grace is over.
    func expireCustomers(at now: Timestamp) {
        tellingStaff { $0.expire(at: now) }
    }

    /// Publishes under the lock, so that what is told last is true.
    private func tellingStaff(_ change: (inout CustomerBook) -> Set<ID<Conversation>>) {
        customersBox.withLockedValue { book in
            for id in change(&book) {
                if let presence = book.presence(of: id) { bus.publish(.customerPresenceChanged(presence)) }
            }
        }
    }
}
