/// Walks over hostile scalars once and writes what may be shown.
struct Sanitizer {
    let limit: Int
    private var output = String.UnicodeScalarView()
    private var count = 0
    private var marksOnBase = 0
    private var selectorsOnBase = 0
    private var hasBase = false

    init(limit: Int) {
        self.limit = max(1, limit)
    }

    mutating func sanitize(_ scalars: String.UnicodeScalarView) -> String {
        var previous: Unicode.Scalar?
        var index = scalars.startIndex
        while index != scalars.endIndex {
            let scalar = scalars[index]
            let next = scalars.index(after: index)
            if scalar == "\r", next != scalars.endIndex, scalars[next] == "\n" {
                index = next
                continue
            }
            guard count < limit else {
                output.append("…")
                break
            }
            take(scalar, after: previous, before: next == scalars.endIndex ? nil : scalars[next])
            previous = scalar
            index = next
        }
        return String(output)
    }

    private mutating func take(_ scalar: Unicode.Scalar, after previous: Unicode.Scalar?, before next: Unicode.Scalar?)
    {
        switch Hazard(scalar) {
        case .none: base(scalar)
        case .lineBreak: base("\n")
        case .tab: for _ in 0..<4 { base(" ") }
        case .picture(let picture): base(picture)
        case .named: named(scalar)
        case .unassignable: base("\u{FFFD}")
        case .joiner where Sanitizer.joins(previous, next): append(scalar)
        case .joiner: named(scalar)
        case .combining where hasBase && marksOnBase < 4:
            marksOnBase += 1
            append(scalar)
        case .combining: break
        case .selector where hasBase && selectorsOnBase < 1:
            selectorsOnBase += 1
            append(scalar)
        case .selector: break
        }
    }

    private mutating func base(_ scalar: Unicode.Scalar) {
        append(scalar)
        hasBase = scalar != "\n"
        marksOnBase = 0
        selectorsOnBase = 0
    }

    private mutating func named(_ scalar: Unicode.Scalar) {
        for character in "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars { base(character) }
    }

    private mutating func append(_ scalar: Unicode.Scalar) {
        output.append(scalar)
        count += 1
    }

    /// A joiner is text only between letters (Indic, Persian) or between emoji.
    private static func joins(_ previous: Unicode.Scalar?, _ next: Unicode.Scalar?) -> Bool {
        guard let previous, let next else { return false }
        let isLetterPair = isJoinable(previous) && next.properties.isAlphabetic && next.value > 0x7F
        let isEmojiPair =
            (previous.properties.isEmoji || previous.value == 0xFE0F || previous.properties.isEmojiModifier)
            && next.properties.isEmoji && previous.value > 0xFF && next.value > 0xFF
        return isLetterPair || isEmojiPair
    }

    private static func isJoinable(_ scalar: Unicode.Scalar) -> Bool {
        guard scalar.value > 0x7F else { return false }
        let isMark = scalar.properties.generalCategory == .nonspacingMark
        return scalar.properties.isAlphabetic || isMark
    }
}

/// What a scalar could do to a terminal (spec: terminal escape injection).
private enum Hazard {
    case none
    case lineBreak
    case tab
    case picture(Unicode.Scalar)
    case named
    case unassignable
    case joiner
    case combining
    case selector

    init(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        case 0x20..<0x7F: self = .none
        case 0x0A, 0x0D, 0x85, 0x2028, 0x2029: self = .lineBreak
        case 0x09: self = .tab
        case 0x00..<0x20: self = .picture(Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}")
        case 0x7F: self = .picture("\u{2421}")
        case 0x80..<0xA0: self = .named
        case 0xAD, 0x61C, 0x180E, 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFEFF: self = .named
        case 0x115F, 0x1160, 0x3164, 0xFFA0: self = .named
        case 0x200C, 0x200D: self = .joiner
        case 0xFE00...0xFE0F, 0xE0100...0xE01EF: self = .selector
        case 0xE0000...0xE0FFF, 0xFFF9...0xFFFB: self = .named
        case 0xE000...0xF8FF, 0xF0000...0x10FFFF, 0xFDD0...0xFDEF: self = .unassignable
        default: self = Hazard.byCategory(scalar)
        }
    }

    private static func byCategory(_ scalar: Unicode.Scalar) -> Hazard {
        guard scalar.value & 0xFFFE != 0xFFFE else { return .unassignable }
        return switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: .combining
        case .format, .control, .surrogate: .named
        case .privateUse, .unassigned: .unassignable
        default: .none
        }
    }
}
