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

/// Finds what keeps alerts quiet: the silences that hold, then a graver alert about the same metric of the same host,
/// which says the same and more.
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
    /// The rules that fire, by what they fire on, as it is on the disk.
    private var firing: [Place: [Firing]] = [:]

    private struct Place: Hashable {
        let host: String
        let metric: String
    }

    private struct Firing {
        let rule: String
        let severity: Severity
    }

    /// Takes over whether an alert fires.
    mutating func follow(_ alert: Alert) {
        let place = Place(host: alert.host, metric: alert.metric)
        var rules = firing[place, default: []].filter { $0.rule != alert.rule }
        if alert.condition == .firing || alert.condition == .recovering {
            rules.append(Firing(rule: alert.rule, severity: alert.severity))
        }
        firing[place] = rules.isEmpty ? nil : rules
    }

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

    /// What keeps an alert quiet now: of several silences the one that lasts longest, else a graver alert.
    func suppression(of alert: Alert, monotonic: Monotonic) -> AlertSuppression {
        guard !silences.isEmpty else { return inhibition(of: alert) }
        let labels = AlertLabels.of(alert)
        let held = silences.filter { $0.holds(at: monotonic) && $0.matchers.allSatisfy { $0.accepts(labels) } }
        guard let longest = held.max(by: { $0.silence.endsAt < $1.silence.endsAt })?.silence else {
            return inhibition(of: alert)
        }
        return AlertSuppression(kind: .silenced, by: "\(longest.id)", until: longest.endsAt)
    }

    private func inhibition(of alert: Alert) -> AlertSuppression {
        let rules = firing[Place(host: alert.host, metric: alert.metric)] ?? []
        let graver = rules.first { $0.rule != alert.rule && $0.severity > alert.severity }
        return graver.map { AlertSuppression(kind: .inhibited, by: $0.rule) } ?? AlertSuppression()
    }
}
