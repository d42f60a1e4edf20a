internal import Conversations
internal import Host
internal import NIOConcurrencyHelpers
internal import Vocabulary

/// Looks after what customers wait for: takes up again what was put aside, and tells what is late.
final class SupportWatch: Sendable {
    private let conversations: Conversations
    private let clock: HostClock
    private let log: @Sendable (String) -> Void
    private let isFailing = NIOLockedValueBox(false)

    init(conversations: Conversations, clock: HostClock, log: @escaping @Sendable (String) -> Void) {
        self.conversations = conversations
        self.clock = clock
        self.log = log
    }

    /// Looks once; to be called every second.
    nonisolated(nonsending) func look() async {
        conversations.expirePresence(at: clock.now())
        do {
            try await conversations.lookAfter(at: clock.now())
            try await conversations.recallFromAbsent(at: clock.now())
            isFailing.withLockedValue { $0 = false }
        } catch {
            guard !Task.isCancelled else { return }
            // Said once, not every second.
            let isNew = isFailing.withLockedValue { isFailing in
                defer { isFailing = true }
                return !isFailing
            }
            if isNew { log("what is late or was put aside cannot be looked after: \(error)") }
        }
    }
}
