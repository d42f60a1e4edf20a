internal import NIOCore

/// The last events of a room that the gateway numbers itself, so that a client that was away for a while misses none.
struct RoomFeed {
    private struct Entry {
        let offset: Int64
        let message: Text
    }

    /// Bytes that are there, or are made when somebody wants them: most of what is kept is never asked for.
    enum Text {
        case ready([UInt8])
        case later(@Sendable () -> [UInt8])

        var bytes: [UInt8] {
            switch self {
            case .ready(let bytes): bytes
            case .later(let make): make()
            }
        }

        /// What it takes to keep it; of what is not made yet a sample of a host counts, which is the largest.
        fileprivate var size: Int {
            switch self {
            case .ready(let bytes): bytes.count
            case .later: 2048
            }
        }
    }

    /// Events and bytes that are kept at most.
    static let maximumEvents = 300
    static let maximumBytes = 1 << 20

    private(set) var epoch: String
    private(set) var offset: Int64 = 0
    private var entries = CircularBuffer<Entry>(initialCapacity: 16)
    private var bytes = 0
    private var newest: [String: State] = [:]

    /// The newest state of something, and the name of its event.
    struct State {
        var event: String
        var data: Text
    }

    init(epoch: String) {
        self.epoch = epoch
    }

    /// The place of the newest event.
    var position: Position {
        var position = Position()
        (position.offset, position.epoch) = (offset, epoch)
        return position
    }

    /// The place the next event will have.
    var nextPosition: Position {
        var position = position
        position.offset += 1
        return position
    }

    /// Keeps an event, encoded with ``nextPosition``.
    mutating func append(_ message: Text) {
        offset += 1
        entries.append(Entry(offset: offset, message: message))
        bytes += message.size
        while entries.count > RoomFeed.maximumEvents || (bytes > RoomFeed.maximumBytes && entries.count > 1) {
            bytes -= entries.removeFirst().message.size
        }
    }

    /// Keeps the newest state of something, for those who come later.
    mutating func remember(_ key: String, _ event: String, _ data: Text) {
        newest[key] = State(event: event, data: data)
    }

    /// Something is gone: who comes later hears nothing of it.
    mutating func forget(_ key: String) {
        newest[key] = nil
    }

    /// The newest state of everything, in a stable order.
    var states: [State] { newest.sorted { $0.key < $1.key }.map(\.value) }

    /// Everything behind a place, or `nil` when that is not known any more or was never.
    func missed(since place: Position) -> [[UInt8]]? {
        guard place.epoch == epoch, place.offset <= offset else { return nil }
        let wanted = Int(offset - place.offset)
        guard wanted <= entries.count else { return nil }
        return entries.suffix(wanted).map(\.message.bytes)
    }

    /// Begins anew: offsets of before mean nothing.
    mutating func begin(epoch: String) {
        self.epoch = epoch
        offset = 0
        entries.removeAll()
        bytes = 0
        newest.removeAll()
    }
}
