internal import DeskAPI
internal import Digests
internal import NIOConcurrencyHelpers
internal import Vocabulary

/// The valid keys in memory, so that finding out who asks costs microseconds and never waits for the disk.
final class KeyRing: Sendable {
    private let keys = NIOLockedValueBox<[Int64: Entry]>([:])

    struct Entry: Sendable {
        let name: String
        let role: Role
        let digest: SHA256Digest
        let expiresAt: Timestamp?
        var lastUsedAt: Timestamp?
        var isUsageUnwritten = false
    }

    func put(_ entry: Entry, for key: Int64) {
        keys.withLockedValue { $0[key] = entry }
    }

    func remove(_ key: Int64) {
        keys.withLockedValue { _ = $0.removeValue(forKey: key) }
    }

    /// Who holds the token, or `nil`; an unknown key takes as long as a wrong secret.
    func caller(holding token: KeyToken, at now: Timestamp) -> Caller? {
        let digest = token.digest
        return keys.withLockedValue { keys in
            let entry = keys[token.key]
            let isRight = (entry?.digest ?? digest).isEqualInConstantTime(to: digest)
            guard var entry, isRight, entry.expiresAt.map({ now < $0 }) ?? true else { return nil }
            if entry.lastUsedAt.map({ now - $0 >= .seconds(60) }) ?? true {
                entry.lastUsedAt = now
                entry.isUsageUnwritten = true
                keys[token.key] = entry
            }
            return Caller(identity: .key(ID(token.key)), role: entry.role, name: entry.name)
        }
    }

    /// The uses that are not on disk yet; each is given once.
    func takeUnwrittenUses() -> [(key: Int64, at: Timestamp)] {
        keys.withLockedValue { keys in
            var uses: [(Int64, Timestamp)] = []
            for (key, entry) in keys where entry.isUsageUnwritten {
                keys[key]?.isUsageUnwritten = false
                if let at = entry.lastUsedAt { uses.append((key, at)) }
            }
            return uses
        }
    }
}
