internal import NIOCore

/// Writes a server's frames: whole, unmasked, ready for the socket, so that one buffer serves every member of a room.
enum ServerFrame {
    /// A text message.
    static func text(_ payload: some Collection<UInt8>) -> ByteBuffer { frame(0x81, payload) }

    /// A binary message.
    static func binary(_ payload: some Collection<UInt8>) -> ByteBuffer { frame(0x82, payload) }

    /// Asks for a sign of life.
    static let ping = frame(0x89, [])

    /// Gives a ping back.
    static func pong(_ payload: ByteBuffer) -> ByteBuffer { frame(0x8A, payload.readableBytesView) }

    /// Ends the connection; the reason is cut to what a control frame can carry.
    static func close(_ code: CloseCode?, _ reason: String = "") -> ByteBuffer {
        guard let code else { return frame(0x88, []) }
        var bytes = [UInt8(code.number >> 8), UInt8(code.number & 0xFF)]
        for character in reason where bytes.count + character.utf8.count <= 125 {
            bytes.append(contentsOf: character.utf8)
        }
        return frame(0x88, bytes)
    }

    /// One text message of several, divided by line feeds.
    static func joined(_ frames: [ByteBuffer]) -> ByteBuffer {
        var payload: [UInt8] = []
        payload.reserveCapacity(frames.reduce(0) { $0 + $1.readableBytes })
        for frame in frames {
            if !payload.isEmpty { payload.append(UInt8(ascii: "\n")) }
            payload.append(contentsOf: ServerFrame.payload(of: frame))
        }
        return text(payload)
    }

    /// What a frame that was made here carries.
    static func payload(of frame: ByteBuffer) -> ByteBufferView {
        let head =
            switch frame.getInteger(at: frame.readerIndex + 1, as: UInt8.self) {
            case 126: 4
            case 127: 10
            default: 2
            }
        return frame.readableBytesView.dropFirst(head)
    }

    private static func frame(_ first: UInt8, _ payload: some Collection<UInt8>) -> ByteBuffer {
        let count = payload.count
        var buffer = ByteBufferAllocator().buffer(capacity: count + 10)
        buffer.writeInteger(first)
        if count < 126 {
            buffer.writeInteger(UInt8(count))
        } else if count <= 0xFFFF {
            buffer.writeInteger(126 as UInt8)
            buffer.writeInteger(UInt16(count))
        } else {
            buffer.writeInteger(127 as UInt8)
            buffer.writeInteger(UInt64(count))
        }
        buffer.writeBytes(payload)
        return buffer
    }
}
