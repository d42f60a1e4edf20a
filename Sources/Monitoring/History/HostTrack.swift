internal import DeskAPI

/// What follows one host: its layout, and the steps of all tiers that are under way.
struct HostTrack: Sendable {
    private(set) var metrics: [Int64] = []
    private(set) var layoutNumber: Int64 = 0
    private var layout: MetricLayout?
    private var rollUps = HistoryTier.rolled.map(RollUp.init(tier:))
    /// The second of the sample that came last, and from when on its clock is believed.
    private var last: (second: Int64, steadyFrom: Int64)?
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
        follow(second)
        for index in rollUps.indices {
            let tier = rollUps[index].tier
            guard second >= ends[tier] ?? 0 else { continue }
            if let step = rollUps[index].take(values, of: metrics, at: second) { overdue.append((tier, step)) }
        }
    }

    /// A jump ahead of an hour is an outage, or a clock that is wrong for a while; ten minutes tell which.
    private static let jump: Int64 = 3600
    private static let trial: Int64 = 600

    /// Whether what is older than a row of this second may be forgotten: not by a clock that is not believed yet.
    func mayTrim(after second: Int64) -> Bool {
        guard let last else { return false }
        return second <= last.second && second >= last.steadyFrom
    }

    private mutating func follow(_ second: Int64) {
        guard let last else {
            last = (second, second)
            return
        }
        let isJump = second - last.second > HostTrack.jump
        let isBack = second < last.second
        self.last = (second, isJump ? second + HostTrack.trial : isBack ? second : last.steadyFrom)
    }

    /// The rows of the steps that are over.
    func closed(of host: Int64, _ names: inout HistoryNames) -> [HistoryEntry] {
        var entries: [HistoryEntry] = []
        for (tier, step) in overdue {
            let layout = names.number(ofLayout: step.metrics, &entries)
            let row = HistoryRow(
                key: HistoryKey(host: host, second: step.slot), layout: layout, samples: step.samples,
                data: PackedSteps.pack(step.cells))
            entries.append(.row(tier, row))
        }
        return entries
    }

    /// Forgets the steps that ``closed(of:_:)`` has given.
    mutating func forgetClosed() {
        overdue.removeAll(keepingCapacity: true)
    }
}
