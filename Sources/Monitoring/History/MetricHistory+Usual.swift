public import DeskAPI
internal import Storage
public import Vocabulary

extension MetricHistory {
    /// The most hours that are told at once.
    private static let mostHours: Int64 = 24 * 92

    /// What a metric usually is in each hour of a span of time, where enough weeks before are known.
    ///
    /// - Throws: ``HistoryFailure``, ``StorageFailure``.
    public func usual(
        host: String, name: String, from: Timestamp, to: Timestamp, now: Timestamp
    ) async throws -> [UsualHour] {
        let hours = try await hours(host: host, names: [name], before: to, from: from, now: now)[name]
        let first = from.wholeSeconds - from.wholeSeconds % UsualHours.hour
        let last = min(to.wholeSeconds, first + MetricHistory.mostHours * UsualHours.hour)
        return stride(from: first, through: last, by: Int(UsualHours.hour)).compactMap { second in
            // The middle of the hour, far from the hours beside it.
            let middle = Timestamp(milliseconds: (second + UsualHours.hour / 2) * 1000)
            return hours?.baseline(at: middle).map {
                UsualHour(at: Timestamp(milliseconds: second * 1000), middle: $0.middle, spread: $0.spread)
            }
        }
    }

    /// What metrics usually are now, by name, as far as enough weeks before are known.
    ///
    /// - Throws: ``HistoryFailure``, ``StorageFailure``.
    public func usual(host: String, names: [String], at now: Timestamp) async throws -> [String: AlertBaseline] {
        guard !names.isEmpty else { return [:] }
        return try await hours(host: host, names: names, before: now, from: now, now: now)
            .compactMapValues { $0.baseline(at: now) }
    }

    private func hours(
        host: String, names: [String], before end: Timestamp, from: Timestamp, now: Timestamp
    ) async throws -> [String: UsualHours] {
        let start = from - .seconds(UsualHours.weeks * UsualHours.week + 2 * UsualHours.hour)
        let series = try await series(
            host: host, names: names, from: start, to: end, step: UsualHours.hour, now: now)
        return Dictionary(series.map { ($0.name, UsualHours($0)) }, uniquingKeysWith: { first, _ in first })
    }
}
