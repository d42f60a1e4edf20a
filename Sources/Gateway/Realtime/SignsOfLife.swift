internal import Vocabulary

/// Knows when a silent peer must be asked whether it is still there, and when it is not; pure.
struct SignsOfLife {
    /// What is to be done.
    enum Look: Equatable {
        case fine
        case ping
        case gone
    }

    private let pingTime: Duration
    private let pongTime: Duration
    private let bornAt: Monotonic
    private var heardAt: Monotonic
    private var checkedAt: Monotonic
    private var askedAt: Monotonic?

    init(pingTime: Duration, pongTime: Duration, at now: Monotonic) {
        self.pingTime = pingTime
        self.pongTime = pongTime
        bornAt = now
        heardAt = now
        checkedAt = now
    }

    /// How long the connection exists.
    func age(at now: Monotonic) -> Duration { now - bornAt }

    /// Anything arrived.
    mutating func heard(at now: Monotonic) {
        heardAt = now
        askedAt = nil
    }

    /// Once in each ``pingTime`` the peer is asked, whether it was silent or not: that keeps proxies awake, too.
    mutating func look(at now: Monotonic) -> Look {
        if let askedAt, now - askedAt > pongTime { return .gone }
        guard askedAt == nil, now - checkedAt >= pingTime else { return .fine }
        checkedAt = now
        askedAt = now
        return .ping
    }
}
