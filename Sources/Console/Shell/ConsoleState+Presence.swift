internal import DeskAPI
internal import Vocabulary

/// What the desk was told of this console, and when.
struct ToldPresence: Equatable, Sendable {
    var presence: SetPresence
    var at: Timestamp
}

extension ConsoleState {
    /// After so long without a key nobody is believed to sit here.
    static let idleTime = Duration.seconds(180)
    /// The desk forgets a device that says nothing for a minute.
    static let presenceTime = Duration.seconds(25)

    /// What this console is doing, when the desk has to be told: it changed, or was told some time ago.
    func presenceToTell() -> DeskRequest? {
        guard facts.connection.isLive, facts.identity != nil, facts.refusal(.conversationsRead) == nil else {
            return nil
        }
        let presence = ownPresence
        if let told = toldPresence, told.presence == presence, now - told.at < ConsoleState.presenceTime { return nil }
        return .setPresence(presence)
    }

    /// Tells the desk what this console is doing, when that is due.
    ///
    /// One word at a time: of two on their way at once, the older could come last.
    mutating func tellPresence() -> [DeskRequest] {
        guard !underWay.contains(where: \.isPresence), case .setPresence(let presence)? = presenceToTell() else {
            return []
        }
        toldPresence = ToldPresence(presence: presence, at: now)
        return start([.setPresence(presence)])
    }

    /// The last word of a console that ends; `nil` when it never said any.
    public func farewell() -> DeskRequest? {
        toldPresence.map { .setPresence(SetPresence(device: $0.presence.device, state: .gone)) }
    }

    /// Whether nobody has touched a key for a while.
    var isIdle: Bool { now - pressedAt >= ConsoleState.idleTime }

    private var ownPresence: SetPresence {
        let isReading =
            front == .conversations && conversations.isReading && conversations.search == nil && rewind == nil
        let isWriting = isReading && conversations.composing != nil
        return SetPresence(
            device: device, state: isIdle ? .idle : isWriting ? .busy : .active,
            viewing: isReading ? conversations.opened : nil)
    }
}

extension DeskRequest {
    /// Whether it tells what this console is doing.
    var isPresence: Bool { if case .setPresence = self { true } else { false } }
}
