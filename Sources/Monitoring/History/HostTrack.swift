internal import DeskAPI

/// What follows one host: its layout, and the steps of all tiers that are under way.
struct HostTrack: Sendable {
    private(set) var metrics: [Int64] = []
    private(set) var layoutNumber: Int64 = 0
    private var layout: MetricLayout?
    private var rollUps = HistoryTier.rolled.map(RollUp.init(tier:))
    private var overdue: [(tier: HistoryTier, step: RollUp.Closed)] = []

    /// Takes over the layout of a sample; new names and numbers are told by entries.
    mutating func adopt(_ new: MetricLayout, _ names: inout HistoryNames, _ entries: inout [HistoryEntry]) {
        guard layout !== new else { return }
        layout = new
        metrics = names.numbers(of: new, &entries)
        layoutNumber = names.number(ofLayout: metrics, &entries)
    }

    /// Takes the values of a sample into the steps.
    ///
    /// - Parameter ends: for each tier the second up to which its rows are complete; older samples are in them already.
    mutating func take(
        _ values: [Double], of metrics: [Int64], at second: Int64, ends: [HistoryTier: Int64] = [:]
    ) {
        for index in rollUps.indices {
            let tier = rollUps[index].tier
            guard second >= ends[tier] ?? 0 else { continue }
            if let step = rollUps[index].take(values, of: metrics, at: second) { overdue.append((tier, step)) }
        }
    }

    /// The rows of the steps that are over.
    func closed(of host: Int64, _ names: inout HistoryNames) -> [HistoryEntry] {
        var entries: [HistoryEntry] = []
        for (tier, step) in overdue {
            let layout = names.number(ofLayout: step.metrics, &entries)
            let row = HistoryRow(
                key: HistoryKey(host: host, second: step.slot), layout: layout, samples: step.samples,
                data: PackedValues.pack(step.cells))
            entries.append(.row(tier, row))
        }
        return entries
    }

    /// Forgets the steps that ``closed(of:_:)`` has given.
    mutating func forgetClosed() {
        overdue.removeAll(keepingCapacity: true)
    }
}
