/// Does something a moment after it was asked for, once for everything that was asked for meanwhile.
///
/// While nobody asks, nothing wakes: a desk at rest costs no processor time for it.
struct Gathering: Sendable {
    private let pause: Duration
    private let bells: AsyncStream<Void>
    private let bell: AsyncStream<Void>.Continuation

    /// Gathers for so long.
    init(for pause: Duration) {
        self.pause = pause
        (bells, bell) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// There is something to do; callable from any thread.
    func ring() { bell.yield() }

    /// Does it whenever it was asked for, until the task is cancelled; what is asked for last may be left undone.
    func run(_ body: () async -> Void) async {
        for await _ in bells {
            do {
                try await Task.sleep(for: pause, clock: .suspending)
            } catch {
                return
            }
            await body()
        }
    }
}
