internal import DeskAPI
internal import Terminal
internal import Vocabulary

extension ConsoleState {
    /// Where the person is in time, or is on the way to.
    var wantedMoment: Timestamp { rewind?.wanted ?? now }

    /// Looks at a moment; one that is now, or not yet, ends the look back.
    mutating func look(at moment: Timestamp, occurrence: Occurrence? = nil) -> [DeskRequest] {
        guard moment < now - .seconds(1) else { return returnToNow() }
        var next = rewind ?? Rewind(at: moment)
        next.move(to: moment, occurrence: occurrence, latest: now)
        rewind = next
        return readPast() + readTimeline() + showPast()
    }

    /// Ends the look back: every pane shows now again.
    mutating func returnToNow() -> [DeskRequest] {
        guard rewind != nil else { return [] }
        rewind = nil
        return showPast()
    }

    /// Goes to the occurrence before or after the moment that is shown.
    mutating func lookAtOccurrence(before: Bool, _ turn: inout Turn) {
        let found =
            before ? facts.timeline.last(before: wantedMoment) : facts.timeline.first(after: wantedMoment)
        guard let found else {
            turn.pass(on: before ? readTimeline() : [])
            let isReading = underWay.contains { if case .listOccurrences = $0 { true } else { false } }
            let words: SafeText = before ? "No earlier event is known." : "No later event is known."
            turn.say(isReading ? "Reading what happened before; press again." : words, .info)
            return
        }
        turn.pass(on: look(at: found.at, occurrence: found))
    }

    /// Takes an answer that may belong to the look back.
    mutating func lookedBack(answer: Result<DeskAnswer, Problem>, to request: DeskRequest) -> [DeskRequest] {
        guard var past = rewind else { return [] }
        let isNews = past.take(answer, to: request)
        rewind = past
        // The answer may be to a moment that was left meanwhile: then the one that is wanted is still to be read.
        return readPast() + (isNews ? showPast() : renewPast())
    }

    private mutating func readPast() -> [DeskRequest] {
        guard let rewind else { return [] }
        let isReading = underWay.contains { if case .showMoment = $0 { true } else { false } }
        return start(
            rewind.requests(host: facts.mainHost).filter { request in
                if case .showMoment = request { return !isReading && rewind.fault == nil }
                return true
            })
    }

    /// What happened before the moment that is wanted, when it is not known yet.
    private mutating func readTimeline() -> [DeskRequest] {
        let timeline = facts.timeline
        let isKnown = timeline.since.map { $0 < wantedMoment - .seconds(3600) } ?? false
        let isReading = underWay.contains { if case .listOccurrences = $0 { true } else { false } }
        guard !isKnown, !isReading else { return [] }
        return start([.listOccurrences(timeline.request(before: wantedMoment))])
    }

    /// Makes what is shown anew, and tells every pane.
    private mutating func showPast() -> [DeskRequest] {
        pastFacts = rewind.map(facts.past)
        return tell([.moment])
    }

    /// Makes what is shown anew after an answer whose own changes are told to the panes anyway.
    private mutating func renewPast() -> [DeskRequest] {
        pastFacts = rewind.map(facts.past)
        return []
    }

    /// Gives a key to the question for a moment.
    mutating func press(_ prompt: MomentPrompt, _ key: Key, _ turn: inout Turn) {
        var prompt = prompt
        switch prompt.take(key, now: now, utcOffset: utcOffset) {
        case .open: overlay = .moment(prompt)
        case .closed: overlay = nil
        case .chosen(let moment):
            overlay = nil
            turn.pass(on: look(at: moment))
        }
    }
}
