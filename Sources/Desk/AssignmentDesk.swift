internal import Bus
internal import Conversations
internal import DeskAPI
internal import Host
internal import Vocabulary

/// Gives waiting conversations to people who take them, whenever one waits or somebody has room.
struct AssignmentDesk: Sendable {
    let conversations: Conversations
    let clock: HostClock
    let bus: Bus<DeskEvent>
    let log: @Sendable (String) -> Void

    /// Assigns until the task is cancelled.
    func run() async {
        let (conversations, clock) = (conversations, clock)
        let subscription = bus.subscribe(limit: 8192) { event in
            switch event {
            // A desk where nobody takes part is not woken for every message.
            case .conversationChanged: conversations.isAnybodyAvailable(at: clock.now())
            case .keyRevoked: true
            default: false
            }
        }
        await perform { try await conversations.prepareAssignment() }
        await perform { try await conversations.assignWaiting(at: clock.now()) }
        while true {
            let readings = await subscription.next()
            guard !readings.isEmpty else { return }
            for case .event(.keyRevoked(let key)) in readings {
                conversations.dismiss("u:\(key)")
                await perform { try await conversations.endAvailability(of: "u:\(key)", at: clock.now()) }
            }
            await perform { try await conversations.assignWaiting(at: clock.now()) }
        }
    }

    private func perform(_ body: () async throws -> Void) async {
        do {
            try await body()
        } catch {
            log("waiting conversations cannot be given to people: \(error)")
        }
    }
}
