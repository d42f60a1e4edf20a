internal import NIOCore

/// Frames that wait until a slow connection takes more: bounded, so that one reader cannot fill the memory.
struct Outbox {
    /// How a frame fares when there is no room.
    enum Urgency: Sendable, Equatable {
        /// It is never skipped: rather the connection ends.
        case kept
        /// It may be dropped.
        case passing
        /// It may be dropped, and replaces one of the same name that still waits.
        case newest(String)
    }

    /// What came of adding a frame.
    enum Verdict: Equatable {
        /// It waits.
        case waits
        /// It was dropped, or replaced an older one.
        case dropped
        /// There is no room for what must not be skipped: the connection has to end.
        case overflows
    }

    private struct Item {
        var frame: ByteBuffer
        let urgency: Urgency
    }

    private let maximumBytes: Int
    private let maximumFrames: Int
    private var items = CircularBuffer<Item>(initialCapacity: 0)
    private(set) var bytes = 0

    init(maximumBytes: Int, maximumFrames: Int) {
        self.maximumBytes = maximumBytes
        self.maximumFrames = maximumFrames
    }

    var isEmpty: Bool { items.isEmpty }
    var count: Int { items.count }

    mutating func add(_ frame: ByteBuffer, _ urgency: Urgency) -> Verdict {
        if case .newest = urgency, let older = items.firstIndex(where: { $0.urgency == urgency }) {
            bytes += frame.readableBytes - items[older].frame.readableBytes
            items[older].frame = frame
            return .dropped
        }
        if !fits(frame) {
            guard urgency == .kept else { return .dropped }
            dropPassing()
            guard fits(frame) else { return .overflows }
        }
        items.append(Item(frame: frame, urgency: urgency))
        bytes += frame.readableBytes
        return .waits
    }

    mutating func next() -> ByteBuffer? {
        guard let item = items.popFirst() else { return nil }
        bytes -= item.frame.readableBytes
        return item.frame
    }

    mutating func clear() {
        items.removeAll()
        bytes = 0
    }

    private func fits(_ frame: ByteBuffer) -> Bool {
        items.count < maximumFrames && bytes + frame.readableBytes <= maximumBytes
    }

    private mutating func dropPassing() {
        items.removeAll { $0.urgency != .kept }
        bytes = items.reduce(0) { $0 + $1.frame.readableBytes }
    }
}
