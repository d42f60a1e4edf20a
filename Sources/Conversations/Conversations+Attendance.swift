public import DeskAPI
internal import NIOConcurrencyHelpers
internal import Storage
public import Vocabulary

/// Whether anybody is there to answer, and how customers can be reached when nobody is.
extension Conversations {
    /// Asks this from now on whether anybody of the staff is connected.
    public func observeStaff(_ isConnected: @escaping @Sendable () -> Bool) {
        staffBox.withLockedValue { $0 = StaffQuestion(ask: isConnected) }
    }

    /// Whether anybody is there to answer.
    public func attendance(at now: Timestamp) -> Attendance {
        var attendance = Attendance()
        let hours = plan.hours
        attendance.open = hours.isOpen(at: now)
        attendance.opensAt = hours.opening(after: now)
        attendance.attended =
            presenceBox.withLockedValue { $0.isAttended } || isAnybodyAvailable(at: now)
            || staffBox.withLockedValue { $0 }.ask()
        return attendance
    }

    /// What a customer is told who wants a person while nobody is there; `nil` while somebody is.
    public func wordsOfAbsence(at now: Timestamp) -> String? {
        let attendance = attendance(at: now)
        guard !attendance.attended else { return nil }
        let back = attendance.opensAt.map { " We are back on \(plan.hours.words(for: $0))." } ?? ""
        return "Of course, but nobody of us is here at the moment.\(back) Your question is in our queue: leave a mail "
            + "address or a phone number here, and a person answers as soon as one is back."
    }

    /// Keeps how the customer of a conversation can be reached, for colleagues to see.
    ///
    /// - Returns: whether somebody is there by now.
    /// - Throws: ``Problem`` `.notFound`, `.invalidField`, `.conversationClosed`; ``StorageFailure``.
    public func leave(_ request: LeaveContact, by caller: Caller, at now: Timestamp) async throws -> Attendance {
        let ways = try request.ways()
        let plan = plan
        return try await database.write { [bus] transaction in
            var change = try ConversationChange(of: request.id, by: caller, plan, in: transaction)
            try change.conversation.requireUnresolved()
            try transaction.requireWelcome(change.conversation.customer)
            for way in ways { try transaction.set(way, of: change.conversation.customer) }
            let words = ways.map { "\($0.name) \($0.value)" }.joined(separator: ", ")
            try change.append(.remark("The customer can be reached: \(words)"), at: now)
            var update = UpdateConversation(request.id)
            update.tags = change.conversation.tags + ["left-contact"]
            _ = try change.conversation.file(update, at: now)
            _ = try change.save(publishingOn: bus, at: now)
            // Looked at when it is sent, not when the form was shown.
            return self.attendance(at: now)
        }
    }
}

extension LeaveContact {
    /// The ways that were given, checked.
    fileprivate func ways() throws(Problem) -> [CustomerAttribute] {
        var ways: [CustomerAttribute] = []
        if let mail {
            let parts = mail.split(separator: "@", omittingEmptySubsequences: false)
            let isPlain = mail.unicodeScalars.allSatisfy {
                $0.value > 0x20 && $0.value != 0x7F && !$0.properties.isWhitespace
            }
            guard parts.count == 2, !parts[0].isEmpty, parts[1].count >= 3, parts[1].contains("."), isPlain else {
                throw Problem(FieldFault("must be an address such as crystal@example.org").within("mail"))
            }
            ways.append(CustomerAttribute("mail", mail))
        }
        if let phone {
            let digits = phone.unicodeScalars.filter { ("0"..."9").contains($0) }.count
            guard digits >= 5, phone.unicodeScalars.allSatisfy({ "0123456789 +-/().".unicodeScalars.contains($0) })
            else {
                throw Problem(FieldFault("must be a number such as +49 30 123456").within("phone"))
            }
            ways.append(CustomerAttribute("phone", phone))
        }
        guard !ways.isEmpty else { throw Problem(FieldFault("or phone must be given").within("mail")) }
        return ways
    }
}

extension BusinessHours {
    /// A moment to come in words, by the desk's own clocks: `Monday, 30 November, at 09:00`.
    func words(for moment: Timestamp) -> String {
        let local = zone.local(moment)
        let day = floorDivide(local, 86_400)
        let minutes = (local - day * 86_400) / 60
        let weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
        let weekday = weekdays[Int(day + 4 - floorDivide(day + 4, 7) * 7)]
        let date = Timestamp(milliseconds: day * 86_400_000).rfc3339.prefix(10)
        let months = [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December",
        ]
        let month = (Int(date.dropFirst(5).prefix(2)) ?? 1) - 1
        let number = Int(date.suffix(2)) ?? 1
        func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return "\(weekday), \(number) \(months[month]), at \(two(minutes / 60)):\(two(minutes % 60))"
    }
}
