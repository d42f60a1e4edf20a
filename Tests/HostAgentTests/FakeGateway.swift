import DeskAPI
import NIOConcurrencyHelpers
import Vocabulary

/// A gateway that keeps what it is sent, or answers with a problem.
final class FakeGateway: DeskClient {
    private struct State {
        var seconds: [Int64] = []
        var problem: Problem?
        var refused: Int64?
        var calls = 0
    }

    private let state = NIOLockedValueBox(State())

    var seconds: [Int64] { state.withLockedValue { $0.seconds } }
    var calls: Int { state.withLockedValue { $0.calls } }
    var problem: Problem? {
        get { state.withLockedValue { $0.problem } }
        set { state.withLockedValue { $0.problem = newValue } }
    }
    var refused: Int64? {
        get { state.withLockedValue { $0.refused } }
        set { state.withLockedValue { $0.refused = newValue } }
    }

    func call<Input: Record, Output: Record>(
        _ operation: Operation<Input, Output>, _ input: Input
    ) async throws(Problem) -> Output {
        let batch = input as? SendSamples ?? SendSamples()
        let seconds = batch.rows.map(\.at.wholeSeconds)
        let problem: Problem? = state.withLockedValue { state in
            state.calls += 1
            if let problem = state.problem { return problem }
            if let refused = state.refused, seconds.contains(refused) { return Problem(.invalidField, "rows/0/at") }
            state.seconds += seconds
            return nil
        }
        if let problem { throw problem }
        guard let answer = SamplesKept(host: batch.host, kept: seconds) as? Output else {
            throw Problem(.notFound, "only samples here")
        }
        return answer
    }

    func follow(_ deliver: @escaping @Sendable (DeskNews) -> Void) -> any DeskFeed { SilentFeed() }

    func type(in conversation: ConversationReference) async {}
}

struct SilentFeed: DeskFeed {
    func stop() {}
}
