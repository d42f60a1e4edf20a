internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// Conversations that come by themselves while the console runs.
extension ConversationsPane {
    /// Says again that the person is there: a console that is gone says so by its silence.
    static func renewAvailability(_ state: inout State, _ turn: inout Turn) {
        guard let availability = state.availability, turn.facts.connection.isLive,
            state.availableAt.map({ turn.now - $0 >= .seconds(60) }) ?? true
        else { return }
        state.availableAt = turn.now
        turn.ask(
            .setAvailability(SetAvailability(capacity: availability.capacity, minutes: TriageForm.minutes)))
    }

    /// What the desk says to that; `false` leaves a refusal to the console.
    static func tookNote(
        of answer: Result<DeskAnswer, Problem>, _ state: inout State, _ turn: inout Turn
    ) -> Bool {
        let isAsked = state.triage?.deed == .availability
        switch answer {
        case .success(.availability(let found)):
            state.availability = found.capacity > 0 ? found : nil
            state.availableAt = turn.now
            guard isAsked else { return true }
            state.triage = nil
            turn.say(
                found.capacity > 0
                    ? "Up to \(found.capacity) conversations at a time come to you while this console runs."
                    : "None come by themselves. What you have stays yours.", .ok)
            return true
        case .failure(let problem):
            if isAsked { state.triage?.refuse(problem, of: ID(0)) }
            return true
        case .success: return true
        }
    }
}
