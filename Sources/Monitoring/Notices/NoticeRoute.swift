internal import Vocabulary

/// Which notices go to whom, and how they are put together; a tree, as in Alertmanager.
public struct NoticeRoute: Equatable, Sendable {
    /// What a notice must meet to come this way; the root takes all.
    public var matchers: [LabelMatcher] = []
    /// Who is told.
    public var receiver: String
    /// Whether the routes after this one are asked too.
    public var goesOn = false
    /// The labels by which notices are put together; `...` for all.
    public var groupBy = ["host"]
    /// When messages go out.
    public var timing = NoticeTiming()
    /// The hours in which what is not critical waits.
    public var quietHours: [String] = []
    /// Routes that are asked before this one is taken.
    public var routes: [NoticeRoute] = []

    /// A route to a receiver.
    public init(receiver: String) {
        self.receiver = receiver
    }
}

/// When the messages of a group go out.
public struct NoticeTiming: Equatable, Sendable {
    /// How long the first waits for others.
    public var wait = Duration.seconds(30)
    /// How long after one message the next waits.
    public var interval = Duration.seconds(300)
    /// How long after a message a firing alert that nobody acknowledged is told again.
    public var again = Duration.seconds(4 * 3600)

    /// Alertmanager's: 30 s, 5 min, 4 h.
    public init() {}
}

/// One receiver of a notice, and the group in which it is told.
public struct NoticeDestination: Equatable, Sendable {
    /// Who is told.
    public let receiver: String
    /// The labels that make the group, by name.
    public let group: [Label]
    /// When.
    public let timing: NoticeTiming
    /// The hours in which what is not critical waits.
    public let quietHours: [String]

    /// A label of a group.
    public struct Label: Equatable, Sendable {
        /// Its name.
        public let name: String
        /// Its value.
        public let value: String
    }
}

extension NoticeRoute {
    /// Who is told of a notice, each receiver once: the first route that leads to it counts.
    public func destinations(of notice: AlertNotice) -> [NoticeDestination] {
        let labels = AlertLabels.of(notice)
        var seen: Set<String> = []
        return taken(labels).filter { seen.insert($0.receiver).inserted }.map { route in
            let names = route.groupBy == ["..."] ? AlertLabels.names : route.groupBy
            // Level and reason differ between the notices of one alert, which must stay together.
            let stable = names.filter { $0 != "level" && $0 != "reason" }
            return NoticeDestination(
                receiver: route.receiver,
                group: stable.map { NoticeDestination.Label(name: $0, value: labels[$0] ?? "") },
                timing: route.timing, quietHours: route.quietHours)
        }
    }

    private func taken(_ labels: [String: String]) -> [NoticeRoute] {
        guard matchers.allSatisfy({ $0.accepts(labels) }) else { return [] }
        var found: [NoticeRoute] = []
        for route in routes {
            let below = route.taken(labels)
            found += below
            if !below.isEmpty, !route.goesOn { break }
        }
        return found.isEmpty ? [self] : found
    }
}

/// Everything that `notify.yaml` says.
public struct NotifyConfiguration: Equatable, Sendable {
    /// Who can be told.
    public var receivers: [NoticeReceiver] = []
    /// Who is told of what; `nil` when nobody is.
    public var route: NoticeRoute?
    /// Named hours in which what is not critical waits.
    public var quietHours: [String: QuietHours] = [:]
    /// Receivers that take turns, by the name under which routes lead to them.
    public var rotas: [String: NoticeRota] = [:]

    /// Nobody is told of anything.
    public init() {}

    /// Who is told of a notice; of a rota, whoever had the turn when it happened.
    func destinations(of notice: AlertNotice) -> [NoticeDestination] {
        var seen: Set<String> = []
        return (route?.destinations(of: notice) ?? []).compactMap { destination in
            guard let name = rotas[destination.receiver].map({ $0.receiver(at: notice.at) }) ?? destination.receiver,
                seen.insert(name).inserted
            else { return nil }
            return NoticeDestination(
                receiver: name, group: destination.group, timing: destination.timing, quietHours: destination.quietHours
            )
        }
    }

    /// The receiver with this name.
    public func receiver(_ name: String) -> NoticeReceiver? { receivers.first { $0.name == name } }

    /// When the quiet hours that cover this moment end; `nil` when there are none now.
    func quietEnd(_ names: [String], at now: Timestamp) -> Timestamp? {
        names.compactMap { quietHours[$0]?.end(covering: now) }.max()
    }
}
