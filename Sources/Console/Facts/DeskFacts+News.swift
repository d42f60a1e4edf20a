internal import DeskAPI
internal import Terminal
internal import Vocabulary

extension DeskFacts {
    /// Takes what happened.
    ///
    /// - Returns: what of the facts changed by it.
    mutating func take(_ event: DeskEvent, at now: Timestamp) -> [FactChange] {
        connection.heardAt = now
        switch event {
        case .hostSampled(let snapshot): return take(snapshot)
        case .alertChanged(let record):
            changedWhileReading.alerts.insert(record.id)
            timeline.note(record, after: alerts[record.id])
            return take([record])
        case .messagePosted(let record): return take(posted: record)
        case .conversationChanged(let record):
            changedWhileReading.conversations.insert(record.id)
            return take(record)
        case .conversationDeleted(let reference):
            changedWhileReading.conversations.insert(reference.id)
            conversations[reference.id] = nil
            (readers[reference.id], customers[reference.id]) = (nil, nil)
            transcripts[reference.id] = nil
            return [.conversations]
        case .answerGrew(let progress): return take(progress, at: now)
        case .typed(let typing): return take(typing, at: now)
        case .notified(let record): return take(record)
        case .conversationRead(let record):
            take([record.reader], of: record.conversation)
            return [.activity(record.conversation)]
        case .viewersChanged(let record):
            take(record)
            return [.activity(record.conversation)]
        case .customerPresenceChanged(let record):
            customers[record.conversation] = record
            return [.activity(record.conversation)]
        case .modelChanged(let record):
            changedWhileReading.models.insert(record.id)
            models[record.id] = ModelRow(record)
            return [.models]
        case .modelDeleted(let reference):
            changedWhileReading.models.insert(reference.id)
            models[reference.id] = nil
            return [.models]
        case .trainingChanged(let job):
            trainings[job.id] = job
            return [.models]
        case .deploymentChanged(let deployment):
            deployments[deployment.id] = deployment
            return [.models]
        case .statusChanged(let record): return take(record)
        case .keyRevoked, .customerMerged: return []
        }
    }

    /// Takes how the desk is reached now; being cut off makes everything doubtful.
    mutating func take(_ state: ConnectionState, at now: Timestamp) {
        guard state != connection.state else { return }
        connection.state = state
        connection.since = now
        if connection.isLive { connection.heardAt = now }
        if connection.isCutOff { stale = Set(Topic.allCases) }
    }

    /// The desk knows best which host is its own: that of the first sample may be any.
    mutating func take(_ record: DeskStatus) -> [FactChange] {
        status = record
        guard let host = record.host, host != mainHost else { return [.status] }
        mainHost = host
        return [.status, .sample]
    }

    mutating func take(_ snapshot: HostSnapshot) -> [FactChange] {
        if mainHost == nil { mainHost = status?.host ?? snapshot.host }
        hosts[snapshot.host, default: HostHistory()].take(snapshot)
        return [.sample]
    }

    mutating func take(_ records: [Alert]) -> [FactChange] {
        for record in records {
            // An answer and an event may overtake each other: the newer revision counts.
            guard record.revision >= alerts[record.id]?.revision ?? .min else { continue }
            alerts[record.id] = AlertRow(record)
        }
        if alerts.count > DeskFacts.alertLimit { dropAlerts() }
        return [.alerts]
    }

    /// Forgets the oldest alerts that are over, a fifth at a time.
    private mutating func dropAlerts() {
        let over = alerts.values.filter { !$0.isOpen }.sorted { $0.since < $1.since }
        for row in over.prefix(DeskFacts.alertLimit / 5) { alerts[row.id] = nil }
    }

    mutating func take(_ record: Conversation) -> [FactChange] {
        if let known = conversations[record.id], record.updatedAt < known.updatedAt { return [] }
        conversations[record.id] = ConversationRow(record)
        take(record.seenBy, of: record.id)
        if conversations.count > DeskFacts.conversationLimit { dropConversations() }
        return [.conversation(record.id)]
    }

    /// Forgets the conversations at the end of the list, a fifth at a time; those whose transcripts are kept stay.
    private mutating func dropConversations() {
        let kept = DeskFacts.conversationLimit * 4 / 5
        for id in inbox().dropFirst(kept) where transcripts[id] == nil {
            (conversations[id], readers[id]) = (nil, nil)
        }
    }

    private mutating func take(posted record: Message) -> [FactChange] {
        let id = record.conversation
        if record.author == .customer, let customer = conversations[id]?.customer {
            typists[id]?["c:\(customer)"] = nil
        }
        if record.author == .assistant, let answer = answers[id],
            record.offset > answer.question
        {
            answers[id] = nil
        }
        guard transcripts[id] != nil else { return [.messages(id, cid: record.cid)] }
        let isGap = transcripts[id]?.take([TranscriptEntry(record)]) ?? false
        return isGap ? [.messages(id, cid: record.cid), .gap(id)] : [.messages(id, cid: record.cid)]
    }

    private mutating func take(_ progress: AnswerProgress, at now: Timestamp) -> [FactChange] {
        let id = progress.conversation
        // Growth is sent the shortest way and may come after the finished message.
        let isLate =
            transcripts[id].map { $0.last > progress.question && $0.holdsAnswer(to: progress.question) } ?? false
        if progress.isOver || isLate {
            answers[id] = nil
        } else {
            answers[id] = GrowingAnswer(question: progress.question, text: SafeText(untrusted: progress.text), at: now)
        }
        return [.activity(id)]
    }

    private mutating func take(_ typing: Typing, at now: Timestamp) -> [FactChange] {
        guard typing.actor != actor else { return [] }
        typists[typing.conversation, default: [:]][typing.actor] = Typist(
            name: SafeText(untrusted: typing.name, limit: 80).oneLine, until: now + DeskFacts.typingLifetime)
        return [.activity(typing.conversation)]
    }

    /// Forgets who stopped typing and answers that stopped growing.
    mutating func forget(at now: Timestamp) {
        if typists.contains(where: { $0.value.contains { $0.value.until <= now } }) {
            typists = typists.mapValues { $0.filter { $0.value.until > now } }.filter { !$0.value.isEmpty }
        }
        if answers.contains(where: { now - $0.value.at > .seconds(120) }) {
            answers = answers.filter { now - $0.value.at <= .seconds(120) }
        }
    }
}

extension Transcript {
    /// Whether the assistant's finished answer to a question was read.
    func holdsAnswer(to question: Int64) -> Bool {
        entries.reversed().prefix { $0.offset > question }.contains { $0.author == .assistant }
    }
}
