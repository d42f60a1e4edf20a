internal import NIOConcurrencyHelpers

/// Says over the connection that stands when a feed rests, and asks now and then for what it missed.
final class FeedRest: Sendable {
    /// How long the news of the hosts may be old while nobody looks.
    private static let pause = Duration.seconds(5)

    private let places: RoomPlaces
    private let outlet: Outlet
    private let thread: LoopThread
    private let state = NIOLockedValueBox(State())

    private struct State {
        var isResting = false
        /// What was begun last; each waits for the one before, so that nothing overtakes.
        var last: Task<Void, Never>?
    }

    init(places: RoomPlaces, outlet: Outlet, thread: LoopThread) {
        self.places = places
        self.outlet = outlet
        self.thread = thread
    }

    deinit {
        state.withLockedValue { $0.last }?.cancel()
    }

    /// Begins or ends a rest; nothing when it is so already.
    func set(_ isResting: Bool) {
        state.withLockedValue { state in
            guard state.isResting != isResting else { return }
            state.isResting = isResting
            let before = state.last
            before?.cancel()
            state.last = Task(executorPreference: thread) { [places, outlet, thread] in
                await before?.value
                await FeedRest.say(places.rest(isResting), over: outlet)
                while isResting {
                    do { try await thread.sleep(for: FeedRest.pause) } catch { return }
                    await FeedRest.say(places.catchUp(), over: outlet)
                }
            }
        }
    }

    /// Without a connection nothing is said: the next one begins with what counts then.
    private static func say(_ frames: [String], over outlet: Outlet) async {
        _ = await outlet.say(frames)
    }
}
