/// The change of a counter per second; `nil` when it ran backwards, because then nobody knows what passed.
func rate(_ before: UInt64, _ now: UInt64, _ seconds: Double) -> Double? {
    now >= before ? Double(now - before) / seconds : nil
}

/// The change per second of a counter that may be missing.
func rate(_ before: UInt64?, _ now: UInt64?, _ seconds: Double) -> Double? {
    guard let before, let now else { return nil }
    return rate(before, now, seconds)
}

/// A sum that is unknown when a part is.
func sum(_ left: Double?, _ right: Double?) -> Double? { zip(left, right).map { $0 + $1 } }

/// A mean that is unknown without events to divide by.
func mean(of amount: Double?, over count: Double?) -> Double? {
    guard let amount, let count, count > 0 else { return nil }
    return amount / count
}

/// A count as a number of a sample; written out because `Double.init` as a function may mean the bit pattern.
func double(_ count: UInt64?) -> Double? {
    guard let count else { return nil }
    return Double(count)
}

/// `part` of `whole` in percent; `nil` when either is unknown or the whole is 0.
func percent(_ part: UInt64?, of whole: UInt64?) -> Double? {
    guard let part, let whole, whole > 0 else { return nil }
    return Double(part) / Double(whole) * 100
}

/// Both values, or nothing.
func zip<First, Second>(_ first: First?, _ second: Second?) -> (First, Second)? {
    guard let first, let second else { return nil }
    return (first, second)
}
