import NIOConcurrencyHelpers
import NIOCore
import NIOPosix

/// Keeps what a feed delivers, and lets a test wait for what must come.
final class NewsLog<News: Sendable>: Sendable {
    private let state = NIOLockedValueBox(State())

    private struct State {
        var news: [News] = []
        var waiting: [Int: @Sendable ([News]) -> Bool] = [:]
        var lastWaiting = 0
    }

    /// Everything so far.
    var all: [News] { state.withLockedValue { $0.news } }

    @Sendable func take(_ news: News) {
        state.withLockedValue { state in
            state.news.append(news)
            let all = state.news
            state.waiting = state.waiting.filter { !$0.value(all) }
        }
    }

    /// Waits until a value can be found in everything so far.
    func first<Found: Sendable>(
        _ what: String = "news", _ find: @escaping @Sendable ([News]) -> Found?
    ) async throws -> Found {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let promise = loop.makePromise(of: Found.self)
        let deadline = loop.scheduleTask(in: RawConnection.patience) { [self] in
            promise.fail(NothingCame(description: "waiting for \(what); so far: \(all.suffix(5))"))
        }
        defer { deadline.cancel() }
        state.withLockedValue { state in
            if let found = find(state.news) { return promise.succeed(found) }
            state.lastWaiting += 1
            state.waiting[state.lastWaiting] = { news in
                guard let found = find(news) else { return false }
                promise.succeed(found)
                return true
            }
        }
        return try await promise.futureResult.get()
    }
}
