internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// A part of the system sheet: a frame of known height and what stands in it.
struct SystemSection {
    let title: SafeText
    var state: StyledText = ""
    /// The rows inside of the frame.
    let rows: Int
    let draw: (Rect, inout Frame) -> Void
}

/// Everything that is measured on a host, laid out for a width; it may be taller than the screen.
struct SystemSheet {
    private let columns: Int
    private let sides: [[SystemSection]]

    init(_ state: SystemPane.State, _ scene: Scene, columns: Int) {
        self.columns = columns
        let name = state.host ?? scene.facts.mainHost
        guard let name, let sample = scene.facts.hosts[name]?.newest else {
            sides = []
            return
        }
        let reading = SystemReading(sample: sample, scene: scene)
        let isWide = columns >= 120
        let width = (isWide ? (columns - 1) / 2 : columns) - 4
        let processors = ProcessorSections(reading: reading, columns: width)
        let memory = MemorySections(reading: reading)
        let devices = DeviceSections(reading: reading)
        let left = [processors.total, processors.cores, memory.memory, memory.kernel]
        let right = [devices.disks, devices.fileSystems, devices.network] + [devices.sensors].compactMap(\.self)
        sides = isWide ? [left, right] : [left + right]
    }

    /// The height of the whole sheet.
    var rows: Int { sides.map { $0.reduce(0) { $0 + $1.rows + 2 } }.max() ?? 0 }

    /// The whole sheet as a frame of its own.
    func drawn() -> Frame {
        var frame = Frame(Size(columns: columns, rows: rows))
        let places = frame.bounds.columns(weights: sides.map { _ in 1 }, gap: sides.count > 1 ? 1 : 0)
        for (sections, place) in zip(sides, places) {
            var rest = place
            for section in sections {
                let inside = Tile(section.title, state: section.state).draw(in: rest.top(section.rows + 2), on: &frame)
                section.draw(inside.inset(columns: 1), &frame)
                rest = rest.droppingTop(section.rows + 2)
            }
        }
        return frame
    }
}

/// A sample as the sheet reads it: values by name, devices by family.
struct SystemReading {
    let sample: HostSnapshot
    let scene: Scene

    subscript(_ metric: String) -> Double? { sample[metric] }

    func quantity(_ metric: String, _ unit: Quantity.Unit) -> Quantity { Quantity(sample[metric], unit) }

    /// The devices of a family by name: what lies between `family.` and the last part of a metric's name.
    func devices(_ family: String, with metric: String) -> [String] {
        let start = family + "."
        let end = "." + metric
        return sample.layout.names.filter {
            $0.hasPrefix(start) && $0.hasSuffix(end) && $0.count > start.count + end.count
        }
        .map { String($0.dropFirst(start.count).dropLast(end.count)) }
    }

    /// The numbers of the cores.
    var cores: [Int] {
        sample.layout.names.filter { $0.hasPrefix("cpu.core.") }.compactMap { Int($0.dropFirst(9)) }.sorted()
    }
}
