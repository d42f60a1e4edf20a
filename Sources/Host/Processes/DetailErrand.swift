internal import NIOConcurrencyHelpers
internal import Vocabulary

/// One question for details: read on one thread, waited for by a task, and over at whichever end comes first.
final class DetailErrand: Sendable {
    struct Step {
        let identity: ProcessIdentity
        let name: ArraySlice<UInt8>
        let ticks: UInt64
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
                note(step.identity) { $0.take(io, ticks: step.ticks, at: now) }
            }
            if step.readsCommand {
                // Marked before it is read: a process that blocks is not tried again by the next question.
                note(step.identity) {
                    $0.commandReadAt = now
                    $0.name = Array(step.name)
                }
                let count = reading.read(DetailErrand.commandFile, step.identity.pid, &buffer)
                let command = count.map { ProcessDetail.commandLine(buffer[..<$0]) }
                note(step.identity) { $0.detail.command = command }
            }
        }
        state.withLockedValue { $0.isComplete = !$0.isOver }
    }
}
