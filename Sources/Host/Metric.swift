/// One thing that is measured, as a value: what it is, and how it is taken from a reading.
struct Metric<Reading>: Sendable {
    /// The whole name, or for a device what comes after the device's name.
    let name: String
    let unit: SampleUnit
    let title: String
    let read: @Sendable (Reading) -> Double?

    init(_ name: String, _ unit: SampleUnit, _ title: String, read: @escaping @Sendable (Reading) -> Double?) {
        self.name = name
        self.unit = unit
        self.title = title
        self.read = read
    }
}
