internal import Vocabulary

/// When the next frame is drawn and the state's clock is moved on: what comes together is drawn together.
struct DrawSchedule: Equatable, Sendable {
    /// News that comes within this time is drawn in one frame.
    private static let gathering = Duration.milliseconds(15)
    /// No more than thirty frames a second, however fast news come.
    private static let leastBetweenFrames = Duration.milliseconds(33)
    /// While the terminal's window is behind others, a frame now and then is enough; a call comes without one.
    private static let leastBetweenUnseenFrames = Duration.seconds(5)
    /// A terminal that is being dragged is left alone until it rests.
    private static let resizeRest = Duration.milliseconds(60)
    /// The first frame waits so long for the first answers, so that it is a full one.
    private static let firstAnswers = Duration.milliseconds(60)

    private var frameAt: Monotonic?
    private var lastFrameAt: Monotonic?
    private var tickAt: Monotonic
    private var resizeAt: Monotonic?
    private var holdsUntil: Monotonic
    /// Whether the terminal's window is in front.
    var isFocused = true

    init(at now: Monotonic) {
        tickAt = now
        holdsUntil = now + DrawSchedule.firstAnswers
        frameAt = now
    }

    /// How long to sleep at most.
    func millisecondsUntilNext(from now: Monotonic) -> Int32 {
        let next = [tickAt, resizeAt, frameAt.map { max($0, holdsUntil) }].compactMap { $0 }.min() ?? tickAt
        let left = (next - now).components
        guard left.seconds >= 0, left.attoseconds >= 0 else { return 0 }
        return Int32(clamping: left.seconds * 1000 + (left.attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }

    /// A key was pressed: its effect is drawn at once.
    mutating func wantsFrameNow(at now: Monotonic) {
        frameAt = now
        holdsUntil = min(holdsUntil, now)
    }

    /// Something changed that nobody is waiting for with a finger on a key.
    mutating func wantsFrameSoon(at now: Monotonic) {
        guard frameAt == nil else { return }
        let least = isFocused ? DrawSchedule.leastBetweenFrames : DrawSchedule.leastBetweenUnseenFrames
        let earliest = lastFrameAt.map { $0 + least } ?? now
        // While nobody looks, the news were gathered before they were taken.
        frameAt = max(isFocused ? now + DrawSchedule.gathering : now, earliest)
    }

    /// All answers are there: the first frame need not wait for them longer, nor a later one for more news.
    mutating func everythingCame(at now: Monotonic) {
        holdsUntil = min(holdsUntil, now)
        guard let frameAt, isFocused else { return }
        self.frameAt = min(frameAt, max(now, lastFrameAt.map { $0 + DrawSchedule.leastBetweenFrames } ?? now))
    }

    /// The terminal changed its size, perhaps not for the last time.
    mutating func resized(at now: Monotonic) {
        resizeAt = now + DrawSchedule.resizeRest
    }

    /// Whether the terminal's size may change once more.
    var isResizing: Bool { resizeAt != nil }

    /// Whether the terminal's size rests and is to be asked for; true once.
    mutating func takeResize(at now: Monotonic) -> Bool {
        guard let due = resizeAt, due <= now else { return false }
        resizeAt = nil
        return true
    }

    /// Whether a frame is due; true once for each.
    mutating func takeFrame(at now: Monotonic) -> Bool {
        guard let due = frameAt, due <= now, holdsUntil <= now else { return false }
        frameAt = nil
        lastFrameAt = now
        return true
    }

    /// Whether the state's clock is to be moved on; true once for each time that was asked for.
    mutating func takeTick(at now: Monotonic) -> Bool {
        guard tickAt <= now else { return false }
        tickAt = now + .seconds(1)
        return true
    }

    /// The state wants its clock moved on after this time; each sample that comes puts it off.
    mutating func wantsTick(in pause: Duration, at now: Monotonic) {
        tickAt = now + min(max(pause, .milliseconds(10)), .seconds(isFocused ? 2 : 6))
    }
}
