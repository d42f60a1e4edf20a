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
    /// Degrees Celsius, by chip and sensor.
    var temperatures: Counters = [:]
    /// What people call a sensor, by chip and sensor.
    private var sensorNames: [String: String] = [:]
    /// Hertz, by processor.
    var clocks: Counters = [:]
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
        } else if name.hasPrefix("hwmon_") {
            takeSensor(sample, String(name.dropFirst(6)))
        } else if name == "cpu_scaling_frequency_hertz" {
            NodeReading.put(sample, of: "cpu", into: &clocks)
        } else if sample.labels.isEmpty {
            host[name] = sample.value
        }
    }

    private mutating func takeSensor(_ sample: ExpositionSample, _ name: String) {
        guard let chip = sample.labels["chip"], let sensor = sample.labels["sensor"] else { return }
        let place = "\(chip) \(sensor)"
        switch name {
        case "temp_celsius" where NodeReading.hasRoom(for: place, in: temperatures): temperatures[place] = sample.value
        case "sensor_label" where NodeReading.hasRoom(for: place, in: sensorNames):
            sensorNames[place] = sample.labels["label"].map { "\(chip) \($0)" }
        default: break
        }
    }

    /// What people call a thermometer, such as `platform_coretemp_0 Package id 0`.
    func title(ofThermometer place: String) -> String {
        guard let name = sensorNames[place], NodeReading.isName(name) else { return place }
        let isShared = sensorNames.contains { $0.key != place && $0.value == name }
        return isShared ? place : name
    }

    private static func hasRoom<Value>(for device: String, in devices: [String: Value]) -> Bool {
        isName(device) && (devices[device] != nil || devices.count < mostDevices)
    }

    /// A metric's name is at most 200 bytes long, and holds no control characters.
    private static func isName(_ device: String) -> Bool {
        (1...120).contains(device.utf8.count) && device.utf8.allSatisfy { $0 >= 32 && $0 != 127 }
    }

    private static func put(_ sample: ExpositionSample, of label: String, into devices: inout Counters) {
        guard let device = sample.labels[label], hasRoom(for: device, in: devices) else { return }
        devices[device] = sample.value
    }

    private static func put(
        _ sample: ExpositionSample, of label: String, as counter: String, into devices: inout [String: Counters]
    ) {
        guard let device = sample.labels[label], hasRoom(for: device, in: devices) else { return }
        devices[device, default: [:]][counter] = sample.value
    }
}
