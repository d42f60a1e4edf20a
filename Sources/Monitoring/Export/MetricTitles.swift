internal import Host

/// What the metrics are called by people, by their names; devices are written as `*`.
enum MetricTitles {
    /// Everything that a host's sampler and the desk itself report.
    static let shipped: [String: String] = Dictionary(
        MetricCatalogue.all.map { ($0.name, title($0.title)) } + DeskMetric.allCases.map { ($0.rawValue, $0.title) }
            + [
                ("service.*.up", "Whether the service answers"), ("service.*.latency", "Time of the service's answer"),
                ("service.*.certificate", "Time until the service's certificate ends"),
                (NodeTrack.upMetric, "Whether the exporter answers"),
            ],
        uniquingKeysWith: { first, _ in first })

    /// A device's title without the place of its name.
    private static func title(_ title: String) -> String {
        title.hasPrefix("* ") ? String(title.dropFirst(2)) : title
    }
}
