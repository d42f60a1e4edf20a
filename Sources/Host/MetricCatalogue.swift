/// Every metric a sampler can report; devices are written as `*`.
public enum MetricCatalogue {
    /// The metrics of the whole host and of each kind of device, in the order of a sample.
    public static let all: [MetricDescription] =
        HostMetrics.all.map { MetricDescription(name: $0.name, unit: $0.unit, title: $0.title) }
        + describe(DeviceMetrics.cores, family: "cpu.core", device: "*", title: "Core *")
        + describe(DeviceMetrics.disks, family: "disk", device: "*", title: "*")
        + describe(DeviceMetrics.interfaces, family: "net", device: "*", title: "*")
        + describe(DeviceMetrics.fileSystems, family: "fs", device: "*", title: "*")
        + describe(DeviceMetrics.sensors, family: "sensor", device: "*", title: "*")

    static func describe<Reading>(
        _ metrics: [Metric<Reading>], family: String, device: String, title: String
    ) -> [MetricDescription] {
        metrics.map {
            let name = $0.name.isEmpty ? "\(family).\(device)" : "\(family).\(device).\($0.name)"
            return MetricDescription(name: name, unit: $0.unit, title: "\(title) \($0.title)")
        }
    }
}
