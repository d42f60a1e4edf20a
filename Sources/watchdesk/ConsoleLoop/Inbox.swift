internal import CLinux
internal import Console
internal import DeskAPI
internal import NIOConcurrencyHelpers

/// What arrives for the console from other threads; ringing wakes its poll.
final class Inbox: Sendable {
    /// Something that arrived.
    enum Item: Sendable {
        /// News from the desk.
        case news(DeskNews)
        /// The answer to a request of the console.
        case answer(DeskRequest, Result<DeskAnswer, Problem>)
    }

    /// Readable when something waits.
    let descriptor: Int32
    private let items = NIOLockedValueBox<[Item]>([])

    init() throws {
        descriptor = wd_eventfd()
        guard descriptor >= 0 else { throw Failure("the system has no descriptor left; raise the limit: ulimit -n") }
    }

    deinit {
        wd_close_descriptor(descriptor)
    }

    /// Adds something; callable from any thread.
    func put(_ item: Item) {
        let isFirst = items.withLockedValue { items in
            items.append(item)
            return items.count == 1
        }
        if isFirst { wd_eventfd_ring(descriptor) }
    }

    /// Takes everything that waits, in order.
    func take() -> [Item] {
        _ = wd_eventfd_drain(descriptor)
        return items.withLockedValue { items in
            defer { items.removeAll(keepingCapacity: true) }
            return items
        }
    }
}
