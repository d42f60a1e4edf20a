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

    /// Which of these keep others quiet, by the rules file.
    private var inhibitions: [AlertInhibition] = []
    private var windows: [MaintenanceWindow] = []

    private struct Place: Hashable {
        let host: String
        let metric: String
    }

    private struct Firing {
        let rule: String
        let severity: Severity
        let labels: [String: String]
    }

    /// Follows the rules file.
    mutating func follow(_ configuration: AlertConfiguration) {
        inhibitions = configuration.inhibitions
        windows = configuration.windows
    }

    /// Takes over whether an alert fires.
    mutating func follow(_ alert: Alert) {
        let place = Place(host: alert.host, metric: alert.metric)
        var rules = firing[place, default: []].filter { $0.rule != alert.rule }
        if alert.condition == .firing || alert.condition == .recovering {
            rules.append(Firing(rule: alert.rule, severity: alert.severity, labels: AlertLabels.of(alert)))
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

    /// What keeps an alert quiet now: of several silences the one that lasts longest, else a maintenance window, else
    /// another alert.
    func suppression(of alert: Alert, at now: Timestamp, monotonic: Monotonic) -> AlertSuppression {
        guard !silences.isEmpty || !windows.isEmpty || !inhibitions.isEmpty else { return inhibition(of: alert) }
        let labels = AlertLabels.of(alert)
        let held = silences.filter { $0.holds(at: monotonic) && $0.matchers.allSatisfy { $0.accepts(labels) } }
        if let longest = held.max(by: { $0.silence.endsAt < $1.silence.endsAt })?.silence {
            return AlertSuppression(kind: .silenced, by: "\(longest.id)", until: longest.endsAt)
        }
        for window in windows where window.matchers.allSatisfy({ $0.accepts(labels) }) {
            guard let end = window.hours.end(covering: now) else { continue }
            return AlertSuppression(kind: .maintenance, by: window.name, until: end)
        }
        let named = inhibitions.lazy.compactMap { inhibitor(of: alert, labels, by: $0) }.first
        return named.map { AlertSuppression(kind: .inhibited, by: $0) } ?? inhibition(of: alert)
    }

    /// The rule of an alert that fires and, by the rules file, keeps this one quiet; never the alert itself.
    private func inhibitor(of alert: Alert, _ labels: [String: String], by inhibition: AlertInhibition) -> String? {
        guard inhibition.targets.allSatisfy({ $0.accepts(labels) }) else { return nil }
        for (place, rules) in firing {
            if place.host != alert.host, inhibition.equal.contains("host") { continue }
            for other in rules {
                let isSame = other.rule == alert.rule && place.host == alert.host && place.metric == alert.metric
                guard !isSame, inhibition.sources.allSatisfy({ $0.accepts(other.labels) }),
                    // What is both would keep itself quiet, and two of the kind each other: as in Alertmanager.
                    !inhibition.targets.allSatisfy({ $0.accepts(other.labels) })
                        || !inhibition.sources.allSatisfy({ $0.accepts(labels) }),
                    inhibition.equal.allSatisfy({ other.labels[$0] ?? "" == labels[$0] ?? "" })
                else { continue }
                return other.rule
            }
        }
        return nil
    }

    private func inhibition(of alert: Alert) -> AlertSuppression {
        let rules = firing[Place(host: alert.host, metric: alert.metric)] ?? []
        let graver = rules.first { $0.rule != alert.rule && $0.severity > alert.severity }
        return graver.map { AlertSuppression(kind: .inhibited, by: $0.rule) } ?? AlertSuppression()
    }
}
