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
        let name: [UInt8]

        /// A process with its name of now: another name means another program, and so another command line.
        public init(_ entry: ProcessEntry, in scan: ProcessScan) {
            identity = entry.identity
            name = Array(scan.name(of: entry))
        }
    }

    /// Questions that may hang at the same time.
    static let mostThreads = 3
    /// Servers write what they do into their command line, so it is read anew when it is this old.
    static let commandLifetime = Duration.seconds(30)
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
    /// - Parameters:
    ///   - subjects: the processes; what is known and fresh is not read again.
    ///   - readsTraffic: whether disk traffic is wanted too; it is a rate, so the first answer has none.
    ///   - now: the time of the readings.
    ///   - patience: when to answer with what is there.
    public func details(
        of subjects: [Subject], readsTraffic: Bool, at now: Monotonic, patience: Duration = .milliseconds(500)
    ) async -> ProcessDetails {
        var details = ProcessDetails()
        switch prepare(subjects, readsTraffic: readsTraffic, at: now) {
        case .nothing: break
        case .impossible: details.isComplete = false
        case .errand(let errand, let thread):
            await run(errand, on: thread, patience: patience)
            details.isComplete = errand.isComplete
        }
        state.withLockedValue { state in
            for subject in subjects { details.known[subject.identity] = state.known[subject.identity]?.detail }
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

    /// What has to be read.
    private func prepare(_ subjects: [Subject], readsTraffic: Bool, at now: Monotonic) -> Plan {
        state.withLockedValue { state in
            state.forget(at: now)
            var steps: [DetailErrand.Step] = []
            for subject in subjects {
                var known = state.known[subject.identity] ?? KnownDetail()
                known.askedAt = now
                let step = DetailErrand.Step(
                    identity: subject.identity, name: subject.name,
                    readsCommand: known.wantsCommand(named: subject.name, at: now),
                    readsTraffic: readsTraffic && known.wantsTraffic(at: now))
                state.known[subject.identity] = known
                if step.readsCommand || step.readsTraffic { steps.append(step) }
            }
            guard !steps.isEmpty else { return .nothing }
            let errand = DetailErrand(steps: steps, at: now)
            if let thread = state.resting {
                state.resting = nil
                return .errand(errand, thread)
            }
            guard state.threads < ProcessDetailReader.mostThreads else { return .impossible }
            state.threads += 1
            return .errand(errand, nil)
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
            if let thread = resting ?? newThread() {
                thread.take(errand)
            } else {
                // Without a thread the answer is what is known.
                state.withLockedValue { $0.threads -= 1 }
                errand.finish()
            }
        }
        limit.cancel()
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
