internal import Conversations
internal import Host
internal import Vocabulary

/// Looks after what customers wait for, once a second: takes up again what was put aside, and tells what is late.
struct SupportWatch: Sendable {
    let conversations: Conversations
    let clock: HostClock
    let log: @Sendable (String) -> Void

    /// Looks until the task is cancelled.
    func run() async {
        var told = false
        while !Task.isCancelled {
            conversations.expirePresence(at: clock.now())
            do {
                try await conversations.lookAfter(at: clock.now())
                try await conversations.recallFromAbsent(at: clock.now())
                told = false
            } catch {
                if !told { log("what is late or was put aside cannot be looked after: \(error)") }
                told = true
            }
            do {
                try await Task.sleep(for: .seconds(1), clock: .suspending)
            } catch {
                return
            }
        }
    }
}
