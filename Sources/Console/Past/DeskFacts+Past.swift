internal import DeskAPI
internal import Terminal
internal import Vocabulary

extension DeskFacts {
    /// What was true at the moment that a look back shows; nothing of now is in it but who the person is and how the
    /// desk is reached.
    func past(_ rewind: Rewind) -> DeskFacts {
        var past = DeskFacts()
        past.connection = connection
        past.identity = identity
        past.mainHost = mainHost
        past.windows = windows
        past.timeline = timeline
        past.stale = []
        guard let moment = rewind.moment else {
            if let fault = rewind.fault { for topic in Topic.allCases { past.faults[topic] = fault } }
            return past
        }
        past.loaded = Set(Topic.allCases)
        let snapshot = moment.host?.snapshot(reusing: nil)
        if let host = mainHost { past.hosts[host] = HostHistory(snapshot, series: rewind.series.values.map { $0 }) }
        for record in moment.alerts {
            var alert = record
            alert.value = alert.host == snapshot?.host ? snapshot?[alert.metric] : nil
            past.alerts[alert.id] = AlertRow(alert)
        }
        for record in moment.conversations { past.conversations[record.id] = ConversationRow(record) }
        past.transcripts = transcripts.mapValues { $0.until(moment.at) }
        return past
    }
}

extension HostHistory {
    /// A host as it was: the values of one moment, and the courses of some metrics before it.
    init(_ snapshot: HostSnapshot?, series: [MetricSeries]) {
        self.init()
        if let snapshot { take(snapshot) }
        for course in series { takeWhole(course) }
    }
}

extension Transcript {
    /// The part that was written until a moment.
    func until(_ moment: Timestamp) -> Transcript {
        var earlier = Transcript()
        earlier.take(entries.filter { $0.at <= moment })
        return earlier
    }
}
