public import DeskAPI
internal import Vocabulary
internal import YAML

extension MetricUnit {
    /// A value in this unit for people, such as `97.2 %`, `3.4 GiB` or `2m5s`; at most one decimal, two of counts below 1.
    public func text(_ value: Double) -> String {
        switch self {
        case .percent: "\(Self.rounded(value)) %"
        case .bytes: Self.scaled(value, by: 1024, ["B", "KiB", "MiB", "GiB", "TiB", "PiB"])
        case .bytesPerSecond: Self.scaled(value, by: 1024, ["B", "KiB", "MiB", "GiB", "TiB", "PiB"]) + "/s"
        case .perSecond: "\(Self.rounded(value))/s"
        // An index of 0.25 is none of 0.3.
        case .count where abs(value) >= 0.01 && abs(value) < 1:
            Decimals.trimmed(Decimals.fixed(value, decimals: 2))
        case .count: Self.rounded(value)
        case .seconds where value >= 60 && value < 1e9: Duration.seconds(Int64(value)).shorthand
        case .seconds: "\(Self.rounded(value)) s"
        case .milliseconds: "\(Self.rounded(value)) ms"
        case .celsius: "\(Self.rounded(value)) °C"
        case .hertz: Self.scaled(value, by: 1000, ["Hz", "kHz", "MHz", "GHz", "THz"])
        }
    }

    private static func scaled(_ value: Double, by step: Double, _ names: [String]) -> String {
        var rest = value
        var place = 0
        while abs(rest) >= step, place + 1 < names.count {
            rest /= step
            place += 1
        }
        return "\(rounded(rest)) \(names[place])"
    }

    /// One decimal below 100, none above; `0.1` for less than that but not nothing.
    private static func rounded(_ value: Double) -> String {
        guard value.isFinite, abs(value) < 1e15 else { return value.isNaN ? "n/a" : "\(value)" }
        guard abs(value) < 100 else { return String(Int64(value.rounded())) }
        let tenths = Int64((value * 10).rounded())
        let shown = tenths == 0 && value != 0 ? (value < 0 ? -1 : 1) : tenths
        let sign = shown < 0 ? "-" : ""
        let whole = shown.magnitude / 10
        return shown % 10 == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(shown.magnitude % 10)"
    }
}
