public import Vocabulary

/// A measured number as people read it: at most three significant digits, then its unit (`412 ms`, `1.8 GiB/s`, `23.4 %`).
///
/// What could not be measured is `n/a`, never 0.
public struct Quantity: Hashable, Sendable {
    /// What a number counts, and so how it is scaled.
    public enum Unit: Hashable, Sendable {
        /// Shares of a whole.
        case percent
        /// Bytes, in powers of 1024.
        case bytes
        /// Bytes in a second, in powers of 1024.
        case bytesPerSecond
        /// Seconds, from microseconds to days.
        case seconds
        /// Happenings in a second.
        case perSecond
        /// Things, in powers of 1000.
        case count
        /// Degrees Celsius.
        case celsius
        /// Cycles in a second.
        case hertz
        /// A plain number without a unit, such as a load average.
        case plain
    }

    /// The number in the base unit; `nil` when it could not be measured.
    public let value: Double?
    /// What it counts.
    public let unit: Unit

    /// A number in its base unit (bytes, seconds, percent); not finite means not measured.
    public init(_ value: Double?, _ unit: Unit) {
        self.value = value.flatMap { $0.isFinite ? $0 : nil }
        self.unit = unit
    }

    /// A share.
    public init(_ percent: Percent?) {
        self.init(percent?.value, .percent)
    }

    /// A size.
    public init(_ size: ByteCount?) {
        self.init((size?.bytes).map(Double.init), .bytes)
    }

    /// A time span.
    public init(_ duration: Duration?) {
        self.init(duration?.inSeconds, .seconds)
    }

    /// A number of things.
    public init(count: Int?) {
        self.init(count.map(Double.init), .count)
    }

    /// The digits, such as `412`; `n/a` when there is no number.
    public var number: String { parts(trimmed: false).number }

    /// The unit behind the digits, such as `ms`; empty when there is none.
    public var symbol: String { parts(trimmed: false).symbol }

    /// Digits and unit, such as `412 ms`.
    public var text: SafeText { join(parts(trimmed: false)) }

    /// Digits and unit for the end of an axis, without decimals that say nothing: `100 %`, `2.5 s`, `0`.
    public var axisLabel: SafeText {
        value == 0 ? "0" : join(parts(trimmed: true))
    }

    /// The digits in a role and the unit dim behind them.
    public func styled(_ role: Role = .text, _ attributes: Attributes = []) -> StyledText {
        let (number, symbol) = parts(trimmed: false)
        guard value != nil else { return StyledText("\(number)", .dim) }
        let digits = StyledText("\(number)", role, attributes)
        return symbol.isEmpty ? digits : digits + StyledText(" \(symbol)", .dim)
    }

    private func join(_ parts: (number: String, symbol: String)) -> SafeText {
        parts.symbol.isEmpty ? "\(parts.number)" : "\(parts.number) \(parts.symbol)"
    }

    private func parts(trimmed: Bool) -> (number: String, symbol: String) {
        guard let value else { return ("n/a", "") }
        if unit == .seconds, abs(value) >= 59.95 { return (Duration.seconds(value).age, "") }
        let (scaled, symbol) = unit.scale(value)
        let isWhole = symbol == "B" || symbol == "B/s" || (unit == .count && abs(value) < 999.5)
        let decimals = isWhole ? 0 : Quantity.decimals(scaled, unit)
        let digits = Decimals.fixed(scaled, decimals: decimals)
        return (trimmed ? Decimals.trimmed(digits) : digits, symbol)
    }

    /// As many decimals as keep three significant digits; small shares keep one, so that columns stay calm.
    private static func decimals(_ scaled: Double, _ unit: Unit) -> Int {
        let size = abs(scaled)
        if size >= 99.95 { return 0 }
        return size < 0.995 && size > 0 && unit != .percent ? 2 : 1
    }
}

extension Quantity.Unit {
    /// The number in the largest unit that leaves at least one before the point, and that unit's symbol.
    func scale(_ value: Double) -> (Double, String) {
        switch self {
        case .percent: (value, "%")
        case .plain: (value, "")
        case .celsius: (value, "°C")
        case .hertz: climb(value, by: 1000, ["Hz", "kHz", "MHz", "GHz", "THz"])
        case .bytes: climb(value, by: 1024, ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"])
        case .bytesPerSecond: climb(value, by: 1024, ["B/s", "KiB/s", "MiB/s", "GiB/s", "TiB/s", "PiB/s", "EiB/s"])
        case .seconds: seconds(value)
        case .perSecond: climb(value, by: 1000, ["/s", "k/s", "M/s", "G/s", "T/s"])
        case .count: climb(value, by: 1000, ["", "k", "M", "G", "T"])
        }
    }

    private func climb(_ value: Double, by base: Double, _ symbols: [String]) -> (Double, String) {
        var scaled = value
        var step = 0
        // A fourth digit climbs early: 1000 KiB reads worse than 0.98 MiB.
        while abs(scaled) >= 999.5, step + 1 < symbols.count {
            scaled /= base
            step += 1
        }
        return (scaled, symbols[step])
    }

    private func seconds(_ value: Double) -> (Double, String) {
        if abs(value) >= 0.9995 || value == 0 { return (value, "s") }
        if abs(value) >= 0.000_999_5 { return (value * 1000, "ms") }
        return (value * 1_000_000, "µs")
    }
}
