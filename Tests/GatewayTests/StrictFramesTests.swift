import NIOCore
import NIOWebSocket
import Testing

@testable import Gateway

/// RFC 6455 as the Autobahn test suite asks for it: the cases that NIO's own decoder lets through.
@Suite struct StrictFramesTests {
    private func frame(
        _ opcode: WebSocketOpcode, _ payload: [UInt8] = [], fin: Bool = true, rsv1: Bool = false, masked: Bool = true
    ) -> WebSocketFrame {
        WebSocketFrame(
            fin: fin, rsv1: rsv1, opcode: opcode, maskKey: masked ? [0, 0, 0, 0] : nil, data: ByteBuffer(bytes: payload)
        )
    }

    private func outcomes(_ frames: WebSocketFrame..., bytes: Int = 100, fragments: Int = 4) -> [StrictFrames.Outcome] {
        var strict = StrictFrames(messageBytes: bytes, fragments: fragments)
        return frames.map { strict.take($0) }
    }

    private func code(_ outcome: StrictFrames.Outcome?) -> CloseCode? {
        if case .violation(let code, _)? = outcome { code } else { nil }
    }

    @Test func `reserved bits, reserved opcodes and unmasked frames break the protocol`() {
        #expect(code(outcomes(frame(.text, rsv1: true)).last) == .protocolError)
        #expect(code(outcomes(frame(.text, masked: false)).last) == .protocolError)
        for number in [3, 4, 5, 6, 7, 11, 12, 13, 14, 15] as [UInt8] {
            guard let opcode = WebSocketOpcode(encodedWebSocketOpcode: number) else { continue }
            #expect(code(outcomes(frame(opcode)).last) == .protocolError, "opcode \(number)")
        }
    }

    @Test func `fragments make one message, control frames may stand between`() {
        let result = outcomes(
            frame(.text, Array("ab".utf8), fin: false), frame(.ping, [1]), frame(.continuation, Array("c".utf8)))
        #expect(result == [.nothing, .ping(ByteBuffer(bytes: [1])), .text(ByteBuffer(string: "abc"))])
    }

    @Test func `a continuation of nothing and a message within a message break the protocol`() {
        #expect(code(outcomes(frame(.continuation)).last) == .protocolError)
        #expect(code(outcomes(frame(.text, fin: false), frame(.text)).last) == .protocolError)
        #expect(code(outcomes(frame(.text), frame(.continuation)).last) == .protocolError)
    }

    @Test(
        arguments: [
            [0xFF], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82], [0x80], [0xF8],
            [0xE0, 0x80, 0xAF],
        ] as [[UInt8]])
    func `text that is not UTF-8 is refused, in one piece and in single bytes`(_ bytes: [UInt8]) {
        #expect(code(outcomes(frame(.text, bytes)).last) == .invalidText)
        var strict = StrictFrames(messageBytes: 100, fragments: 10)
        var last = strict.take(frame(.text, [bytes[0]], fin: bytes.count == 1))
        for (index, byte) in bytes.enumerated().dropFirst() where code(last) == nil {
            last = strict.take(frame(.continuation, [byte], fin: index == bytes.count - 1))
        }
        #expect(code(last) == .invalidText)
    }

    @Test func `a character may be divided between fragments`() {
        let bytes = Array("κόσμε 👩‍🚀".utf8)
        var strict = StrictFrames(messageBytes: 100, fragments: 100)
        var last = strict.take(frame(.text, [bytes[0]], fin: false))
        for (index, byte) in bytes.enumerated().dropFirst() {
            last = strict.take(frame(.continuation, [byte], fin: index == bytes.count - 1))
        }
        #expect(last == .text(ByteBuffer(bytes: bytes)))
    }

    @Test func `messages beyond the limits are too large`() {
        let half = [UInt8](repeating: 97, count: 60)
        #expect(code(outcomes(frame(.text, half, fin: false), frame(.continuation, half)).last) == .tooLarge)
        let empty = frame(.continuation, fin: false)
        #expect(code(outcomes(frame(.text, fin: false), empty, empty, empty, empty).last) == .tooLarge)
    }

    @Test func `close frames are checked`() {
        #expect(outcomes(frame(.connectionClose)).last == .closed(nil))
        #expect(outcomes(frame(.connectionClose, [0x03, 0xE8])).last == .closed(.normal))
        #expect(code(outcomes(frame(.connectionClose, [0x03])).last) == .protocolError)
        for number in [0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999, 5000, 65_535] as [UInt16] {
            let payload = [UInt8(number >> 8), UInt8(number & 0xFF)]
            #expect(code(outcomes(frame(.connectionClose, payload)).last) == .protocolError, "\(number)")
        }
        #expect(code(outcomes(frame(.connectionClose, [0x03, 0xE8, 0xFF])).last) == .invalidText)
    }
}
