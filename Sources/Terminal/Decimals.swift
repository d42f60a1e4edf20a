/// Numbers as digits, without the locale and without Foundation.
enum Decimals {
    /// The number with this many decimals, rounded half away from zero; beyond 15 digits it is cut off.
    static func fixed(_ value: Double, decimals: Int) -> String {
        let scale = decimals == 0 ? 1.0 : decimals == 1 ? 10.0 : 100.0
        let limited = min(max(value, -1e15), 1e15)
        let scaled = Int64((limited * scale).rounded())
        guard decimals > 0 else { return String(scaled) }
        let divisor = Int64(scale)
        let fraction = String(scaled.magnitude % UInt64(divisor))
        let padding = String(repeating: "0", count: decimals - fraction.count)
        let sign = scaled < 0 ? "-" : ""
        return sign + String(scaled.magnitude / UInt64(divisor)) + "." + padding + fraction
    }

    /// The digits without zeros at the end of the decimals.
    static func trimmed(_ digits: String) -> String {
        guard digits.contains(".") else { return digits }
        var kept = Substring(digits)
        while kept.last == "0" { kept.removeLast() }
        if kept.last == "." { kept.removeLast() }
        return String(kept)
    }
}
