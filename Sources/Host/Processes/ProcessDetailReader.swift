internal import NIOConcurrencyHelpers
internal import Threads
public import Vocabulary

/// Reads command lines and disk traffic of those processes that somebody looks at.
///
/// A process whose memory map is locked blocks whoever reads its command line, so each question has a thread to itself
/// and a time limit. A thread that hangs is left behind; with three of them, nothing more is read until one returns.
public final class ProcessDetailReader: Sendable {
    /// Which process is looked at.
    public struct Subject: Sendable {
        let identity: ProcessIdentity
        let name: ArraySlice<UInt8>
        let ticks: UInt64
        let restsSince: Monotonic?
        let isKernelThread: Bool

        /// A process with its name of now: another name means another program, and so another command line.
        public init(_ entry: ProcessEntry, in scan: ProcessScan) {
            identity = entry.identity
            name = scan.name(of: entry)
            ticks = entry.ticks
            restsSince = entry.restsSince
            isKernelThread = entry.isKernelThread
        }
    }

    /// Questions that may hang at the same time.
    static let mostThreads = 3
    /// Details of what nobody asked for in this time are forgotten.
    static let lifetime = Duration.seconds(60)

    private let makeReading: @Sendable () -> DetailReading
    private let state = NIOLockedValueBox(State())

    private struct State {
        var known: [ProcessIdentity: KnownDetail] = [:]
        /// Threads that read or rest.
        var threads = 0
        /// The one that rests; a second one would have nothing to do.
        var resting: DetailThread?
        var forgottenAt: Monotonic?

        /// Forgets what nobody asks for; looked through now and then, because it may be tens of thousands.
        mutating func forget(at now: Monotonic) {
            guard forgottenAt.map({ now - $0 >= .seconds(10) }) ?? true else { return }
            forgottenAt = now
            known = known.filter { now - $0.value.askedAt < ProcessDetailReader.lifetime }
        }

        /// Notes that somebody asks for a process, and tells how urgently its files must be read.
        mutating func note(
            _ subject: Subject, readsTraffic: Bool, at now: Monotonic
        ) -> (command: KnownDetail.Urgency, traffic: KnownDetail.Urgency) {
            func take(_ known: inout KnownDetail) -> (command: KnownDetail.Urgency, traffic: KnownDetail.Urgency) {
                known.askedAt = now
                let traffic =
                    readsTraffic ? known.traffic(ticks: subject.ticks, restsSince: subject.restsSince, at: now) : .none
                // A part of the kernel has no command line, and is named anew with each thing it does.
                if subject.isKernelThread { known.detail.command = "" }
                return (subject.isKernelThread ? .none : known.command(named: subject.name, at: now), traffic)
            }
            return take(&known[subject.identity, default: KnownDetail()])
        }

        /// A thread has nothing to do: it rests, or ends when another one rests already.
        mutating func rest(_ thread: DetailThread) -> Bool {
            if resting == nil { resting = thread } else { threads -= 1 }
            return resting === thread
        }

        /// Lets a thread end that rested for long; `false` when it was given something just now.
        mutating func dismiss(_ thread: DetailThread) -> Bool {
            guard resting === thread else { return false }
            resting = nil
            threads -= 1
            return true
        }
    }

    /// Prepares to read below a root; nothing is opened yet.
    public convenience init(root: String = "/") {
        let late = LateProcessFolder(root: root)
        self.init(makeReading: { DetailReading(late) })
    }

    /// Prepares to read in another way.
    init(makeReading: @escaping @Sendable () -> DetailReading) {
        self.makeReading = makeReading
    }

    /// The details of some processes, those that could be read in time.
    ///
    /// What is known and was due for another reading only just now is answered as it is; the reading goes on meanwhile,
    /// and who asks every second has what is a second old.
    ///
    /// - Parameters:
    ///   - subjects: the processes; what is known and fresh is not read again.
    ///   - readsTraffic: whether disk traffic is wanted too; it is a rate, so the first answer has none.
    ///   - now: the time of the readings.
    ///   - patience: when to answer with what is there.
    public func details(
        of subjects: [Subject], readsTraffic: Bool, at now: Monotonic, patience: Duration = .milliseconds(500)
    ) async -> ProcessDetails {
        var details = ProcessDetails()
        let (plan, urgency) = prepare(subjects, readsTraffic: readsTraffic, at: now)
        switch plan {
        case .nothing: break
        case .impossible: details.isComplete = urgency < .now
        case .errand(let errand, let thread) where urgency == .now:
            await run(errand, on: thread, patience: patience)
            details.isComplete = errand.isComplete
        case .errand(let errand, let thread): start(errand, on: thread)
        }
        details.items = state.withLockedValue { state in
            subjects.map { state.known[$0.identity]?.detail ?? ProcessDetail() }
        }
        return details
    }

    /// What a question comes to.
    private enum Plan {
        /// Everything is known.
        case nothing
        /// Too many questions hang.
        case impossible
        /// Something is to be read, on the thread that rests or on a new one.
        case errand(DetailErrand, DetailThread?)
    }

    /// What has to be read, and how urgently.
    private func prepare(
        _ subjects: [Subject], readsTraffic: Bool, at now: Monotonic
    ) -> (Plan, KnownDetail.Urgency) {
        state.withLockedValue { state in
            state.forget(at: now)
            var steps: [DetailErrand.Step] = []
            var urgency = KnownDetail.Urgency.none
            for subject in subjects {
                let (command, traffic) = state.note(subject, readsTraffic: readsTraffic, at: now)
                guard max(command, traffic) > .none else { continue }
                urgency = max(urgency, command, traffic)
                steps.append(
                    DetailErrand.Step(
                        identity: subject.identity, name: subject.name, ticks: subject.ticks,
                        readsCommand: command > .none, readsTraffic: traffic > .none))
            }
            guard !steps.isEmpty else { return (.nothing, .none) }
            let errand = DetailErrand(steps: steps, at: now)
            if let thread = state.resting {
                state.resting = nil
                return (.errand(errand, thread), urgency)
            }
            guard state.threads < ProcessDetailReader.mostThreads else { return (.impossible, urgency) }
            state.threads += 1
            return (.errand(errand, nil), urgency)
        }
    }

    private func run(_ errand: DetailErrand, on resting: DetailThread?, patience: Duration) async {
        let limit = Task {
            // Cancelled when everything was read in time: the errand is over then in any case.
            try? await Task.sleep(for: patience)
            errand.finish()
        }
        await withCheckedContinuation { continuation in
            errand.begin(continuation)
            start(errand, on: resting)
        }
        limit.cancel()
    }

    private func start(_ errand: DetailErrand, on resting: DetailThread?) {
        if let thread = resting ?? newThread() {
            thread.take(errand)
        } else {
            // Without a thread the answer is what is known.
            state.withLockedValue { $0.threads -= 1 }
            errand.finish()
        }
    }

    private func newThread() -> DetailThread? {
        let thread = DetailThread()
        do throws(ThreadFailure) {
            try thread.start(
                makeReading: makeReading,
                perform: { [state] thread, errand, reading in
                    errand.perform(reading) { identity, change in
                        state.withLockedValue { change(&$0.known[identity, default: KnownDetail()]) }
                    }
                    reading.endRound()
                    // First, so that the next question finds it.
                    let rests = state.withLockedValue { $0.rest(thread) }
                    errand.finish()
                    return rests
                },
                mayEnd: { [state] thread in state.withLockedValue { $0.dismiss(thread) } })
            return thread
        } catch {
            return nil
        }
    }
}
