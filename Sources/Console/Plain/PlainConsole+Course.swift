internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// What happened and how values went, in lines: what charts and the signs on them show on the screen.
extension PlainConsole {
    /// A search for the event before or after a moment.
    struct Step: Equatable, Sendable {
        let request: ListOccurrences
        let isBack: Bool
    }

    private static let mostEvents: Int64 = 100
    private static let courseSteps: Int64 = 12

    /// Asks what happened since a time that the person wrote, in the last hour when none was.
    mutating func askForEvents(_ text: String) -> Outcome {
        var request = ListOccurrences()
        do throws(MomentFailure) {
            request.from = try beginning(text)
        } catch {
            return refuse(error.description)
        }
        request.to = now
        request.limit = PlainConsole.mostEvents
        return ask(.listOccurrences(request))
    }

    /// Looks for the event before or after the moment that was told last, within a day of it.
    mutating func step(back isBack: Bool) -> Outcome {
        let place = lookedAt ?? now
        var request = ListOccurrences()
        // Moments are whole seconds: an event within this one was told with it.
        request.from = isBack ? place - Timeline.reach : place + .seconds(1)
        request.to = isBack ? place - .milliseconds(1) : min(now, place + Timeline.reach)
        request.limit = isBack ? 1 : 1000
        guard let from = request.from, let to = request.to, from <= to else {
            return Outcome(lines: [line("this is now; nothing comes after it")])
        }
        pendingStep = Step(request: request, isBack: isBack)
        return ask(.listOccurrences(request))
    }

    /// Says what happened, or which event was gone to.
    func told(_ occurrences: [Occurrence], to request: ListOccurrences) -> [SafeText] {
        if let step = pendingStep, step.request == request {
            if let found = step.found(in: occurrences) { return [line(told(found))] }
            let side: SafeText = step.isBack ? "before" : "after"
            return [line("nothing happened in the day \(side) \(moment(lookedAt ?? now)); at TIME goes anywhere")]
        }
        let since = moment(request.from ?? now)
        guard !occurrences.isEmpty else { return [line("nothing happened since \(since)")] }
        let isCut = occurrences.count == Int(PlainConsole.mostEvents)
        let head = line(
            isCut ? "the newest \(occurrences.count) events" : "\(occurrences.count) events since \(since)")
        return [head] + occurrences.map { line(told($0)) }
    }

    /// What is asked for once an answer was told: the moment of an event, and who used most at a moment.
    mutating func askFurther(after request: DeskRequest, _ answer: DeskAnswer) -> [DeskRequest] {
        switch (request, answer) {
        case (.showMoment(let asked), _):
            lookedAt = asked.at
            // Behind the desk's own part.
            return ask(.listProcesses(PlainConsole.processes("", at: asked.at))).requests
        case (.listOccurrences(let asked), .occurrences(let records)):
            guard let step = pendingStep, step.request == asked else { return [] }
            pendingStep = nil
            return step.found(in: records).map { look(at: $0.at).requests } ?? []
        default: return []
        }
    }

    /// Asks how a value went: `[HOST] METRIC [SPAN]`.
    mutating func askForCourse(_ text: String) -> Outcome {
        var words = text.split(whereSeparator: \.isWhitespace).map(String.init)
        var host = facts.mainHost
        if words.count > 1, facts.hosts[words[0]] != nil { host = words.removeFirst() }
        guard let name = words.first else {
            return Outcome(lines: [line("write history METRIC SPAN, such as history cpu.busy 6h")])
        }
        guard let host, let layout = facts.hosts[host]?.newest?.layout else {
            return Outcome(lines: [line("no host has been sampled yet")])
        }
        guard layout.unit(of: name) != nil else {
            let hint = PlainWords.hint(for: name, among: layout.names)
            return Outcome(lines: [
                line("nothing called \(SafeText(untrusted: name, limit: 64).oneLine) is measured\(hint)")
            ])
        }
        var query = QueryMetric()
        (query.host, query.name, query.to) = (host, name, now)
        do throws(MomentFailure) {
            query.from = try beginning(words.dropFirst().joined(separator: " "))
        } catch {
            return refuse(error.description)
        }
        let seconds = (now - (query.from ?? now)).components.seconds
        guard seconds > 0 else { return Outcome(lines: [line("that is in the future; there is nothing to tell yet")]) }
        query.step = min(max(1, seconds / PlainConsole.courseSteps), 86_400)
        return ask(.readCourse(query))
    }

    /// Says how a value went: at a glance, then step by step.
    func told(_ series: MetricSeries) -> [SafeText] {
        let name = SafeText(untrusted: series.name, limit: 256).oneLine
        let host = SafeText(untrusted: series.host, limit: 256).oneLine
        let known = series.points.filter { $0.mean != nil }
        guard let most = known.max(by: { $0.maximum ?? 0 < $1.maximum ?? 0 }) else {
            return [line("nothing was kept of \(name) of \(host) in that time")]
        }
        func text(_ value: Double?) -> SafeText { Quantity(value, of: series.unit).text }
        let mean = known.compactMap(\.mean).reduce(0, +) / Double(known.count)
        let head: SafeText =
            "\(name) of \(host): \(text(mean)) on average, least \(text(known.compactMap(\.minimum).min())), "
            + "most \(text(most.maximum)) from \(moment(most.at)) on; steps of \(Duration.seconds(series.step).age)"
        return [line(head)]
            + series.points.map { point in
                line(
                    "from \(moment(point.at)): "
                        + (point.mean == nil ? "unknown" : "\(text(point.mean)), up to \(text(point.maximum))"))
            }
    }

    private func told(_ occurrence: Occurrence) -> SafeText {
        let title = SafeText(untrusted: occurrence.title, limit: 300).oneLine
        return "\(moment(occurrence.at)), \(SafeText(untrusted: occurrence.kind.rawValue)): \(title)"
    }

    /// The beginning of a span: how long it is, such as `3h`, or a time as for `at`; without one, an hour ago.
    private func beginning(_ text: String) throws(MomentFailure) -> Timestamp {
        guard !text.isEmpty else { return now - .seconds(3600) }
        // What is no length of time is a time.
        if let moment = try? Moment.read("\(text) ago", now: now, utcOffset: utcOffset) { return moment }
        return try Moment.read(text, now: now, utcOffset: utcOffset)
    }

    /// A moment as it is told, with its day when that is another one.
    private func moment(_ moment: Timestamp) -> SafeText {
        let (then, today) = (LocalTime(moment, utcOffset: utcOffset), LocalTime(now, utcOffset: utcOffset))
        return then.date == today.date ? then.clockWithSeconds : "\(then.date) \(then.clockWithSeconds)"
    }
}

extension PlainConsole.Step {
    /// The event that was looked for, among those of the span.
    fileprivate func found(in occurrences: [Occurrence]) -> Occurrence? {
        isBack ? occurrences.max { $0.at < $1.at } : occurrences.min { $0.at < $1.at }
    }
}
