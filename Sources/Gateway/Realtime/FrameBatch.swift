internal import NIOCore

/// Text frames that wait for the next flush, to go out as one whose objects are divided by line feeds.
struct FrameBatch {
    private let maximumBytes: Int
    private var frames: [ByteBuffer] = []
    private var bytes = 0

    /// Collects frames up to so many bytes of text.
    init(maximumBytes: Int) {
        self.maximumBytes = maximumBytes
    }

    /// Adds a frame; what does not fit beside it has to go out first.
    mutating func add(_ frame: ByteBuffer) -> ByteBuffer? {
        let count = ServerFrame.payload(of: frame).count + 1
        let full = bytes + count > maximumBytes ? take() : nil
        frames.append(frame)
        bytes += count
        return full
    }

    /// Everything that waits, as one frame.
    mutating func take() -> ByteBuffer? {
        defer { (frames, bytes) = ([], 0) }
        return frames.count > 1 ? ServerFrame.joined(frames) : frames.first
    }
}
