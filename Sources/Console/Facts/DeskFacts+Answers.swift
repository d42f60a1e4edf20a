internal import DeskAPI
internal import Terminal
internal import Vocabulary

extension DeskFacts {
    /// Takes what the desk answered to a request.
    ///
    /// - Returns: what of the facts changed by it.
    mutating func take(_ answer: DeskAnswer, to request: DeskRequest, at now: Timestamp) -> [FactChange] {
        connection.heardAt = now
        if let topic = Topic(request) {
            stale.remove(topic)
            loaded.insert(topic)
            faults[topic] = nil
        }
        switch answer {
        case .identity(let record):
            identity = record
            return [.identity]
        case .status(let record):
            return take(record)
        case .conversations(let records): return replace(conversations: records)
        case .conversation(let record): return take(record)
        case .messages(let records): return take(records, to: request)
        case .message(let record): return take(own: record)
        case .alerts(let records): return replace(alerts: records)
        case .alert(let record): return take([record])
        case .hosts(let records): return take(records)
        case .series(let series): return take(series, to: request)
        case .models(let records):
            models = models.filter { changedWhileReading.models.contains($0.key) }
            for record in records where models[record.id] == nil { models[record.id] = ModelRow(record) }
            return [.models]
        case .deployments(let records):
            for record in records { deployments[record.id] = record }
            return [.models]
        case .trainings(let records):
            // What an event told meanwhile of a job under way is newer than the list.
            for record in records where (trainings[record.id]?.progress ?? 0) <= record.progress {
                trainings[record.id] = record
            }
            return [.models]
        case .deployment(let record):
            deployments[record.id] = record
            return [.models]
        case .training(let record):
            trainings[record.id] = record
            return [.models]
        case .model(let record):
            models[record.id] = ModelRow(record)
            return [.models]
        case .occurrences(let records):
            guard case .listOccurrences(let asked) = request else { return [] }
            timeline.take(records, for: asked, at: now)
            return [.timeline]
        case .presence(let people):
            guard request == .listPresence else { return [] }
            return take(present: people)
        case .customerPresence(let records):
            customers = Dictionary(records.map { ($0.conversation, $0) }) { _, last in last }
            return []
        case .notifications(let records): return request == .listNotifications ? take(calling: records) : []
        case .outcomes(let outcomes): return take(outcomes.compactMap(\.alert))
        case .moment, .processes, .signalled, .history, .incident, .preview, .silence, .receivers, .noticeTest, .draft,
            .replies, .found,
            .silences, .report, .aliasMoves, .suggestion, .availability, .passages, .colleagues, .macros, .views,
            .customer, .budgets, .localModels, .done:
            return []
        }
    }

    private mutating func replace(conversations records: [Conversation]) -> [FactChange] {
        var rows = conversations.filter { changedWhileReading.conversations.contains($0.key) }
        for record in records {
            let known = conversations[record.id]
            // What an event told meanwhile is newer than the list.
            rows[record.id] = known.flatMap { $0.updatedAt > record.updatedAt ? $0 : nil } ?? ConversationRow(record)
        }
        conversations = rows
        readers = readers.filter { rows[$0.key] != nil }
        for record in records { take(record.seenBy, of: record.id) }
        let languages = Dictionary(grouping: rows.values.compactMap(\.language)) { $0 }
        usualLanguage = languages.max { ($0.value.count, $1.key.text) < ($1.value.count, $0.key.text) }?.key
        return [.conversations]
    }

    private mutating func replace(alerts records: [Alert]) -> [FactChange] {
        let named = Set(records.map(\.id))
        alerts = alerts.filter { named.contains($0.key) || changedWhileReading.alerts.contains($0.key) }
        return take(records)
    }

    private mutating func take(_ records: [Message], to request: DeskRequest) -> [FactChange] {
        guard case .listMessages(let asked) = request else { return [] }
        transcripts[asked.id, default: Transcript()].take(records.map(TranscriptEntry.init))
        dropTranscripts(butNot: asked.id)
        return [.messages(asked.id, cid: nil)]
    }

    /// A message that was written here: the event with it may come earlier or later.
    private mutating func take(own record: Message) -> [FactChange] {
        let id = record.conversation
        let isGap = transcripts[id]?.take([TranscriptEntry(record)]) ?? false
        return isGap ? [.messages(id, cid: record.cid), .gap(id)] : [.messages(id, cid: record.cid)]
    }

    private mutating func dropTranscripts(butNot kept: ID<Conversation>) {
        guard transcripts.count > DeskFacts.transcriptLimit else { return }
        let oldest = transcripts.keys.filter { $0 != kept }.min {
            (conversations[$0]?.updatedAt.milliseconds ?? 0) < (conversations[$1]?.updatedAt.milliseconds ?? 0)
        }
        if let oldest { transcripts[oldest] = nil }
    }

    private mutating func take(_ records: [Host]) -> [FactChange] {
        for record in records {
            guard let snapshot = record.snapshot(reusing: hosts[record.name]?.newest?.layout) else { continue }
            _ = take(snapshot)
        }
        return [.sample]
    }

    private mutating func take(_ series: MetricSeries, to request: DeskRequest) -> [FactChange] {
        guard case .queryMetric(let asked) = request else { return [] }
        if asked.step == 1 {
            hosts[series.host, default: HostHistory()].take(series)
        } else {
            windows[DeskFacts.windowKey(host: asked.host ?? "", metric: asked.name)] = MetricWindow(series)
        }
        return [.series]
    }

    /// Where the window of a metric is kept.
    static func windowKey(host: String, metric: String) -> String { "\(host)\u{0}\(metric)" }
}
