import Glibc
import Testing

/// The moment at which a test gives up waiting.
struct Deadline {
    private let end: ContinuousClock.Instant

    /// Long, because a busy machine is slow; what must be quick is measured and expected on its own.
    static let usual = Duration.seconds(30)

    init(_ patience: Duration = Deadline.usual) {
        end = .now + patience
    }

    var isOver: Bool { ContinuousClock.now >= end }

    /// Milliseconds that are left, for poll(2).
    var milliseconds: Int32 {
        let left = (end - .now).components
        return Int32(clamping: max(0, left.seconds * 1000 + left.attoseconds / 1_000_000_000_000_000))
    }

    /// Waits until bytes or the end can be read; `false` when the deadline is over.
    func waitToRead(_ descriptor: Int32) -> Bool {
        while !isOver {
            var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            if poll(&watched, 1, milliseconds) > 0 { return true }
        }
        return false
    }

    /// Asks again and again until there is an answer.
    func ask<Answer>(_ what: String, _ question: () throws -> Answer?) throws -> Answer {
        while true {
            if let answer = try question() { return answer }
            guard !isOver else { throw NothingCame(description: "waiting for \(what): the time was over") }
            poll(nil, 0, 10)
        }
    }
}

/// Why a test did not see what it waited for.
struct NothingCame: Error, CustomStringConvertible {
    let description: String
}
