public import DeskAPI
internal import NIOConcurrencyHelpers
public import Vocabulary

/// Everything that is measured, in Prometheus' text format 0.0.4.
///
/// Families are in the order of their names, and within one the hosts and then their metrics in the order of the
/// samples, so that two readings differ in values only. A value that is not known is left out, and so is a host whose
/// newest sample is older than ``staleAfter``; `watchdesk_host_sampled_timestamp_seconds` tells of every host.
public final class PrometheusText: Sendable {
    /// From this age on a sample says nothing about now.
    public static let staleAfter = Duration.seconds(60)
    /// `Content-Type` of the text.
    public static let mediaType = "text/plain; version=0.0.4; charset=utf-8"

    /// What the values of a layout are called; made once for a host's devices.
    private struct Columns {
        let layout: MetricLayout
        let names: [PrometheusName]
    }

    fileprivate struct Family {
        var pattern = ""
        var lines: [UInt8] = []
        var series: Set<String> = []
    }

    private let columns = NIOLockedValueBox<[String: Columns]>([:])

    /// An exporter that has seen no host yet.
    public init() {}

    /// The text for the newest samples.
    public func write(_ snapshots: [HostSnapshot], at now: Timestamp) -> [UInt8] {
        var families: [String: Family] = [:]
        for snapshot in snapshots {
            let host = PrometheusText.escaped(snapshot.host)
            families["watchdesk_host_sampled_timestamp_seconds", default: Family()].add(
                host, nil, snapshot.at.seconds)
            guard now - snapshot.at < PrometheusText.staleAfter else { continue }
            for (name, value) in zip(names(of: snapshot), snapshot.values) where value.isFinite {
                families[name.family, default: Family(pattern: name.pattern)].add(host, name.device, value * name.scale)
            }
        }
        var text: [UInt8] = []
        text.reserveCapacity(families.values.reduce(0) { $0 + $1.lines.count + 200 })
        for (name, family) in families.sorted(by: { $0.key < $1.key }) {
            text += "# HELP \(name) \(PrometheusText.meaning(of: name, family.pattern))\n# TYPE \(name) gauge\n".utf8
            PrometheusText.append(family.lines, named: name, to: &text)
        }
        return text
    }

    private func names(of snapshot: HostSnapshot) -> [PrometheusName] {
        columns.withLockedValue { columns in
            if let kept = columns[snapshot.host], kept.layout === snapshot.layout { return kept.names }
            let names = zip(snapshot.layout.names, snapshot.layout.units).map { PrometheusName($0, unit: $1) }
            columns[snapshot.host] = Columns(layout: snapshot.layout, names: names)
            return names
        }
    }

    /// Puts the family's name in front of each line.
    private static func append(_ lines: [UInt8], named name: String, to text: inout [UInt8]) {
        for line in lines.split(separator: UInt8(ascii: "\n")) {
            text += name.utf8
            text += line
            text.append(UInt8(ascii: "\n"))
        }
    }

    private static func meaning(of family: String, _ pattern: String) -> String {
        guard !pattern.isEmpty else { return "When the host was last sampled, since 1970." }
        let title = MetricTitles.shipped[pattern].map { "\($0); " } ?? ""
        return escaped("\(title)\(pattern) in Watchdesk.")
    }

    /// A label's value or a description: a backslash, a quotation mark and the ends of lines are escaped.
    ///
    /// By bytes, because a line feed behind a carriage return is no character of its own.
    fileprivate static func escaped(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == 92 || $0 == 34 || $0 == 10 || $0 == 13 }) else { return text }
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\\"): bytes += #"\\"#.utf8
            case UInt8(ascii: "\""): bytes += #"\""#.utf8
            case UInt8(ascii: "\n"): bytes += #"\n"#.utf8
            // The format knows no carriage return, so it is shown as what it looks like in a source.
            case UInt8(ascii: "\r"): bytes += #"\\r"#.utf8
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension PrometheusText.Family {
    /// Adds a line without the family's name; of two with the same labels the first counts.
    fileprivate mutating func add(_ host: String, _ device: String?, _ value: Double) {
        let labels =
            device.map { "{host=\"\(host)\",device=\"\(PrometheusText.escaped($0))\"} " } ?? "{host=\"\(host)\"} "
        guard series.insert(labels).inserted else { return }
        lines += labels.utf8
        lines += value.description.utf8
        lines.append(UInt8(ascii: "\n"))
    }
}
