internal import Bus
internal import Conversations
internal import DeskAPI

/// Takes new messages into the index of words, a moment after they were written and many at once.
struct WordDesk: Sendable {
    let conversations: Conversations
    let bus: Bus<DeskEvent>
    let log: @Sendable (String) -> Void
    private let gathering = Gathering(for: .milliseconds(100))

    init(conversations: Conversations, bus: Bus<DeskEvent>, log: @escaping @Sendable (String) -> Void) {
        self.conversations = conversations
        self.bus = bus
        self.log = log
    }

    /// Indexes until the task is cancelled; what is left then is indexed at the next start.
    func run() async {
        let gathering = gathering
        // Nothing is read from it: an event only says that there are new words.
        let subscription = bus.subscribe(
            limit: 1,
            wants: { event in
                switch event {
                case .messagePosted, .conversationChanged: gathering.ring()
                default: break
                }
                return false
            })
        defer { subscription.cancel() }
        // What the last process left.
        gathering.ring()
        await gathering.run {
            do {
                try await conversations.indexWords()
            } catch {
                log("new messages are not in the index of words: \(error)")
            }
        }
    }
}
