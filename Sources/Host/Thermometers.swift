internal import Vocabulary

/// Finds and reads the thermometers under `/sys`: those of `hwmon`, or where there are none, the thermal zones.
///
/// Reading blocks as long as the chip does, so it belongs to a thread of its own. A device that sleeps is not read:
/// asking some graphics cards for their temperature wakes them.
struct Thermometers {
    private let chips: String
    private let zones: String

    /// Of the host whose `/sys` is under a root.
    init(root: String) {
        chips = root + "/sys/class/hwmon"
        zones = root + "/sys/class/thermal"
    }

    /// Whether there may be any.
    var exist: Bool { [chips, zones].contains { !Paths.entries($0).isEmpty } }

    /// Reads all, in an order that stays; no two have the same label.
    func read() -> [SensorReading.Thermometer] {
        let chips = Paths.entries(chips).sorted(by: Thermometers.isNumberedBefore).flatMap(readChip)
        let all =
            chips.isEmpty ? Paths.entries(zones).sorted(by: Thermometers.isNumberedBefore).compactMap(readZone) : chips
        return Thermometers.numbered(all)
    }

    private func readChip(_ entry: String) -> [SensorReading.Thermometer] {
        let folder = "\(chips)/\(entry)"
        let name = Paths.line("\(folder)/name") ?? entry
        let sleeps = Paths.line("\(folder)/device/power/runtime_status") == "suspended"
        let inputs = Paths.entries(folder).filter { $0.hasPrefix("temp") && $0.hasSuffix("_input") }
        return inputs.sorted(by: Thermometers.isNumberedBefore).map { input in
            let stem = "\(folder)/\(input.dropLast(6))"
            let place = Paths.line(stem + "_label") ?? String(input.dropLast(6))
            let isBroken = sleeps || Paths.line(stem + "_fault") == "1"
            return thermometer(
                "\(name) \(place)", isBroken ? nil : Paths.line("\(folder)/\(input)").flatMap { Int($0) })
        }
    }

    private func readZone(_ entry: String) -> SensorReading.Thermometer? {
        guard entry.hasPrefix("thermal_zone") else { return nil }
        let folder = "\(zones)/\(entry)"
        return thermometer(
            Paths.line("\(folder)/type") ?? entry, Paths.line("\(folder)/temp").flatMap { Int($0) })
    }

    private func thermometer(_ label: String, _ thousandths: Int?) -> SensorReading.Thermometer {
        SensorReading.Thermometer(
            label: SafeText(untrusted: label, limit: 64).oneLine.text,
            celsius: SensorReading.celsius(thousandths: thousandths))
    }

    /// `temp2_input` comes before `temp10_input`.
    private static func isNumberedBefore(_ left: String, _ right: String) -> Bool {
        (left.utf8.count, left) < (right.utf8.count, right)
    }

    /// Two disks of one kind have thermometers of one name: the later ones get a number.
    static func numbered(_ all: [SensorReading.Thermometer]) -> [SensorReading.Thermometer] {
        var taken: Set<String> = []
        return all.map { thermometer in
            var named = thermometer
            var number = 2
            while !taken.insert(named.label).inserted {
                named.label = "\(thermometer.label) \(number)"
                number += 1
            }
            return named
        }
    }
}
