internal import DeskAPI
internal import Digests
internal import Vocabulary

/// The ten thousand places at which the conversations of a name stand, and which tried version has which of them.
///
/// A version keeps its places for as long as it is tried, and grows by places that are the stable version's: so nobody
/// is moved from one tried version to another, nor back. What another version gave back is taken last.
struct Circle: Equatable, Sendable {
    /// Another version that is tried on the same circle, or was.
    struct Neighbour: Equatable, Sendable {
        let deployment: ID<Deployment>
        let version: ID<ModelVersion>
        let status: Deployment.Status
        let share: Int64
        /// Its places; of one that is over, those that it had.
        let places: Places

        /// Whether it gets conversations.
        var hasTraffic: Bool { status.isOpen && status != .shadow }
    }

    /// The key of the hash that says where a conversation stands.
    var salt: [UInt8] = []
    /// The places of the version.
    var places = Places()
    /// The others, oldest first.
    var neighbours: [Neighbour] = []

    /// The others that get conversations.
    var tried: [Neighbour] { neighbours.filter(\.hasTraffic) }

    /// What they have of the ten thousand places together.
    var taken: Int64 { tried.reduce(0) { $0 + $1.share } }

    /// Gives the version as many places as its share says; there must be so many left.
    mutating func grow(to share: Int64) {
        let free = tried.reduce(Places.whole.subtracting(places)) { $0.subtracting($1.places) }
        let fresh = neighbours.reduce(free) { $0.subtracting($1.places) }
        let first = fresh.lowest(share - places.count)
        let second = free.subtracting(fresh).lowest(share - places.count - first.count)
        places = places.union(first).union(second)
    }

    /// Where a conversation stands.
    func place(of conversation: Int64) -> Int64 { Circle.place(of: conversation, salt: salt) }

    /// Where a conversation stands among ten thousand.
    static func place(of conversation: Int64, salt: [UInt8]) -> Int64 {
        let digest = SHA256Digest(of: Array("conversation \(conversation)".utf8), authenticatedBy: salt)
        return Int64(digest.bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) } % 10_000)
    }

    /// The others that get conversations, in words: `versions 4 and 5`.
    var words: String { Circle.words(tried.map(\.version)) }

    /// Versions in words.
    static func words(_ versions: [ID<ModelVersion>]) -> String {
        let numbers = versions.map { "\($0)" }
        guard let last = numbers.last, numbers.count > 1 else { return "version \(numbers.joined())" }
        return "versions \(numbers.dropLast().joined(separator: ", ")) and \(last)"
    }
}
