internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// What was true at a moment, in lines.
extension PlainConsole {
    /// Asks what was true at a moment that the person wrote.
    mutating func look(at text: String) -> Outcome {
        let moment: Timestamp
        do throws(MomentFailure) {
            moment = try Moment.read(text, now: now, utcOffset: utcOffset)
        } catch {
            return refuse(error.description)
        }
        guard moment <= now else {
            return Outcome(lines: [line("that is in the future; there is nothing to tell yet")])
        }
        return look(at: moment)
    }

    /// Asks what was true in the second of a moment.
    mutating func look(at moment: Timestamp) -> Outcome {
        let second = Timestamp(milliseconds: moment.wholeSeconds * 1000)
        return ask(.showMoment(ShowMoment(at: second, host: facts.mainHost)))
    }

    /// The same console at a moment of the past: each of its lines begins with `then` and the time of it.
    func at(_ moment: Timestamp) -> PlainConsole {
        var past = self
        past.now = moment
        past.isPast = true
        return past
    }

    /// Says what was true then.
    func told(_ moment: DeskMoment, to request: DeskRequest) -> [SafeText] {
        var rewind = Rewind(at: moment.at)
        _ = rewind.take(.success(.moment(moment)), to: request)
        var past = at(moment.at)
        past.facts = facts.past(rewind)
        return past.status + past.alerts + past.conversations
    }
}
