internal import Vocabulary

/// What is remembered of earlier values, as far as a rule's measure needs it.
enum AlertMemory: Sendable {
    /// The newest value is all that counts.
    case nothing
    /// The course of the last minutes.
    case trend(ValueTrend)
    /// What failed and what was tried.
    case budget(BudgetWindow)
    /// When there was a value.
    case presence(Monotonic?)

    init(for measure: AlertMeasure) {
        self =
            switch measure {
            case .value: .nothing
            case .rate(let span), .timeLeft(let span), .anomaly(_, let span): .trend(ValueTrend(over: span))
            case .burn(_, let span, _): .budget(BudgetWindow(over: span))
            case .absence: .presence(nil)
            }
    }

    /// Takes what stands in a snapshot and tells what is judged; `nil` when that is not known.
    ///
    /// - Parameters:
    ///   - value: The metric's value; not finite when there is none.
    ///   - total: What it is a part of, for rules that divide; `nil` for others.
    mutating func judge(
        _ value: Double, of total: Double?, as measure: AlertMeasure, usual: AlertBaseline?, at monotonic: Monotonic
    ) -> Double? {
        switch self {
        case .budget(var window):
            window.take(value, of: total ?? .nan, at: monotonic)
            self = .budget(window)
            return window.burn(as: measure)
        case .presence(let last):
            if value.isFinite { self = .presence(monotonic) }
            return value.isFinite ? 0 : last.map { (monotonic - $0).inSeconds }
        case .nothing, .trend: return course(AlertMemory.ratio(value, of: total), as: measure, usual, at: monotonic)
        }
    }

    /// How long nothing was seen, while the host is silent as a whole; `nil` for rules that do not ask.
    func absence(at monotonic: Monotonic) -> Double? {
        guard case .presence(let last?) = self else { return nil }
        return (monotonic - last).inSeconds
    }

    private mutating func course(
        _ newest: Double?, as measure: AlertMeasure, _ usual: AlertBaseline?, at monotonic: Monotonic
    ) -> Double? {
        guard let newest else { return nil }
        guard case .trend(var trend) = self else { return newest }
        trend.take(newest, at: monotonic)
        self = .trend(trend)
        return measure.judged(newest, trend, usual: usual)
    }

    static func ratio(_ value: Double, of total: Double?) -> Double? {
        guard let total else { return value.isFinite ? value : nil }
        let ratio = value / total
        return ratio.isFinite ? ratio : nil
    }
}
