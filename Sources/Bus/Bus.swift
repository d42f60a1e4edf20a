public import NIOConcurrencyHelpers

/// How an event must reach its readers.
public enum Delivery: Hashable, Sendable {
    /// Every reader gets each one in order, or is told that it missed some; for what was committed.
    case all
    /// Only the newest with the same key matters; an older one that still waits is replaced.
    case newest(CoalescingKey)
}

/// Names a stream of events of which only the newest matters, such as "samples of host 3".
public struct CoalescingKey: Hashable, Sendable {
    private let kind: String
    private let number: Int64
    private let name: String

    /// A stream by its kind, and a number or a name where there are several of the kind.
    public init(_ kind: StaticString, _ number: Int64 = 0, name: String = "") {
        self.kind = kind.description
        self.number = number
        self.name = name
    }
}

/// Something that happened and can be published.
public protocol BusEvent: Sendable {
    /// Which promise the bus makes for this event.
    var delivery: Delivery { get }
}

/// One publisher, many readers: publishing never waits for a reader.
///
/// A reader that falls behind by more than its limit of `.all` events is cut off: what waited for it is dropped, it is
/// told so by ``Reading/missed``, and it must read the current state anew. It is never silently lied to.
///
/// What every event passes is inlinable, so that callers get code made for their kind of event.
public final class Bus<Event: BusEvent>: Sendable {
    @usableFromInline let readers = NIOLockedValueBox(Readers())

    @usableFromInline
    struct Readers: Sendable {
        @usableFromInline var mailboxes: [Mailbox<Event>] = []

        @usableFromInline
        init() {}
    }

    /// A bus without readers.
    public init() {}

    /// Hands the event to every reader; callable from any thread, ordered by the caller.
    @inlinable
    public func publish(_ event: Event) {
        for mailbox in readers.withLockedValue({ $0.mailboxes }) { mailbox.put(event) }
    }

    /// Hands events that happened together to every reader, in order; each is woken once for all of them.
    @inlinable
    public func publish(_ events: [Event]) {
        for mailbox in readers.withLockedValue({ $0.mailboxes }) { mailbox.put(events) }
    }

    /// Starts reading from now on.
    ///
    /// - Parameters:
    ///   - limit: how many `.all` events may wait before the reader is cut off, 1 or more.
    ///   - wants: which events this reader is interested in.
    ///   - onReady: called on the publisher's thread when something waits after nothing did; must not block.
    /// - Returns: the reader's end; reading stops when it is released or cancelled.
    public func subscribe(
        limit: Int = 1024,
        wants: @escaping @Sendable (Event) -> Bool = { _ in true },
        onReady: @escaping @Sendable () -> Void = {}
    ) -> Subscription<Event> {
        let mailbox = Mailbox<Event>(limit: limit, wants: wants, onReady: onReady)
        readers.withLockedValue { $0.mailboxes.append(mailbox) }
        return Subscription(mailbox: mailbox) { [weak self] in
            self?.readers.withLockedValue { readers in readers.mailboxes.removeAll { $0 === mailbox } }
        }
    }

    /// How many events wait for the reader that is furthest behind; 0 without readers.
    public var mostWaiting: Int {
        readers.withLockedValue { $0.mailboxes }.reduce(0) { max($0, $1.count) }
    }

    /// How many readers there are now.
    public var readerCount: Int { readers.withLockedValue { $0.mailboxes.count } }
}
