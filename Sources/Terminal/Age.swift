extension Duration {
    /// How long something has lasted, in its two largest units: `38s`, `1m12s`, `3h40m`, `2d04h`; negative shows as `0s`.
    ///
    /// The smaller unit has two digits, so that a column of ages keeps its width while the seconds pass.
    public var age: String {
        let seconds = max(0, components.seconds)
        return switch seconds {
        case ..<60: "\(seconds)s"
        case ..<3600: Duration.pair(seconds / 60, "m", seconds % 60, "s")
        case ..<86_400: Duration.pair(seconds / 3600, "h", seconds / 60 % 60, "m")
        default: Duration.pair(seconds / 86_400, "d", seconds / 3600 % 24, "h")
        }
    }

    /// The age without a smaller unit of zero: `5m`, `1h`, `2m30s`; for axes and settings.
    public var shortAge: String {
        let full = age
        guard full.hasSuffix("00s") || full.hasSuffix("00m") || full.hasSuffix("00h"), full.count > 3 else {
            return full
        }
        return String(full.dropLast(3))
    }

    private static func pair(_ large: Int64, _ largeUnit: String, _ small: Int64, _ smallUnit: String) -> String {
        "\(large)\(largeUnit)\(small < 10 ? "0" : "")\(small)\(smallUnit)"
    }
}
