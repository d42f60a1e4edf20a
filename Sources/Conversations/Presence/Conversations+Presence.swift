internal import Bus
public import DeskAPI
internal import NIOConcurrencyHelpers
public import Vocabulary

/// Who of the staff is there and what they have before their eyes: known for a minute, never stored.
extension Conversations {
    /// Takes note of what a device of the caller is doing.
    ///
    /// - Returns: the caller, by all their devices.
    /// - Throws: ``Problem`` `.forbidden` for who does not work at the desk.
    public func set(_ request: SetPresence, of caller: Caller, at now: Timestamp) throws(Problem) -> Presence {
        guard caller.isStaff else { throw Problem(.forbidden, "only staff says what it has before its eyes") }
        return tellingViewers { book in
            let changed = book.set(
                request, of: caller.actor, named: caller.name, mayAnswer: caller.may(.conversationsClaim), at: now)
            var away = Presence()
            (away.user, away.name, away.state) = (caller.actor, caller.name, .gone)
            return (changed, book.present.first { $0.user == caller.actor } ?? away)
        }
    }

    /// Who of the staff is there, by name.
    public func present() -> [Presence] { presenceBox.withLockedValue { $0.present } }

    /// Which conversations colleagues have before their eyes now.
    public func viewed() -> [ConversationViewers] {
        presenceBox.withLockedValue { book in
            Set(book.present.flatMap { $0.devices.compactMap(\.viewing) }).sorted { $0.number < $1.number }.map {
                ConversationViewers($0, book.viewers(of: $0))
            }
        }
    }

    /// A device's connection broke; it counts for ten more seconds.
    public func cutOff(_ device: String, of actor: String, at now: Timestamp) {
        presenceBox.withLockedValue { $0.cutOff(device, of: actor, at: now) }
    }

    /// Somebody is gone for good, with every device.
    public func dismiss(_ actor: String) {
        tellingViewers { ($0.dismiss(actor), ()) }
    }

    /// Forgets the devices that fell silent, and lets customers count as gone who did not come back.
    public func expirePresence(at now: Timestamp) {
        expireCustomers(at: now)
        tellingViewers { ($0.expire(at: now), ()) }
    }

    /// Publishes under the lock, so that what is told last is true.
    private func tellingViewers<Result>(_ change: (inout PresenceBook) -> (Set<ID<Conversation>>, Result)) -> Result {
        presenceBox.withLockedValue { book in
            let (changed, result) = change(&book)
            for conversation in changed {
                bus.publish(.viewersChanged(ConversationViewers(conversation, book.viewers(of: conversation))))
            }
            return result
        }
    }
}
