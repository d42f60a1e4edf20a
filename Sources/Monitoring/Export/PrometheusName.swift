internal import DeskAPI

/// What one of our metrics is called in Prometheus: a family in base units, and the device as a label.
///
/// `disk.sda.read` is `watchdesk_disk_read_bytes_per_second{device="sda"}`; `disk.read`, the sum over the disks, is
/// `watchdesk_disk_all_read_bytes_per_second`, so that a sum over devices does not count it a second time.
struct PrometheusName: Equatable {
    /// The family's name.
    let family: String
    /// What stands in `device=`; `nil` for what is measured of the whole host.
    let device: String?
    /// Our name with `*` for the device.
    let pattern: String
    /// What a value is multiplied by to be in the base unit.
    let scale: Double

    /// Kinds of devices: what stands between the first and the last word of their metrics' names is the device.
    private static let kinds: Set<Substring> = ["disk", "net", "fs", "service", "sensor"]

    init(_ name: String, unit: MetricUnit) {
        let (words, device, pattern) = PrometheusName.parts(of: name)
        let (suffix, scale) = PrometheusName.unit(unit)
        var stem = "watchdesk"
        for word in words { stem += "_" + PrometheusName.cleaned(word) }
        // `memory.used_percent` counts a ratio, not a percentage.
        if unit == .percent, stem.hasSuffix("_percent") { stem.removeLast(8) }
        family = stem + suffix
        self.device = device
        self.pattern = pattern
        self.scale = scale
    }

    private static func parts(of name: String) -> (words: [Substring], device: String?, pattern: String) {
        if name.hasPrefix("cpu.core."), name.utf8.count > 9 {
            return (["cpu", "core", "busy"], String(name.dropFirst(9)), "cpu.core.*")
        }
        let words = name.split(separator: ".", omittingEmptySubsequences: false)
        guard let first = words.first, let last = words.last, words.count > 1, kinds.contains(first) else {
            return (words, nil, name)
        }
        guard words.count > 2 else { return ([first, "all", last], nil, name) }
        return ([first, last], words[1..<(words.count - 1)].joined(separator: "."), "\(first).*.\(last)")
    }

    private static func unit(_ unit: MetricUnit) -> (suffix: String, scale: Double) {
        switch unit {
        case .percent: ("_ratio", 0.01)
        case .bytes: ("_bytes", 1)
        case .bytesPerSecond: ("_bytes_per_second", 1)
        case .perSecond: ("_per_second", 1)
        case .count: ("", 1)
        case .seconds: ("_seconds", 1)
        case .milliseconds: ("_seconds", 0.001)
        case .celsius: ("_celsius", 1)
        case .hertz: ("_hertz", 1)
        }
    }

    /// A part of a family's name: letters, digits and `_` only.
    private static func cleaned(_ word: Substring) -> String {
        String(decoding: word.utf8.map { isPlain($0) ? $0 : UInt8(ascii: "_") }, as: UTF8.self)
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        (97...122).contains(byte) || (65...90).contains(byte) || (48...57).contains(byte) || byte == 95
    }
}
