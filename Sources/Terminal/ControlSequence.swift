/// A control sequence that a terminal sent: `ESC [ parameters final`.
struct ControlSequence {
    let parameters: ArraySlice<UInt8>
    let final: UInt8

    /// What it means here; answers to queries and everything unknown are nothing.
    var step: SequenceReader.Step {
        if parameters.first == UInt8(ascii: "<") { return mouse }
        guard parameters.allSatisfy({ (0x30...0x3B).contains($0) }) else { return .ignored }
        switch final {
        case UInt8(ascii: "~"): return numbered
        case UInt8(ascii: "Z"): return .key(.backTab)
        case UInt8(ascii: "I") where parameters.isEmpty: return .key(.focusIn)
        case UInt8(ascii: "O") where parameters.isEmpty: return .key(.focusOut)
        case UInt8(ascii: "P"), UInt8(ascii: "Q"), UInt8(ascii: "S"): return .key(.function(Int(final) - 0x4F))
        default: return ControlSequence.direction(final).map { .key(.move($0, modifiers)) } ?? .ignored
        }
    }

    static func direction(_ final: UInt8) -> Key.Direction? {
        switch final {
        case UInt8(ascii: "A"): .up
        case UInt8(ascii: "B"): .down
        case UInt8(ascii: "C"): .right
        case UInt8(ascii: "D"): .left
        case UInt8(ascii: "H"): .home
        case UInt8(ascii: "F"): .end
        default: nil
        }
    }

    private var numbers: [Int] {
        parameters.drop { $0 == UInt8(ascii: "<") }.split(separator: 0x3B, omittingEmptySubsequences: false).map {
            $0.reduce(0) { min(99_999, $0 * 10 + Int($1 &- 48)) }
        }
    }

    /// The second number is one more than the bits of what was held.
    private var modifiers: Key.Modifiers {
        let numbers = numbers
        guard numbers.count > 1, (2...16).contains(numbers[1]) else { return [] }
        return Key.Modifiers(rawValue: UInt8(numbers[1] - 1) & 7)
    }

    private var numbered: SequenceReader.Step {
        switch numbers.first ?? 0 {
        case 1, 7: .key(.move(.home, modifiers))
        case 2: .key(.insert)
        case 3: .key(.delete)
        case 4, 8: .key(.move(.end, modifiers))
        case 5: .key(.move(.pageUp, modifiers))
        case 6: .key(.move(.pageDown, modifiers))
        case let code where (11...15).contains(code): .key(.function(code - 10))
        case let code where (17...21).contains(code): .key(.function(code - 11))
        case let code where (23...24).contains(code): .key(.function(code - 12))
        case 200: .pasteStart
        default: .ignored
        }
    }

    /// SGR encoding (mode 1006): button; column; row, pressed with `M` and released with `m`.
    private var mouse: SequenceReader.Step {
        let numbers = numbers
        guard numbers.count == 3, parameters.dropFirst().allSatisfy({ (0x30...0x3B).contains($0) }),
            final == UInt8(ascii: "M") || final == UInt8(ascii: "m"), numbers[1] > 0, numbers[2] > 0
        else { return .ignored }
        let position = Position(column: numbers[1] - 1, row: numbers[2] - 1)
        let button = numbers[0] & 3
        let action: MouseEvent.Action
        switch numbers[0] {
        case let code where code & 64 != 0:
            guard button < 2 else { return .ignored }
            action = button == 0 ? .wheelUp : .wheelDown
        case let code where code & 32 != 0:
            guard button < 3 else { return .ignored }
            action = .drag(button)
        default: action = final == UInt8(ascii: "M") ? .press(button) : .release(button)
        }
        return .key(.mouse(MouseEvent(action, at: position)))
    }
}
