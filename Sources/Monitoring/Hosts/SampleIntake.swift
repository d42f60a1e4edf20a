public import DeskAPI
public import Vocabulary

/// Checks what a host sends of itself before any of it counts.
public enum SampleIntake {
    /// How far a host's clock may be ahead of the gateway's.
    public static let mostAhead = Duration.seconds(300)
    /// How old a sample may be: as long as minutes are kept by default.
    public static let mostBehind = Duration.seconds(31 * 86_400)
    /// How many hosts are watched.
    public static let mostHosts = 1000

    /// The snapshots of a batch in its order.
    ///
    /// - Parameters:
    ///   - batch: What the host sent.
    ///   - layout: The layout of the host's newest sample, to be shared when it is the same.
    ///   - now: The gateway's clock.
    /// - Throws: ``Problem`` that names the field and what would be accepted; then none of the batch counts.
    public static func snapshots(
        of batch: SendSamples, sharing layout: MetricLayout?, at now: Timestamp
    ) throws(Problem) -> [HostSnapshot] {
        guard isHostName(batch.host) else {
            throw Problem(
                .invalidField, "host must be 1 to 253 letters, digits, dots, hyphens and underscores; give --name")
        }
        let layout = try checkedLayout(of: batch, sharing: layout)
        var snapshots: [HostSnapshot] = []
        snapshots.reserveCapacity(batch.rows.count)
        for (index, row) in batch.rows.enumerated() {
            try check(row, at: index, layout, now)
            snapshots.append(
                HostSnapshot(host: batch.host, at: row.at, layout: layout, values: row.values.map { $0 ?? .nan }))
        }
        return snapshots
    }

    private static func check(
        _ row: SampleRow, at index: Int, _ layout: MetricLayout, _ now: Timestamp
    ) throws(Problem) {
        guard row.values.count == layout.names.count else {
            throw Problem(
                .invalidField,
                "rows/\(index)/values must have \(layout.names.count) values, one for each name, not \(row.values.count)"
            )
        }
        guard row.at - now <= mostAhead else {
            throw Problem(
                .invalidField,
                "rows/\(index)/at is \((row.at - now).components.seconds) s ahead of the gateway's clock, at most "
                    + "\(mostAhead.components.seconds) s are accepted; set the clock of the host")
        }
        guard now - row.at <= mostBehind else {
            throw Problem(
                .invalidField,
                "rows/\(index)/at is older than the \(mostBehind.components.seconds / 86_400) days that are accepted; "
                    + "set the clock of the host")
        }
    }

    private static func checkedLayout(
        of batch: SendSamples, sharing known: MetricLayout?
    ) throws(Problem) -> MetricLayout {
        if let known, known.names == batch.names, known.units == batch.units { return known }
        guard batch.names.count == batch.units.count else {
            throw Problem(.invalidField, "units must have one unit for each of the \(batch.names.count) names")
        }
        guard Set(batch.names).count == batch.names.count else {
            throw Problem(.invalidField, "names must differ from one another")
        }
        if let index = batch.names.firstIndex(where: { !isMetricName($0) }) {
            throw Problem(.invalidField, "names/\(index) must be 1 to 200 bytes without control characters")
        }
        return MetricLayout(names: batch.names, units: batch.units)
    }

    private static func isHostName(_ name: String) -> Bool {
        (1...253).contains(name.utf8.count)
            && name.utf8.allSatisfy {
                (97...122).contains($0) || (65...90).contains($0) || (48...57).contains($0) || $0 == 45 || $0 == 46
                    || $0 == 95
            }
    }

    private static func isMetricName(_ name: String) -> Bool {
        (1...200).contains(name.utf8.count) && name.utf8.allSatisfy { $0 >= 32 && $0 != 127 }
    }
}
