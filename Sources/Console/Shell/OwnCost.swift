/// What the console itself takes from the machine it runs on.
public struct OwnCost: Equatable, Sendable {
    /// Processor time over the last seconds, in percent of one core.
    public var cpuPercent: Double
    /// Memory that is resident, in bytes.
    public var residentBytes: UInt64

    /// A cost as the run loop measured it.
    public init(cpuPercent: Double, residentBytes: UInt64) {
        self.cpuPercent = cpuPercent
        self.residentBytes = residentBytes
    }
}
