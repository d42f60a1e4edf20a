internal import NIOCore

/// The last events of a room that the gateway numbers itself, so that a client that was away for a while misses none.
struct RoomFeed {
    private struct Entry {
        let offset: Int64
        let message: [UInt8]
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
        var data: [UInt8]
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
    mutating func append(_ message: [UInt8]) {
        offset += 1
        entries.append(Entry(offset: offset, message: message))
        bytes += message.count
        while entries.count > RoomFeed.maximumEvents || (bytes > RoomFeed.maximumBytes && entries.count > 1) {
            bytes -= entries.removeFirst().message.count
        }
    }

    /// Keeps the newest state of something, for those who come later.
    mutating func remember(_ key: String, _ event: String, _ data: [UInt8]) {
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
        return entries.suffix(wanted).map(\.message)
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
