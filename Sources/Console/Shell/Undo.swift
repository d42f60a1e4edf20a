internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// What takes the person's last action back, where the desk allows it.
struct UndoStep: Equatable, Sendable {
    /// What was done, such as `took over Crystal M.`.
    let deed: SafeText
    /// What takes it back.
    let request: DeskRequest
    /// Until when it is offered: later, others have built on what was done.
    let until: Timestamp

    private static let lifetime = Duration.seconds(120)

    /// The step that takes a request back which the desk has just carried out; `nil` for what cannot be taken back.
    init?(_ request: DeskRequest, _ answer: DeskAnswer, before facts: DeskFacts, at now: Timestamp) {
        until = now + UndoStep.lifetime
        switch (request, answer) {
        case (.acknowledge(let asked), .alert(let alert)):
            deed = "acknowledged \(SafeText(untrusted: alert.summary, limit: 80).oneLine)"
            self.request = .unacknowledge(UnacknowledgeAlert(asked.id))
        case (.createSilence, .silence(let silence)):
            deed = "silenced \(SafeText(untrusted: silence.matchers.joined(separator: ", "), limit: 80).oneLine)"
            self.request = .expireSilence(SilenceReference(silence.id))
        case (.claim(let asked), .conversation(let conversation)):
            let name = SafeText(untrusted: conversation.customerName, limit: 60).oneLine
            let isFromQueue = facts.conversations[asked.id]?.isWaiting ?? false
            deed = "took over \(name) #\(asked.id)"
            self.request = .release(ReleaseConversation(asked.id, to: isFromQueue ? .queue : .assistant))
        case (.release(let asked), .conversation(let conversation)):
            let name = SafeText(untrusted: conversation.customerName, limit: 60).oneLine
            deed = "gave \(name) #\(asked.id) away"
            self.request = .claim(ClaimConversation(asked.id))
        case (.moveAlias(let asked, let before?), .model):
            guard before != asked.version else { return nil }
            deed = "let \(SafeText(untrusted: asked.name, limit: 64).oneLine) point to version \(asked.version)"
            self.request = .moveAlias(MoveAlias(asked.name, to: before, reason: "undone"), from: asked.version)
        case (.startDeployment, .deployment(let deployment)):
            deed = "began to try version \(deployment.canary)"
            self.request = .steerDeployment(SteerDeployment(deployment.id, .rollBack))
        default: return nil
        }
    }
}

extension ConsoleState {
    /// The step that can be taken back now.
    var undoable: UndoStep? { undo.flatMap { $0.until > now ? $0 : nil } }

    /// Remembers what was done; an undo itself is not undone.
    mutating func remember(_ request: DeskRequest, _ answer: DeskAnswer) {
        if request == undo?.request {
            undo = nil
        } else if let step = UndoStep(request, answer, before: facts, at: now) {
            undo = step
        }
    }
}
