internal import NIOCore
internal import NIOWebSocket

/// Holds a client's frames to RFC 6455: what NIO's decoder lets through (reserved bits and opcodes, continuations out
/// of place, broken UTF-8, impossible close codes) ends the connection with the code the standard asks for.
struct StrictFrames {
    /// What a frame comes to.
    enum Outcome: Equatable {
        /// Nothing yet.
        case nothing
        /// A whole text message, valid UTF-8.
        case text(ByteBuffer)
        /// A whole binary message.
        case binary(ByteBuffer)
        /// The peer wants this back.
        case ping(ByteBuffer)
        /// The peer is alive.
        case pong
        /// The peer ends the connection.
        case closed(CloseCode?)
        /// The connection must end with this code.
        case violation(CloseCode, String)
    }

    private struct Partial {
        var isText: Bool
        var data: ByteBuffer
        var check: UTF8Check
        var fragments: Int
    }

    private let messageBytes: Int
    private let fragments: Int
    private var partial: Partial?

    /// Frames of messages up to so many bytes in so many fragments.
    init(messageBytes: Int, fragments: Int) {
        self.messageBytes = messageBytes
        self.fragments = fragments
    }

    /// Takes the next frame.
    mutating func take(_ frame: WebSocketFrame) -> Outcome {
        guard !frame.rsv1, !frame.rsv2, !frame.rsv3 else {
            return .violation(.protocolError, "reserved bits must be 0")
        }
        guard frame.maskKey != nil else { return .violation(.protocolError, "a client's frames must be masked") }
        switch frame.opcode {
        case .text, .binary: return begin(frame)
        case .continuation: return goOn(frame)
        case .ping: return .ping(frame.unmaskedData)
        case .pong: return .pong
        case .connectionClose: return StrictFrames.close(frame.unmaskedData)
        default: return .violation(.protocolError, "this opcode is reserved")
        }
    }

    private mutating func begin(_ frame: WebSocketFrame) -> Outcome {
        guard partial == nil else { return .violation(.protocolError, "the message before is not finished") }
        let isText = frame.opcode == .text
        return add(
            frame, to: Partial(isText: isText, data: ByteBuffer(), check: UTF8Check(), fragments: 0))
    }

    private mutating func goOn(_ frame: WebSocketFrame) -> Outcome {
        guard let begun = partial else { return .violation(.protocolError, "there is no message to continue") }
        partial = nil
        return add(frame, to: begun)
    }

    private mutating func add(_ frame: WebSocketFrame, to begun: Partial) -> Outcome {
        var message = begun
        var data = frame.unmaskedData
        message.fragments += 1
        guard message.data.readableBytes + data.readableBytes <= messageBytes else {
            return .violation(.tooLarge, "a message may have at most \(messageBytes) bytes")
        }
        guard message.fragments <= fragments else {
            return .violation(.tooLarge, "a message may have at most \(fragments) fragments")
        }
        if message.isText, !message.check.take(data.readableBytesView) {
            return .violation(.invalidText, "text must be UTF-8")
        }
        if message.data.readableBytes == 0 { message.data = data } else { message.data.writeBuffer(&data) }
        guard frame.fin else {
            partial = message
            return .nothing
        }
        guard message.isText else { return .binary(message.data) }
        return message.check.isWhole ? .text(message.data) : .violation(.invalidText, "text must be UTF-8")
    }

    private static func close(_ data: ByteBuffer) -> Outcome {
        var data = data
        guard data.readableBytes > 0 else { return .closed(nil) }
        guard let number = data.readInteger(as: UInt16.self), CloseCode(number).isSendable else {
            return .violation(.protocolError, "this close code may not be sent")
        }
        var check = UTF8Check()
        guard check.take(data.readableBytesView), check.isWhole else {
            return .violation(.invalidText, "the reason must be UTF-8")
        }
        return .closed(CloseCode(number))
    }
}
