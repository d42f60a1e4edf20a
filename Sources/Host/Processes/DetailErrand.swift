internal import NIOConcurrencyHelpers
internal import Vocabulary

/// What is known of one process beyond its scan.
struct KnownDetail {
    var askedAt = Monotonic(nanoseconds: 0)
    var command: [UInt8]?
    var commandReadAt: Monotonic?
    /// The name that the process had when its command line was read.
    var name: [UInt8] = []
    var io: ProcessIO?
    var ioReadAt: Monotonic?
    var traffic: ProcessTraffic?

    var detail: ProcessDetail { ProcessDetail(command: command, traffic: traffic) }

    /// Whether the command line must be read (again).
    func wantsCommand(named name: [UInt8], at now: Monotonic) -> Bool {
        guard let commandReadAt else { return true }
        return name != self.name || now - commandReadAt >= ProcessDetailReader.commandLifetime
    }

    /// Whether the traffic is due: a rate over less than half a second says little.
    func wantsTraffic(at now: Monotonic) -> Bool {
        ioReadAt.map { now - $0 >= .milliseconds(500) } ?? true
    }

    /// Takes counters and makes rates of them; a reading that failed, ran backwards or is long ago leaves none.
    mutating func take(_ new: ProcessIO?, at now: Monotonic) {
        let seconds = ioReadAt.map { (now - $0).inSeconds } ?? 0
        traffic = nil
        if let io, let new, seconds > 0, seconds <= SampleClock.longest.inSeconds,
            let (read, written) = zip(rate(io.read, new.read, seconds), rate(io.written, new.written, seconds))
        {
            traffic = ProcessTraffic(read: read, written: written)
        }
        io = new
        ioReadAt = now
    }
}

/// One question for details: read on one thread, waited for by a task, and over at whichever end comes first.
final class DetailErrand: Sendable {
    struct Step {
        let identity: ProcessIdentity
        let name: [UInt8]
        let readsCommand: Bool
        let readsTraffic: Bool
    }

    typealias Change = (inout KnownDetail) -> Void

    /// What a process read from disks and wrote to them.
    static let trafficFile: StaticString = "io"
    private static let commandFile: StaticString = "cmdline"
    private static let commandLimit = 4096

    private let steps: [Step]
    private let now: Monotonic
    private let state = NIOLockedValueBox(State())

    private struct State {
        var continuation: CheckedContinuation<Void, Never>?
        var isOver = false
        var isComplete = false
    }

    init(steps: [Step], at now: Monotonic) {
        self.steps = steps
        self.now = now
    }

    /// Whether everything was read before the end.
    var isComplete: Bool { state.withLockedValue { $0.isComplete } }

    /// Takes who waits.
    func begin(_ continuation: CheckedContinuation<Void, Never>) {
        let isOver = state.withLockedValue { state in
            if !state.isOver { state.continuation = continuation }
            return state.isOver
        }
        if isOver { continuation.resume() }
    }

    /// Ends the waiting; once is enough.
    func finish() {
        let continuation = state.withLockedValue { state in
            defer { state.continuation = nil }
            state.isOver = true
            return state.continuation
        }
        continuation?.resume()
    }

    /// Reads one process after the other until all are read or nobody waits any more.
    func perform(_ reading: DetailReading, _ note: (ProcessIdentity, Change) -> Void) {
        var buffer = [UInt8](repeating: 0, count: DetailErrand.commandLimit)
        for step in steps {
            if state.withLockedValue({ $0.isOver }) { return }
            let now = now
            if step.readsTraffic {
                let count = reading.read(DetailErrand.trafficFile, step.identity.pid, &buffer)
                let io = count.flatMap { ProcessIO.parse(buffer.span.extracting(0..<$0)) }
                note(step.identity) { $0.take(io, at: now) }
            }
            if step.readsCommand {
                // Marked before it is read: a process that blocks is not tried again by the next question.
                note(step.identity) {
                    $0.commandReadAt = now
                    $0.name = step.name
                }
                let count = reading.read(DetailErrand.commandFile, step.identity.pid, &buffer)
                let command = count.map { Array(buffer[..<$0]) }
                note(step.identity) { $0.command = command }
            }
        }
        state.withLockedValue { $0.isComplete = !$0.isOver }
    }
}
