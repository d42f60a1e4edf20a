import Testing

@testable import Assistant

@Suite struct ServerSentEventTests {
    private static let stream =
        "\u{FEFF}: a comment\r\nevent: ping\r\ndata: one\r\n\r\ndata:two\ndata: three\n\n\n"
        + "id: 7\nretry: 10\nunknown\ndata\n\r: x\rdata: {\"a\":\"ä🙂\"}\r\rdata: last"
    private static let events = [
        ServerSentEvent(name: "ping", data: Array("one".utf8)), ServerSentEvent(data: Array("two\nthree".utf8)),
        ServerSentEvent(data: []), ServerSentEvent(data: Array("{\"a\":\"ä🙂\"}".utf8)),
        ServerSentEvent(data: Array("last".utf8)),
    ]

    @Test func `a stream means the same wherever its bytes are cut`() throws {
        let bytes = Array(Self.stream.utf8)
        for first in bytes.indices {
            for second in stride(from: first, to: bytes.count, by: 7) {
                let pieces = [bytes[..<first], bytes[first..<second], bytes[second...]]
                #expect(try parse(pieces) == Self.events, "cut at \(first) and \(second)")
            }
        }
    }

    @Test func `one byte at a time means the same`() throws {
        let bytes = Array(Self.stream.utf8)
        #expect(try parse(bytes.indices.map { bytes[$0...$0] }) == Self.events)
    }

    @Test func `random bytes never harm, and cuts never change what they mean`() throws {
        var random = Seeded(7)
        let alphabet = Array("\r\n:data event".utf8) + [0, 0xFF, 0xC3]
        for _ in 0..<300 {
            let bytes = (0..<Int.random(in: 0..<80, using: &random)).compactMap { _ in
                alphabet.randomElement(using: &random)
            }
            let cut = Int.random(in: 0...bytes.count, using: &random)
            #expect(try parse([bytes[...]]) == parse([bytes[..<cut], bytes[cut...]]), "\(bytes) cut at \(cut)")
        }
    }

    @Test(arguments: ["data: \(String(repeating: "x", count: 2000))", String(repeating: "data: abc\n", count: 400)])
    func `an event beyond the limit is refused before it is whole`(text: String) {
        #expect(throws: ServerSentEventParser.TooLong(limit: 1000)) {
            var parser = ServerSentEventParser(limit: 1000)
            _ = try parser.feed(Array(text.utf8))
        }
    }

    @Test func `many small events may be longer than the limit together`() throws {
        var parser = ServerSentEventParser(limit: 1000)
        let events = try parser.feed(Array(String(repeating: "data: abc\n\n", count: 400).utf8))
        #expect(events.count == 400)
    }

    private func parse(_ pieces: [ArraySlice<UInt8>]) throws -> [ServerSentEvent] {
        var parser = ServerSentEventParser()
        var events = try pieces.flatMap { try parser.feed(Array($0)) }
        if let last = parser.finish() { events.append(last) }
        return events
    }
}

/// A small generator with a seed (SplitMix64), so that a failure can be played again.
struct Seeded: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
