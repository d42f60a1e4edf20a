public import DeskAPI
internal import Vocabulary

/// Putting aside, taking up again, giving to a colleague, rating; pure like the rules of who has it.
extension Conversation {
    /// A person puts it aside and has it from then on; returns what the transcript says of it.
    mutating func snooze(by caller: Caller, until: Timestamp?, at now: Timestamp) throws(Problem) -> String? {
        try requireUnresolved()
        try requireRight(of: caller)
        if let until, until <= now {
            throw Problem(.invalidField, "until must lie in the future; it is \(until.rfc3339)")
        }
        status = .snoozed
        owner = caller.actor
        ownerName = caller.name
        snoozedUntil = until
        waitingReason = nil
        updatedAt = now
        return "\(caller.name) put it aside until \(until?.rfc3339 ?? "the customer writes")"
    }

    /// It is taken up again; returns what the transcript says of it, `nil` when it is not put aside.
    mutating func wake(by name: String?, at now: Timestamp) throws(Problem) -> String? {
        try requireUnresolved()
        guard status == .snoozed else { return nil }
        status = owner == nil ? .waiting : .open
        if status == .waiting { waitingSince = waitingSince ?? now }
        updatedAt = now
        return name.map { "\($0) took it up again" } ?? "The time for which it was put aside is over"
    }

    /// A person gives it to a colleague; returns what the transcript says of it.
    mutating func give(
        to colleague: String, named name: String, by caller: Caller, at now: Timestamp
    ) throws(Problem) -> String? {
        try requireUnresolved()
        try requireRight(of: caller)
        guard owner != colleague else { return nil }
        status = .open
        owner = colleague
        ownerName = name
        updatedAt = now
        if lastAuthor == .customer { waitingSince = waitingSince ?? now }
        return caller.actor == colleague ? "\(caller.name) took over" : "\(caller.name) gave it to \(name)"
    }

    /// Nobody came: the assistant answers again; returns what the transcript says of it, `nil` when somebody has it.
    mutating func stopWaiting(after patience: String, at now: Timestamp) -> String? {
        guard status == .waiting else { return nil }
        status = .assistant
        owner = Conversation.assistantOwner
        ownerName = Conversation.assistantOwner
        (waitingSince, waitingReason) = (nil, nil)
        updatedAt = now
        return "Nobody could join within \(patience): the assistant answers again"
    }

    /// The customer rates the help; returns what the transcript says of it.
    mutating func rate(_ request: RateConversation, by caller: Caller, at now: Timestamp) throws(Problem) -> String {
        guard case .customer = caller.identity else {
            throw Problem(.forbidden, "only the customer rates the help")
        }
        guard status == .resolved else {
            throw Problem(.notResolved, "conversation \(id) is not over yet; it can be rated when it is")
        }
        if let rating { throw Problem(.alreadyRated, "conversation \(id) was rated \(rating) of 5; that stays") }
        rating = request.rating
        ratingComment = request.comment.isEmpty ? nil : request.comment
        updatedAt = now
        return "The customer rated the help \(request.rating) of 5"
    }

    /// Files it anew; returns what the audit says of it, `nil` when nothing changes.
    mutating func file(_ request: UpdateConversation, at now: Timestamp) throws(Problem) -> String? {
        var changes: [String] = []
        if let subject = request.subject, subject != self.subject {
            self.subject = subject
            changes.append("subject")
        }
        if let priority = request.priority, priority != self.priority {
            changes.append("priority \(self.priority.rawValue) to \(priority.rawValue)")
            self.priority = priority
        }
        if let tags = try request.tags.map(Conversation.tidied), tags != self.tags {
            changes.append(tags.isEmpty ? "no tags" : "tags \(tags.joined(separator: ", "))")
            self.tags = tags
        }
        guard !changes.isEmpty else { return nil }
        updatedAt = now
        return changes.joined(separator: ", ")
    }

    /// A text as a tag: in lower case, at most 40 characters, with `-` for what no tag may hold; `nil` when nothing is
    /// left.
    public static func tag(_ text: String) -> String? {
        var tag = String.UnicodeScalarView()
        for scalar in text.lowercased().unicodeScalars.prefix(40) { tag.append(isOfTag(scalar) ? scalar : "-") }
        let words = String(tag).split(separator: "-", omittingEmptySubsequences: true)
        return words.isEmpty ? nil : words.joined(separator: "-")
    }

    private static func isOfTag(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil
            || "-_.:/".unicodeScalars.contains(scalar)
    }

    /// Tags in lower case, in order, without doubles.
    ///
    /// - Throws: ``Problem`` `.invalidField` for one that is empty, longer than 40 characters, or has blanks in it.
    private static func tidied(_ tags: [String]) throws(Problem) -> [String] {
        var found: Set<String> = []
        for tag in tags {
            let text = tag.lowercased()
            guard text.unicodeScalars.allSatisfy(isOfTag), (1...40).contains(text.unicodeScalars.count) else {
                throw Problem(
                    .invalidField, "tags must have 1 to 40 letters, digits, - _ . : and / each; \"\(tag)\" has not")
            }
            found.insert(text)
        }
        return found.sorted()
    }
}
