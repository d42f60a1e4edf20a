internal import DeskAPI
internal import Vocabulary

/// Why an alert calls nobody, if anything keeps it quiet.
struct AlertSuppression: Equatable, Sendable {
    var kind = Alert.Suppression.none
    var by: String?
    var until: Timestamp?

    init(kind: Alert.Suppression = .none, by: String? = nil, until: Timestamp? = nil) {
        (self.kind, self.by, self.until) = (kind, by, until)
    }

    init(of alert: Alert) {
        self.init(kind: alert.suppression, by: alert.suppressedBy, until: alert.suppressedUntil)
    }
}

/// Finds what keeps alerts quiet: the silences that hold.
struct AlertSuppressor: Sendable {
    private struct Held {
        let silence: Silence
        let matchers: [LabelMatcher]
        /// When it begins and ends, measured from when it became known: setting the clock ends no silence.
        let starts: Duration
        let ends: Duration
        var knownAt: Monotonic?

        func holds(at monotonic: Monotonic) -> Bool {
            let known = knownAt.map { monotonic - $0 } ?? .zero
            return starts <= known && known < ends
        }
    }

    private var silences: [Held] = []

    /// Takes over the silences that are stored and not over; those that were known keep their time.
    mutating func follow(_ stored: [Silence], at now: Timestamp) {
        silences = stored.compactMap { silence in
            if let known = silences.first(where: { $0.silence == silence }) { return known }
            guard let matchers = try? silence.matchers.map(LabelMatcher.init), silence.endsAt > now else { return nil }
            return Held(
                silence: silence, matchers: matchers, starts: silence.startsAt - now, ends: silence.endsAt - now)
        }
    }

    /// Lets the silences' time begin to count, and forgets those that are over.
    mutating func see(_ monotonic: Monotonic) {
        for index in silences.indices where silences[index].knownAt == nil { silences[index].knownAt = monotonic }
        silences.removeAll { held in held.knownAt.map { monotonic - $0 >= held.ends } ?? false }
    }

    /// What keeps an alert quiet now: of several silences the one that lasts longest.
    func suppression(of alert: Alert, monotonic: Monotonic) -> AlertSuppression {
        guard !silences.isEmpty else { return AlertSuppression() }
        let labels = AlertLabels.of(alert)
        let held = silences.filter { $0.holds(at: monotonic) && $0.matchers.allSatisfy { $0.accepts(labels) } }
        guard let longest = held.max(by: { $0.silence.endsAt < $1.silence.endsAt })?.silence else {
            return AlertSuppression()
        }
        return AlertSuppression(kind: .silenced, by: "\(longest.id)", until: longest.endsAt)
    }
}
