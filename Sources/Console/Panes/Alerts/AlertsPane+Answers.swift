internal import DeskAPI
internal import Terminal
internal import Vocabulary

extension AlertsPane {
    static func receive(
        _ answer: Result<DeskAnswer, Problem>, to request: DeskRequest, into state: inout State, _ turn: inout Turn
    ) -> Bool {
        switch (request, answer) {
        case (.acknowledge(let asked), _): return receive(answer, to: asked, into: &state, &turn)
        case (.acknowledgeAll(let asked), _): return receive(answer, toAll: asked, into: &state, &turn)
        case (.closeAlert(let asked), _): return receive(answer, of: .close, asked.id, into: &state, &turn)
        case (.assignAlert(let asked), _): return receive(answer, of: .assign, asked.id, into: &state, &turn)
        case (.unacknowledge(let asked), _): return receive(answer, of: .giveUp, asked.id, into: &state, &turn)
        case (.showIncident, .success(.incident(let incident))):
            if state.incident?.alert == incident.history.alert.id { state.incident?.take(incident) }
            return true
        case (.showIncident, .failure(let problem)):
            state.incident?.refuse(problem)
            return true
        case (.listSilences, .success(.silences(let silences))):
            state.silences?.take(silences)
            return true
        case (.listSilences, .failure(let problem)):
            state.silences?.refuse(problem)
            return true
        case (.listReceivers, .success(.receivers(let receivers))):
            state.receivers?.take(receivers)
            return true
        case (.listReceivers, .failure(let problem)):
            state.receivers?.refuse(problem)
            return true
        case (.testReceiver(let asked), .success(.noticeTest(let test))):
            state.receivers?.take(.success(test), of: asked.name)
            turn.ask(.listReceivers)
            return true
        case (.testReceiver(let asked), .failure(let problem)):
            state.receivers?.take(.failure(problem), of: asked.name)
            return state.receivers != nil
        case (.showAlert, .success(.history(let history))):
            state.history = history
            return true
        case (.previewSilence(let asked), .success(.preview(let alerts))):
            state.silencing?.take(alerts, for: asked)
            return true
        case (.createSilence(let asked), .success):
            state.silencing = nil
            turn.say("Silenced for \(asked.minutes) minutes. U takes it back.", .acked)
            return true
        case (.expireSilence(let asked), .success):
            state.silences?.end(asked.id)
            turn.say("The silence is over.", .info)
            return true
        case (.createSilence, .failure(let problem)), (.previewSilence, .failure(let problem)):
            guard state.silencing != nil else { return false }
            state.silencing?.refuse(problem)
            return true
        default: return false
        }
    }

    private static func receive(
        _ answer: Result<DeskAnswer, Problem>, to asked: AcknowledgeAlert, into state: inout State, _ turn: inout Turn
    ) -> Bool {
        switch answer {
        case .success:
            if state.form?.alert == asked.id { state.form = nil }
            turn.say("Acknowledged for \(asked.minutes) minutes.", .acked)
            return true
        case .failure(let problem):
            guard state.form?.alert == asked.id else { return false }
            state.form?.refuse(problem, newest: turn.facts.alerts[asked.id]?.revision)
            return true
        }
    }

    private static func receive(
        _ answer: Result<DeskAnswer, Problem>, toAll asked: AcknowledgeAlerts, into state: inout State,
        _ turn: inout Turn
    ) -> Bool {
        switch answer {
        case .success(.outcomes(let outcomes)):
            let refused = outcomes.filter { $0.code != nil }
            state.marked.subtract(outcomes.filter { $0.code == nil }.map(\.id))
            turn.say("Acknowledged \(outcomes.count - refused.count) alerts for \(asked.minutes) minutes.", .acked)
            guard !refused.isEmpty else {
                state.form = nil
                return true
            }
            state.form?.refuse(refused, of: outcomes.count)
            return true
        case .success: return true
        case .failure(let problem):
            guard state.form != nil else { return false }
            state.form?.refuse(problem, newest: nil)
            return true
        }
    }

    /// The outcome of what was said in the one-line form.
    private static func receive(
        _ answer: Result<DeskAnswer, Problem>, of deed: AlertNoteForm.Deed, _ id: ID<Alert>, into state: inout State,
        _ turn: inout Turn
    ) -> Bool {
        let isShown = state.noting?.alert == id && state.noting?.deed == deed
        switch answer {
        case .success(.alert(let alert)):
            if isShown { state.noting = nil }
            switch deed {
            case .close: turn.say("Ended by hand; it fires again only after its value was good.", .acked)
            case .giveUp: turn.say("Given up: it calls again.", .info)
            case .assign:
                let name = SafeText(untrusted: alert.assignedTo ?? "nobody", limit: 100).oneLine
                turn.say("Assigned to \(name).", .acked)
            }
            return true
        case .success: return true
        case .failure(let problem):
            guard isShown else { return false }
            state.noting?.refuse(problem)
            return true
        }
    }
}
