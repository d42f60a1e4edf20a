public import Digests

extension AuditTrail {
    /// What a check of the whole chain found.
    public enum Verdict: Equatable, Sendable {
        /// Every link holds; comparing the last hash with one noted elsewhere shows that none is missing at the end.
        case intact(entries: Int64, last: SHA256Digest)
        /// The first entry that is wrong or missing, and why.
        case broken(sequence: Int64, reason: String)
    }

    /// Follows the chain from the first entry to the last.
    public static func verify(in snapshot: Snapshot) throws -> Verdict {
        var chain = Chain()
        try snapshot.forEach(
            "SELECT sequence, at, actor, actor_name, action, subject, detail, previous, hash FROM audit ORDER BY sequence"
        ) { row in
            if chain.fault == nil { chain.follow(try Entry(row)) }
        }
        // SQLite remembers the highest number it ever gave: entries cut off at the end leave a trace there.
        let highest: Int64? = try snapshot.value("SELECT seq FROM sqlite_sequence WHERE name = 'audit'")
        if let fault = chain.fault { return fault }
        guard chain.count == highest ?? 0 else {
            return .broken(sequence: chain.count + 1, reason: "entries are missing at the end")
        }
        return .intact(entries: chain.count, last: chain.last)
    }

    /// Follows the chain in a file that no process has open; changes nothing.
    ///
    /// - Throws: ``StorageFailure`` when it cannot be read at all.
    public static func verify(at path: String) throws -> Verdict {
        let connection = try DatabaseFile(path: path, durability: .full).openForReading()
        defer { connection.close() }
        return try verify(in: Snapshot(connection))
    }

    private struct Chain {
        var count: Int64 = 0
        var last = AuditTrail.beginning
        var fault: Verdict?

        mutating func follow(_ entry: Entry) {
            if entry.sequence != count + 1 {
                fault = .broken(sequence: count + 1, reason: "the entry is missing")
            } else if entry.previous != last {
                fault = .broken(sequence: entry.sequence, reason: "it does not follow from the entry before it")
            } else if AuditTrail.hash(sequence: entry.sequence, draft: entry.draft, previous: last) != entry.hash {
                fault = .broken(sequence: entry.sequence, reason: "its content was changed")
            } else {
                count = entry.sequence
                last = entry.hash
            }
        }
    }
}
