/// Turns the bytes that a terminal sends into keys, however they are cut into reads.
///
/// Nothing that a terminal says by itself (answers to queries, unknown sequences) becomes a key, and nothing inside of
/// a paste does. Understands the cursor and function keys of xterm, rxvt, the Linux console and VT100 in both modes.
public struct KeyDecoder: Sendable {
    private var pending: [UInt8] = []
    private var pasted: [UInt8]?

    /// A decoder that has seen nothing yet.
    public init() {}

    /// Whether a sequence has begun and not ended: without more bytes within a moment, call `flush`.
    public var isWaiting: Bool { !pending.isEmpty && pasted == nil }

    /// Whether a paste has begun and not ended.
    public var isPasting: Bool { pasted != nil }

    /// The most bytes of one paste that are kept.
    public static let longestPaste = 1 << 20

    /// Takes bytes and gives the keys that are complete.
    public mutating func take(_ bytes: some Sequence<UInt8>) -> [Key] {
        pending += bytes
        var keys: [Key] = []
        var text = String.UnicodeScalarView()
        var reader = SequenceReader(pending)
        loop: while !reader.isAtEnd {
            if pasted != nil {
                guard collectPaste(&reader, into: &keys) else { break loop }
                continue
            }
            switch reader.next() {
            case .scalar(let scalar): text.append(scalar)
            case .key(let key):
                KeyDecoder.spell(&text, into: &keys)
                keys.append(key)
            case .pasteStart:
                KeyDecoder.spell(&text, into: &keys)
                pasted = []
            case .ignored: continue
            case .incomplete: break loop
            }
        }
        KeyDecoder.spell(&text, into: &keys)
        pending = Array(reader.rest)
        return keys
    }

    /// A moment has passed without bytes: what was begun is what it is, a lone `ESC` the Escape key.
    public mutating func flush() -> [Key] {
        if let text = pasted {
            let whole = text + pending
            pasted = nil
            pending = []
            return [.paste(String(decoding: whole, as: UTF8.self))]
        }
        defer { pending = [] }
        guard pending.first == 0x1B else { return [] }
        guard pending.count == 2 else { return pending.count == 1 ? [.escape] : [] }
        return [.alt(Character(Unicode.Scalar(pending[1])))]
    }

    /// Collects a paste; `false` when its end has not come yet.
    private mutating func collectPaste(_ reader: inout SequenceReader, into keys: inout [Key]) -> Bool {
        let (bytes, isComplete) = reader.upToPasteEnd()
        let room = KeyDecoder.longestPaste - (pasted?.count ?? 0)
        pasted?.append(contentsOf: bytes.prefix(max(0, room)))
        guard isComplete, let text = pasted else { return false }
        keys.append(.paste(String(decoding: text, as: UTF8.self)))
        pasted = nil
        return true
    }

    /// Scalars that came together are read as whole characters.
    private static func spell(_ text: inout String.UnicodeScalarView, into keys: inout [Key]) {
        guard !text.isEmpty else { return }
        for character in String(text) { keys.append(.character(character)) }
        text = String.UnicodeScalarView()
    }
}
