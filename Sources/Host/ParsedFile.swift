/// A kept file with what its parser made of this reading and the one before.
struct ParsedFile<Value> {
    typealias Parser = (Span<UInt8>) -> Value?

    private let file: KeptFile
    private let parse: Parser
    private(set) var now: Value?
    private(set) var before: Value?

    init(_ path: String, _ parse: @escaping Parser) {
        file = KeptFile(path, hasShortLines: true)
        self.parse = parse
    }

    /// Reads the file anew; a file that cannot be read or understood leaves `nil`.
    mutating func read(_ buffer: inout ReadBuffer) {
        before = now
        now = file.read(into: &buffer) ? parse(buffer.bytes.span.extracting(0..<buffer.count)) : nil
    }
}
