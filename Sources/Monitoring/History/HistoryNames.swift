internal import DeskAPI

/// The numbers that hosts, metrics and layouts have in the database.
struct HistoryNames: Equatable, Sendable {
    private(set) var hosts: [String: Int64] = [:]
    private(set) var metrics: [String: Int64] = [:]
    private(set) var units: [Int64: MetricUnit] = [:]
    private(set) var names: [Int64: String] = [:]
    /// The metrics of each layout.
    private(set) var layouts: [Int64: [Int64]] = [:]
    private var layoutNumbers: [[Int64]: Int64] = [:]

    /// Takes what the database, or this process, has numbered.
    mutating func learn(_ entry: HistoryEntry) {
        switch entry {
        case .host(let number, let name): hosts[name] = number
        case .metric(let number, let name, let unit):
            metrics[name] = number
            names[number] = name
            units[number] = unit
        case .layout(let number, let metrics):
            layouts[number] = metrics
            layoutNumbers[metrics] = number
        case .row, .processes: break
        }
    }

    /// The number of a host; a new one is told by an entry.
    mutating func number(ofHost name: String, _ entries: inout [HistoryEntry]) -> Int64 {
        if let number = hosts[name] { return number }
        let number = (hosts.values.max() ?? 0) + 1
        add(.host(number: number, name: name), &entries)
        return number
    }

    /// The numbers of metrics; a new one, or one with another unit than before, is told by an entry.
    mutating func numbers(of layout: MetricLayout, _ entries: inout [HistoryEntry]) -> [Int64] {
        zip(layout.names, layout.units).map { name, unit in
            if let number = metrics[name], units[number] == unit { return number }
            let number = metrics[name] ?? Int64(metrics.count) + 1
            add(.metric(number: number, name: name, unit: unit), &entries)
            return number
        }
    }

    /// The number of a layout; a new one is told by an entry.
    mutating func number(ofLayout metrics: [Int64], _ entries: inout [HistoryEntry]) -> Int64 {
        if let number = layoutNumbers[metrics] { return number }
        let number = (layouts.keys.max() ?? 0) + 1
        add(.layout(number: number, metrics: metrics), &entries)
        return number
    }

    /// The layout of a row in the form that everybody else knows; metrics that were lost have an empty name.
    func metricLayout(_ number: Int64) -> MetricLayout? {
        guard let metrics = layouts[number] else { return nil }
        return MetricLayout(names: metrics.map { names[$0] ?? "" }, units: metrics.map { units[$0] ?? .count })
    }

    private mutating func add(_ entry: HistoryEntry, _ entries: inout [HistoryEntry]) {
        learn(entry)
        entries.append(entry)
    }
}
