internal import Glibc

/// A position in the bytes of a kernel file; every step is checked, so that garbage ends a line and never a process.
///
/// The bytes are passed to each step instead of being kept, because a span must not outlive the buffer behind it.
struct ByteCursor {
    private(set) var index = 0

    func isAtEnd(of bytes: Span<UInt8>) -> Bool { index >= bytes.count }

    func isAtLineEnd(of bytes: Span<UInt8>) -> Bool { index >= bytes.count || bytes[index] == ASCII.newline }

    /// The byte under the cursor; a line feed at the end of the bytes.
    func peek(_ bytes: Span<UInt8>) -> UInt8 { index < bytes.count ? bytes[index] : ASCII.newline }

    mutating func skipBlanks(in bytes: Span<UInt8>) {
        while index < bytes.count, bytes[index] == ASCII.space || bytes[index] == ASCII.tab { index += 1 }
    }

    /// Steps over one byte if it is `wanted`.
    mutating func skip(_ wanted: UInt8, in bytes: Span<UInt8>) -> Bool {
        guard index < bytes.count, bytes[index] == wanted else { return false }
        index += 1
        return true
    }

    /// Steps over `literal` if the bytes under the cursor begin with it.
    mutating func skip(_ literal: StaticString, in bytes: Span<UInt8>) -> Bool {
        let length = literal.utf8CodeUnitCount
        guard bytes.count - index >= length else { return false }
        for offset in 0..<length where unsafe literal.utf8Start[offset] != bytes[index + offset] { return false }
        index += length
        return true
    }

    /// Goes to the first byte after the next line feed.
    mutating func nextLine(in bytes: Span<UInt8>) {
        let start = index
        guard start < bytes.count else { return }
        index = unsafe bytes.withUnsafeBytes { all in
            guard let base = all.baseAddress, let found = unsafe memchr(base + start, 10, all.count - start) else {
                return all.count
            }
            return unsafe base.distance(to: UnsafeRawPointer(found)) + 1
        }
    }

    /// Decimal digits after optional blanks; `nil`, and no step over them, without digits or above `UInt64.max`.
    mutating func number(in bytes: Span<UInt8>) -> UInt64? {
        skipBlanks(in: bytes)
        var value: UInt64 = 0
        var position = index
        while position < bytes.count {
            let digit = bytes[position] &- ASCII.zero
            guard digit < 10 else { break }
            guard position - index < 19 else { return longNumber(in: bytes) }
            value = value &* 10 &+ UInt64(digit)
            position += 1
        }
        guard position > index else { return nil }
        index = position
        return value
    }

    /// Digits with an optional fraction, such as `0.16`; `nil` without digits.
    mutating func decimal(in bytes: Span<UInt8>) -> Double? {
        guard let whole = number(in: bytes) else { return nil }
        guard skip(ASCII.dot, in: bytes) else { return Double(whole) }
        let start = index
        guard let fraction = number(in: bytes), index - start <= 18 else { return Double(whole) }
        var scale = 1.0
        for _ in start..<index { scale *= 10 }
        return Double(whole) + Double(fraction) / scale
    }

    /// The next run of bytes without blanks, on this line; empty at its end.
    mutating func word(in bytes: Span<UInt8>) -> Range<Int> {
        skipBlanks(in: bytes)
        let start = index
        while index < bytes.count, bytes[index] > ASCII.space { index += 1 }
        return start..<index
    }

    /// The bytes up to `end` on this line, and a step over it; `nil`, and no step, when the line has none.
    mutating func field(endingIn end: UInt8, in bytes: Span<UInt8>) -> Range<Int>? {
        var position = index
        while position < bytes.count, bytes[position] != ASCII.newline {
            if bytes[position] == end {
                defer { index = position + 1 }
                return index..<position
            }
            position += 1
        }
        return nil
    }

    /// Twenty digits or more: the only ones that may not fit.
    private mutating func longNumber(in bytes: Span<UInt8>) -> UInt64? {
        var value: UInt64 = 0
        var position = index
        while position < bytes.count {
            let digit = bytes[position] &- ASCII.zero
            guard digit < 10 else { break }
            let (tens, overflowTens) = value.multipliedReportingOverflow(by: 10)
            let (sum, overflowSum) = tens.addingReportingOverflow(UInt64(digit))
            guard !overflowTens, !overflowSum else { return nil }
            value = sum
            position += 1
        }
        index = position
        return value
    }
}
