/// The course of one metric over the steps of a chunk, as bytes.
///
/// A value that did not change within its step is kept as a 32-bit float. Of all others smallest, mean and largest
/// value are kept to one part in eight thousand: numbers that grow with the logarithm of the value are written as
/// differences, the mean's to the step before and the others' to the mean, each in as many bits as such differences
/// took before. A year of a host is a third of what three floats for each step would be.
enum PackedCourse {
    /// One step: what was measured in it; `nil` stands for a step in which the metric was not known.
    struct Step: Equatable {
        var minimum: Double
        var mean: Double
        var maximum: Double
    }

    /// Packs the steps; nothing at all where none is known.
    static func pack(_ steps: [Step?]) -> [UInt8] {
        guard steps.contains(where: { $0 != nil }) else { return [] }
        var bits = BitWriter()
        var state = State()
        for step in steps { state.write(step, to: &bits) }
        return bits.bytes
    }

    /// The steps of a course; `nil` where it is damaged.
    static func unpack(_ bytes: ArraySlice<UInt8>, count: Int) -> [Step?]? {
        guard !bytes.isEmpty else { return [Step?](repeating: nil, count: count) }
        var bits = BitReader(bytes)
        var state = State()
        var steps: [Step?] = []
        steps.reserveCapacity(count)
        for _ in 0..<count { steps.append(state.read(from: &bits)) }
        return bits.isExhausted ? nil : steps
    }

    /// What both sides know of the steps before.
    private struct State {
        private var last: Kind = .unknown
        private var constant: UInt32 = 0
        private var mean: Int32 = 0
        private var means = RiceCode()
        private var lows = RiceCode()
        private var highs = RiceCode()

        private enum Kind: UInt32 {
            case unknown
            case constant
            case varied

            init(of step: Step?) {
                guard let step, step.mean.isFinite else {
                    self = .unknown
                    return
                }
                self = Float(step.minimum) == Float(step.maximum) ? .constant : .varied
            }
        }

        mutating func write(_ step: Step?, to bits: inout BitWriter) {
            let kind = Kind(of: step)
            bits.write(kind == last ? 0 : 1, 1)
            if kind != last { bits.write(kind.rawValue, 2) }
            last = kind
            guard let step else { return }
            if kind == .constant {
                let value = Float(step.mean).bitPattern
                bits.write(value == constant ? 0 : 1, 1)
                if value != constant { bits.write(value, 32) }
                constant = value
                mean = Scale.number(step.mean)
                return
            }
            let (low, middle, high) = Scale.numbers(of: step)
            means.write(State.zigzag(middle &- mean), to: &bits)
            mean = middle
            bits.write(low == 0 ? 1 : 0, 1)
            if low != 0 { lows.write(UInt32(middle - low), to: &bits) }
            highs.write(UInt32(high - middle), to: &bits)
        }

        mutating func read(from bits: inout BitReader) -> Step? {
            if bits.read(1) == 1 { last = Kind(rawValue: bits.read(2)) ?? .unknown }
            switch last {
            case .unknown: return nil
            case .constant:
                if bits.read(1) == 1 { constant = bits.read(32) }
                let value = Double(Float(bitPattern: constant))
                mean = Scale.number(value)
                return value.isFinite ? Step(minimum: value, mean: value, maximum: value) : nil
            case .varied:
                mean = mean &+ State.difference(means.read(from: &bits))
                let low = bits.read(1) == 1 ? 0 : mean &- Int32(truncatingIfNeeded: lows.read(from: &bits))
                let high = mean &+ Int32(truncatingIfNeeded: highs.read(from: &bits))
                return Step(minimum: Scale.value(low), mean: Scale.value(mean), maximum: Scale.value(high))
            }
        }

        /// Small differences of either sign become small numbers.
        private static func zigzag(_ difference: Int32) -> UInt32 {
            UInt32(bitPattern: (difference << 1) ^ (difference >> 31))
        }

        private static func difference(_ number: UInt32) -> Int32 {
            Int32(bitPattern: number >> 1) ^ -Int32(number & 1)
        }
    }

    /// Whole numbers in the order of the values, four thousand for each doubling.
    private enum Scale {
        /// The lower bits of a float that are left out.
        private static let dropped: UInt32 = 11

        static func number(_ value: Double) -> Int32 {
            let bits = Float(max(-3e38, min(value, 3e38))).bitPattern
            let size = Int32(((bits & 0x7FFF_FFFF) + (1 << (dropped - 1))) >> dropped)
            return bits >> 31 == 1 ? -size : size
        }

        static func value(_ number: Int32) -> Double {
            let size = UInt32(min(number.magnitude, 0x7F7F_FFFF >> dropped)) << dropped
            return Double(Float(bitPattern: size)) * (number < 0 ? -1 : 1)
        }

        /// Rounding keeps the order, and so do sums of floats, nearly.
        static func numbers(of step: Step) -> (low: Int32, middle: Int32, high: Int32) {
            let middle = number(step.mean)
            return (min(number(step.minimum), middle), middle, max(number(step.maximum), middle))
        }
    }
}
