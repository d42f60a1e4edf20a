/// Checks UTF-8 that arrives in pieces (Unicode 16, table 3-7): a fault is seen at its first byte.
struct UTF8Check {
    private var needed = 0
    private var lower: UInt8 = 0x80
    private var upper: UInt8 = 0xBF

    /// Whether no character is unfinished.
    var isWhole: Bool { needed == 0 }

    /// Takes the next bytes; `false` when they cannot be UTF-8, after which the check is used no more.
    mutating func take(_ bytes: some Sequence<UInt8>) -> Bool {
        for byte in bytes where byte >= 0x80 || needed > 0 {
            guard needed > 0 ? continues(byte) : begins(byte) else { return false }
        }
        return true
    }

    private mutating func continues(_ byte: UInt8) -> Bool {
        guard byte >= lower, byte <= upper else { return false }
        (lower, upper) = (0x80, 0xBF)
        needed -= 1
        return true
    }

    private mutating func begins(_ byte: UInt8) -> Bool {
        switch byte {
        case 0xC2...0xDF: needed = 1
        case 0xE0: (needed, lower) = (2, 0xA0)
        case 0xED: (needed, upper) = (2, 0x9F)
        case 0xE1...0xEF: needed = 2
        case 0xF0: (needed, lower) = (3, 0x90)
        case 0xF1...0xF3: needed = 3
        case 0xF4: (needed, upper) = (3, 0x8F)
        default: return false
        }
        return true
    }
}
