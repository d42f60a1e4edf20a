/// What a reader takes from its end of the bus.
public enum Reading<Event: Sendable>: Sendable {
    /// The next event in order.
    case event(Event)
    /// Events were dropped because this reader was too slow; it must read the current state anew.
    case missed
}

extension Reading: Equatable where Event: Equatable {}

/// A reader's end of the bus.
///
/// One task or thread reads from it.
public final class Subscription<Event: BusEvent>: Sendable {
    private let mailbox: Mailbox<Event>
    private let leave: @Sendable () -> Void

    init(mailbox: Mailbox<Event>, leave: @escaping @Sendable () -> Void) {
        self.mailbox = mailbox
        self.leave = leave
    }

    deinit {
        cancel()
    }

    /// Takes everything that waits, in order, without waiting for more.
    public func drain() -> [Reading<Event>] { mailbox.drain() }

    /// Waits for something to read and takes everything that waits; an empty list means the subscription was cancelled.
    public func next() async -> [Reading<Event>] {
        await withTaskCancellationHandler {
            await mailbox.wait()
        } onCancel: {
            cancel()
        }
    }

    /// Ends reading; what waits is dropped and a waiting ``next()`` returns an empty list.
    public func cancel() {
        leave()
        mailbox.close()
    }
}
