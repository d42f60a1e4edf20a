public import Vocabulary

/// Everything measured on one host at one moment.
public struct HostSample: Sendable {
    /// The wall time of the sample; for people and for storage.
    public let at: Timestamp
    /// Where it is from.
    public let host: HostIdentity
    /// What the values are; the same object as in the sample before, unless a device came or went.
    public let layout: SampleLayout
    /// One number for each metric of the layout, NaN for "not known now".
    public let values: [Double]
    /// Whether time was lost since the sample before: the machine slept or the program was stopped.
    public let isAfterGap: Bool

    /// A sample of these values.
    ///
    /// - Precondition: `values` has as many numbers as `layout` has metrics.
    public init(at: Timestamp, host: HostIdentity, layout: SampleLayout, values: [Double], isAfterGap: Bool = false) {
        precondition(values.count == layout.metrics.count, "a sample has one value for each metric")
        self.at = at
        self.host = host
        self.layout = layout
        self.values = values
        self.isAfterGap = isAfterGap
    }

    /// The value of a metric; `nil` when it is not known now or not measured here.
    public subscript(name: String) -> Double? {
        guard let position = layout.position(of: name), !values[position].isNaN else { return nil }
        return values[position]
    }
}
