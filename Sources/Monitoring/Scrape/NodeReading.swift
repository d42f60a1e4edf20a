/// What a node_exporter says of its host at one moment: counters as they stand, and what needs no second reading.
struct NodeReading: Equatable {
    /// Counters of one device, by what they count.
    typealias Counters = [String: Double]

    /// Seconds in each mode, by processor.
    var processors: [String: Counters] = [:]
    var disks: [String: Counters] = [:]
    var interfaces: [String: Counters] = [:]
    /// Bytes and inodes, by mount point.
    var fileSystems: [String: Counters] = [:]
    /// Everything of the host as a whole, by the exporter's name.
    var host: Counters = [:]

    /// Devices of each kind that are followed.
    private static let mostDevices = 256
    /// What is no file system of its own, and what is always full.
    private static let hiddenTypes: Set<String> = [
        "tmpfs", "devtmpfs", "ramfs", "overlay", "squashfs", "proc", "sysfs", "autofs", "nsfs", "fuse.lxcfs", "iso9660",
    ]

    /// Whether the page told nothing of a host.
    var isEmpty: Bool {
        host.isEmpty && processors.isEmpty && disks.isEmpty && interfaces.isEmpty && fileSystems.isEmpty
    }

    init(_ samples: [ExpositionSample]) {
        for sample in samples where sample.value.isFinite && sample.name.hasPrefix("node_") { take(sample) }
    }

    private mutating func take(_ sample: ExpositionSample) {
        let name = String(sample.name.dropFirst(5))
        if name == "cpu_seconds_total" {
            guard let mode = sample.labels["mode"] else { return }
            NodeReading.put(sample, of: "cpu", as: mode, into: &processors)
        } else if name.hasPrefix("disk_") {
            NodeReading.put(sample, of: "device", as: String(name.dropFirst(5)), into: &disks)
        } else if name.hasPrefix("network_") {
            guard sample.labels["device"] != "lo" else { return }
            NodeReading.put(sample, of: "device", as: String(name.dropFirst(8)), into: &interfaces)
        } else if name.hasPrefix("filesystem_") {
            guard !NodeReading.hiddenTypes.contains(sample.labels["fstype"] ?? "") else { return }
            NodeReading.put(sample, of: "mountpoint", as: String(name.dropFirst(11)), into: &fileSystems)
        } else if sample.labels.isEmpty {
            host[name] = sample.value
        }
    }

    private static func put(
        _ sample: ExpositionSample, of label: String, as counter: String, into devices: inout [String: Counters]
    ) {
        // A metric's name is at most 200 bytes long, and holds no control characters.
        guard let device = sample.labels[label], (1...120).contains(device.utf8.count),
            device.utf8.allSatisfy({ $0 >= 32 && $0 != 127 }),
            devices[device] != nil || devices.count < mostDevices
        else { return }
        devices[device, default: [:]][counter] = sample.value
    }
}
