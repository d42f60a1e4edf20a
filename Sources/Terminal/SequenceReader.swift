/// Reads one key, scalar or control sequence after the other from bytes (ECMA-48, xterm's ctlseqs).
struct SequenceReader {
    /// What was read.
    enum Step: Equatable {
        case scalar(Unicode.Scalar)
        case key(Key)
        case pasteStart
        case ignored
        /// The bytes end inside of something; nothing was taken.
        case incomplete
    }

    private let bytes: [UInt8]
    private var index = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { index >= bytes.count }
    var rest: ArraySlice<UInt8> { bytes[index...] }

    mutating func next() -> Step {
        let byte = bytes[index]
        if byte == 0x1B { return escape() }
        if byte >= 0x80 { return wide(from: index) }
        index += 1
        return SequenceReader.control(byte).map(Step.key) ?? .scalar(Unicode.Scalar(byte))
    }

    /// The bytes of a paste that are certain, and whether its end mark was found and taken.
    mutating func upToPasteEnd() -> (ArraySlice<UInt8>, Bool) {
        let start = index
        while let escape = bytes[index...].firstIndex(of: 0x1B) {
            let mark = bytes[escape...].prefix(6)
            if mark.elementsEqual(SequenceReader.pasteEnd) {
                index = escape + 6
                return (bytes[start..<escape], true)
            }
            if SequenceReader.pasteEnd.starts(with: mark) {
                index = escape
                return (bytes[start..<escape], false)
            }
            index = escape + 1
        }
        index = bytes.count
        return (bytes[start...], false)
    }

    private static let pasteEnd = Array("\u{1B}[201~".utf8)

    /// The key of a control byte; `nil` for printable ones.
    private static func control(_ byte: UInt8) -> Key? {
        switch byte {
        case 0x09: .tab
        case 0x0D: .enter
        case 0x08, 0x7F: .backspace
        case 0x00: .control(" ")
        case 0x01...0x1A: .control(Character(Unicode.Scalar(byte + 0x60)))
        case 0x1C...0x1F: .control(Character(Unicode.Scalar(byte + 0x40)))
        default: nil
        }
    }

    /// One scalar of UTF-8; bytes that are none are left out, and so are the C1 controls.
    private mutating func wide(from start: Int) -> Step {
        let lead = bytes[start]
        let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
        guard (0xC2...0xF4).contains(lead) else {
            index = start + 1
            return .ignored
        }
        let sequence = bytes[start...].prefix(length)
        guard sequence.dropFirst().allSatisfy({ $0 & 0xC0 == 0x80 }) else {
            index = start + 1
            return .ignored
        }
        guard sequence.count == length else { return .incomplete }
        index = start + length
        var decoder = UTF8()
        var iterator = sequence.makeIterator()
        guard case .scalarValue(let scalar) = decoder.decode(&iterator), scalar.value >= 0xA0 else { return .ignored }
        return .scalar(scalar)
    }

    private mutating func escape() -> Step {
        guard index + 1 < bytes.count else { return .incomplete }
        switch bytes[index + 1] {
        case 0x1B:
            index += 1
            return .key(.escape)
        case UInt8(ascii: "["): return controlSequence()
        case UInt8(ascii: "O"): return singleShift()
        case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"), UInt8(ascii: "_"):
            return stringSequence()
        case let byte where byte < 0x80:
            index += 2
            return .key(byte == 0x0D ? .alt("\n") : .alt(Character(Unicode.Scalar(byte))))
        default:
            let step = wide(from: index + 1)
            guard case .scalar(let scalar) = step else { return step }
            return .key(.alt(Character(scalar)))
        }
    }

    /// `ESC [ parameters final`; a byte that cannot be inside ends it without a key.
    private mutating func controlSequence() -> Step {
        var end = index + 2
        guard end < bytes.count else { return .incomplete }
        if bytes[end] == UInt8(ascii: "[") { return linuxFunction(at: end + 1) }
        if bytes[end] == UInt8(ascii: "M") { return oldMouse(at: end + 1) }
        while end < bytes.count, (0x20...0x3F).contains(bytes[end]) { end += 1 }
        guard end < bytes.count, end - index < 64 else {
            guard end - index >= 64 else { return .incomplete }
            index = end
            return .ignored
        }
        let sequence = ControlSequence(parameters: bytes[index + 2..<end], final: bytes[end])
        // A control byte inside breaks the sequence off and counts for itself.
        index = (0x40...0x7E).contains(bytes[end]) ? end + 1 : end
        return (0x40...0x7E).contains(sequence.final) ? sequence.step : .ignored
    }

    /// The Linux console's F1 to F5: `ESC [ [ A`.
    private mutating func linuxFunction(at place: Int) -> Step {
        guard place < bytes.count else { return .incomplete }
        index = place + 1
        let letter = bytes[place]
        guard (0x41...0x45).contains(letter) else { return .ignored }
        return .key(.function(Int(letter) - 0x40))
    }

    /// The mouse as X10 sends it, which is not asked for: three bytes to leave out.
    private mutating func oldMouse(at place: Int) -> Step {
        guard place + 3 <= bytes.count else { return .incomplete }
        index = place + 3
        return .ignored
    }

    /// `ESC O final`: cursor keys in application mode, F1 to F4, the keypad.
    private mutating func singleShift() -> Step {
        guard index + 2 < bytes.count else { return .incomplete }
        let final = bytes[index + 2]
        index += 3
        if final == UInt8(ascii: "M") { return .key(.enter) }
        if (0x50...0x53).contains(final) { return .key(.function(Int(final) - 0x4F)) }
        return ControlSequence.direction(final).map { .key(.move($0, [])) } ?? .ignored
    }

    /// Answers of the terminal (OSC, DCS, APC, PM, SOS) up to `BEL` or `ESC \`; none of them is a key.
    private mutating func stringSequence() -> Step {
        var end = index + 2
        while end < bytes.count, end - index < 4096 {
            if bytes[end] == 0x07 {
                index = end + 1
                return .ignored
            }
            if bytes[end] == 0x1B, end + 1 < bytes.count {
                index = bytes[end + 1] == UInt8(ascii: "\\") ? end + 2 : end
                return .ignored
            }
            end += 1
        }
        guard end - index >= 4096 else { return .incomplete }
        index = end
        return .ignored
    }
}
