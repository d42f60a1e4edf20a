/// Bits one behind the other, the first in the highest place of a byte.
struct BitWriter {
    private(set) var bytes: [UInt8] = []
    private var free = 0

    /// Writes the lowest `count` bits of a number, at most 32.
    mutating func write(_ number: UInt32, _ count: Int) {
        var left = count
        while left > 0 {
            if free == 0 {
                bytes.append(0)
                free = 8
            }
            let taken = min(left, free)
            let part = UInt8(truncatingIfNeeded: number >> UInt32(left - taken)) & UInt8((1 << taken) - 1)
            bytes[bytes.count - 1] |= part << UInt8(free - taken)
            free -= taken
            left -= taken
        }
    }
}

/// Reads what a ``BitWriter`` wrote; behind the end there are only zeros.
struct BitReader {
    private let bytes: ArraySlice<UInt8>
    private var index: Int
    private var used = 0

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        index = bytes.startIndex
    }

    /// Whether more was read than was written, as of a damaged row.
    private(set) var isExhausted = false

    /// Reads the next bits, at most 32, as a number.
    mutating func read(_ count: Int) -> UInt32 {
        var number: UInt32 = 0
        var left = count
        while left > 0 {
            guard index < bytes.endIndex else {
                isExhausted = true
                return number << UInt32(left)
            }
            let taken = min(left, 8 - used)
            let part = bytes[index] >> UInt8(8 - used - taken) & UInt8((1 << taken) - 1)
            number = number << UInt32(taken) | UInt32(part)
            used += taken
            left -= taken
            if used == 8 {
                used = 0
                index += 1
            }
        }
        return number
    }
}

/// Small numbers in few bits, large ones in more: a Rice code whose parameter follows the numbers that came before.
struct RiceCode {
    private var sum: UInt64 = 256
    private var count: UInt64 = 1

    /// More ones than this are not written: the number follows as it is.
    private static let longest = 20

    private var parameter: Int {
        var parameter = 0
        while count << UInt64(parameter) < sum, parameter < 24 { parameter += 1 }
        return parameter
    }

    private mutating func learn(_ number: UInt32) {
        sum += UInt64(number)
        count += 1
        guard count > 16 else { return }
        sum /= 2
        count /= 2
    }

    mutating func write(_ number: UInt32, to bits: inout BitWriter) {
        let parameter = parameter
        let quotient = Int(number >> UInt32(parameter))
        if quotient >= RiceCode.longest {
            bits.write(.max, RiceCode.longest)
            bits.write(number, 32)
        } else {
            bits.write(.max, quotient)
            bits.write(0, 1)
            bits.write(number, parameter)
        }
        learn(number)
    }

    mutating func read(from bits: inout BitReader) -> UInt32 {
        let parameter = parameter
        var quotient: UInt32 = 0
        while quotient < RiceCode.longest, bits.read(1) == 1 { quotient += 1 }
        let number =
            quotient == RiceCode.longest ? bits.read(32) : quotient << UInt32(parameter) | bits.read(parameter)
        learn(number)
        return number
    }
}
