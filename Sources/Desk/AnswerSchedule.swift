internal import DeskAPI
internal import Vocabulary

/// Which questions wait for an answer and which are being answered: pure, so that every order can be tested.
///
/// Each conversation has at most one answer under way, and all together at most a fixed number. A customer who goes on
/// writing gets one answer to everything: what was being written to the older question is stopped.
struct AnswerSchedule {
    /// What is to be done next.
    enum Step: Equatable {
        /// Begin to answer; `isAgain` after an answer to an older question was stopped.
        case start(ID<Conversation>, question: Int64, isAgain: Bool)
        /// Stop the answer under way; ``AnswerSchedule/ended(_:)`` follows when it has stopped.
        case stop(ID<Conversation>)
    }

    private struct Run {
        let question: Int64
        var isStopping = false
    }

    private let mostAtOnce: Int
    private var waiting: [ID<Conversation>: Int64] = [:]
    private var queue: [ID<Conversation>] = []
    private var runs: [ID<Conversation>: Run] = [:]

    /// A schedule without questions.
    init(mostAtOnce: Int) {
        self.mostAtOnce = mostAtOnce
    }

    /// How many answers are under way.
    var runCount: Int { runs.count }

    /// A customer wrote the message at this offset.
    mutating func ask(_ id: ID<Conversation>, question: Int64) -> [Step] {
        if let run = runs[id], !run.isStopping, run.question >= question { return [] }
        waiting[id] = max(question, waiting[id] ?? 0)
        guard let run = runs[id] else {
            queue.append(id)
            return startNext()
        }
        return run.isStopping ? [] : stop(id)
    }

    /// A question was found that may be without an answer; one that waits or is being answered is left alone.
    mutating func remind(_ id: ID<Conversation>, question: Int64) -> [Step] {
        guard waiting[id] == nil, runs[id]?.isStopping ?? true else { return [] }
        return ask(id, question: question)
    }

    /// A person has the conversation: the assistant is silent.
    mutating func drop(_ id: ID<Conversation>) -> [Step] {
        waiting[id] = nil
        guard let run = runs[id], !run.isStopping else { return [] }
        return stop(id)
    }

    /// An answer under way ended, in whatever way.
    mutating func ended(_ id: ID<Conversation>) -> [Step] {
        let run = runs.removeValue(forKey: id)
        if let question = waiting[id], run?.isStopping == true {
            // It had its turn already, so it goes on before the others.
            waiting[id] = nil
            return [start(id, question, isAgain: true)]
        }
        return startNext()
    }

    private mutating func stop(_ id: ID<Conversation>) -> [Step] {
        runs[id]?.isStopping = true
        return [.stop(id)]
    }

    private mutating func startNext() -> [Step] {
        var steps: [Step] = []
        while runs.count < mostAtOnce, !queue.isEmpty {
            let id = queue.removeFirst()
            // Dropped meanwhile, or answered through an older place in the queue.
            guard runs[id] == nil, let question = waiting.removeValue(forKey: id) else { continue }
            steps.append(start(id, question, isAgain: false))
        }
        return steps
    }

    private mutating func start(_ id: ID<Conversation>, _ question: Int64, isAgain: Bool) -> Step {
        runs[id] = Run(question: question)
        return .start(id, question: question, isAgain: isAgain)
    }
}
