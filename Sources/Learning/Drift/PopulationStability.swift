internal import func Glibc.log

/// How far what is counted now lies from what was counted once: the population stability index, without what chance
/// alone gives.
///
/// The plain index, the sum of (p − q) ln(p / q) over all groups, cries wolf: with 77 labels and 200 texts chance alone
/// gives 0.4. Here rare groups are pooled until each is expected five times, and the index is lessened by
/// (groups − 1)(1/n + 1/m), which is what the index has on average when nothing changed (Yurdakul 2018).
public enum PopulationStability {
    /// Fewer texts than this, on either side, say nothing.
    public static let leastTexts = 100
    /// How often a group must be expected in what is counted now, and how often it must have been counted before.
    private static let least = (now: 5.0, before: 10.0)

    /// The index, 0 or more; usual readings are: stable below 0.1, to be watched from there, changed from 0.25.
    ///
    /// - Returns: `nil` with fewer than ``leastTexts`` on either side, or when the counts are not of the same things.
    public static func index(of now: [Int], against reference: [Int]) -> Double? {
        let (n, m) = (now.reduce(0, +), reference.reduce(0, +))
        guard n >= leastTexts, m >= leastTexts, now.count == reference.count else { return nil }
        let groups = pooled(reference, until: max(least.now * Double(m) / Double(n), least.before))
        // Half a text in each group: one that nobody asks for any more is no infinite change.
        let (whole, usual) = (Double(n) + 0.5 * Double(groups.count), Double(m) + 0.5 * Double(groups.count))
        let plain = groups.reduce(0.0) { sum, group in
            let share = (Double(group.reduce(0) { $0 + now[$1] }) + 0.5) / whole
            let expected = (Double(group.reduce(0) { $0 + reference[$1] }) + 0.5) / usual
            return sum + (share - expected) * log(share / expected)
        }
        return max(0, plain - Double(groups.count - 1) * (1 / Double(n) + 1 / Double(m)))
    }

    /// The places in groups, by the reference alone: those that are frequent enough alone, the others as they stand.
    ///
    /// The order must not come from the counts: sorted by how frequent they were, the first are those that chance made
    /// frequent, and a count of the same things would look like a change. What is left at the end stays a group of its
    /// own, however small, so that what was rare does not grow unseen.
    private static func pooled(_ reference: [Int], until least: Double) -> [[Int]] {
        var groups = reference.indices.filter { Double(reference[$0]) >= least }.map { [$0] }
        var group: [Int] = []
        var sum = 0
        for place in reference.indices where Double(reference[place]) < least {
            group.append(place)
            sum += reference[place]
            guard Double(sum) >= least else { continue }
            groups.append(group)
            (group, sum) = ([], 0)
        }
        return group.isEmpty ? groups : groups + [group]
    }
}
