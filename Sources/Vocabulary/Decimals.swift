/// Numbers as digits, without the locale and without Foundation.
public enum Decimals {
    /// The number with this many decimals, 0 to 6, rounded half away from zero; beyond 15 digits it is cut off.
    public static func fixed(_ value: Double, decimals: Int) -> String {
        let divisor = (0..<decimals).reduce(Int64(1)) { product, _ in product * 10 }
        let most = 1e15 / Double(max(1, divisor / 100))
        let limited = min(max(value.isNaN ? 0 : value, -most), most)
        let scaled = Int64((limited * Double(divisor)).rounded())
        guard decimals > 0 else { return String(scaled) }
        let fraction = String(scaled.magnitude % UInt64(divisor))
        let padding = String(repeating: "0", count: decimals - fraction.count)
        let sign = scaled < 0 ? "-" : ""
        return sign + String(scaled.magnitude / UInt64(divisor)) + "." + padding + fraction
    }

    /// A share of 0 to 1 as percent with one decimal, such as `91.5 %`.
    public static func percent(_ share: Double) -> String { fixed(share * 100, decimals: 1) + " %" }

    /// The digits without zeros at the end of the decimals.
    public static func trimmed(_ digits: String) -> String {
        guard digits.contains(".") else { return digits }
        var kept = Substring(digits)
        while kept.last == "0" { kept.removeLast() }
        if kept.last == "." { kept.removeLast() }
        return String(kept)
    }
}
