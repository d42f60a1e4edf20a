public import Vocabulary

/// The names and units of a host's metrics; shared by all samples of the same set of devices.
public final class MetricLayout: Equatable, Sendable {
    /// The metrics' names in the order of the values.
    public let names: [String]
    /// What each counts.
    public let units: [MetricUnit]
    private let places: [String: Int]

    /// A layout; names and units have the same length.
    public init(names: [String], units: [MetricUnit]) {
        precondition(names.count == units.count, "every metric has a unit")
        self.names = names
        self.units = units
        places = Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first })
    }

    /// The place of a metric's value, or `nil` when this host has none of that name.
    public func place(of name: String) -> Int? { places[name] }

    /// What a metric counts, or `nil` when this host has none of that name.
    public func unit(of name: String) -> MetricUnit? { places[name].map { units[$0] } }

    /// Layouts are equal when their names and units are.
    public static func == (left: MetricLayout, right: MetricLayout) -> Bool {
        left === right || (left.names == right.names && left.units == right.units)
    }
}

/// Every metric of a host at one moment; cheap to pass along each second.
public struct HostSnapshot: Equatable, Sendable {
    /// The host's name.
    public let host: String
    /// When it was taken.
    public let at: Timestamp
    /// What the values are.
    public let layout: MetricLayout
    /// The values in the layout's order; not a number where a source is missing.
    public let values: [Double]

    /// A snapshot; values and layout have the same length.
    public init(host: String, at: Timestamp, layout: MetricLayout, values: [Double]) {
        precondition(values.count == layout.names.count, "every metric has a value")
        self.host = host
        self.at = at
        self.layout = layout
        self.values = values
    }

    /// The value of a metric, or `nil` when the host has none of that name or its source is missing.
    public subscript(_ name: String) -> Double? {
        guard let place = layout.place(of: name) else { return nil }
        let value = values[place]
        return value.isNaN ? nil : value
    }

    /// Snapshots are equal when every value is the same, missing ones included.
    public static func == (left: HostSnapshot, right: HostSnapshot) -> Bool {
        left.host == right.host && left.at == right.at && left.layout == right.layout
            && left.values.elementsEqual(right.values) { $0 == $1 || ($0.isNaN && $1.isNaN) }
    }

    /// The same as a record for the wire.
    public var record: Host {
        var host = Host()
        host.name = self.host
        host.sampledAt = at
        host.metrics = layout.names.indices.map { place in
            MetricValue(
                name: layout.names[place], unit: layout.units[place],
                value: values[place].isNaN ? nil : values[place])
        }
        return host
    }
}

extension Host {
    /// The record as a snapshot, keeping `layout` when it still fits; `nil` before the first sample.
    public func snapshot(reusing layout: MetricLayout?) -> HostSnapshot? {
        guard let sampledAt else { return nil }
        let fits = layout.map { $0.names.count == metrics.count && zip($0.names, metrics).allSatisfy { $0 == $1.name } }
        let kept = fits == true ? layout : nil
        return HostSnapshot(
            host: name, at: sampledAt,
            layout: kept ?? MetricLayout(names: metrics.map(\.name), units: metrics.map(\.unit)),
            values: metrics.map { $0.value ?? .nan })
    }
}
