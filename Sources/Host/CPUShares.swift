/// Where the time of an interval went, as percentages of all the time of the processors counted.
struct CPUShares: Equatable, Sendable {
    let user: Double
    let nice: Double
    let system: Double
    let idle: Double
    let iowait: Double
    let irq: Double
    let softirq: Double
    let steal: Double
    let guest: Double

    /// Everything but idle and waiting for disks.
    var busy: Double { max(0, min(100, 100 - idle - iowait)) }

    /// Compares two readings; `nil` when no tick passed.
    ///
    /// `idle` and `iowait` can run backwards (node_exporter #1686, #1903), so each difference is at least 0 and the
    /// whole is their sum, not the difference of the sums.
    init?(from before: CPUTimes, to now: CPUTimes) {
        let guest = passed(before.guest, now.guest) + passed(before.guestNice, now.guestNice)
        let user = passed(without(before.guest, in: before.user), without(now.guest, in: now.user))
        let nice = passed(without(before.guestNice, in: before.nice), without(now.guestNice, in: now.nice))
        let system = passed(before.system, now.system)
        let idle = passed(before.idle, now.idle)
        let iowait = passed(before.iowait, now.iowait)
        let irq = passed(before.irq, now.irq)
        let softirq = passed(before.softirq, now.softirq)
        let steal = passed(before.steal, now.steal)
        let whole = user + nice + system + idle + iowait + irq + softirq + steal + guest
        guard whole > 0 else { return nil }
        let percent = 100 / whole
        self.user = user * percent
        self.nice = nice * percent
        self.system = system * percent
        self.idle = idle * percent
        self.iowait = iowait * percent
        self.irq = irq * percent
        self.softirq = softirq * percent
        self.steal = steal * percent
        self.guest = guest * percent
    }
}

private func passed(_ before: UInt64, _ now: UInt64) -> Double { now > before ? Double(now - before) : 0 }

private func without(_ part: UInt64, in whole: UInt64) -> UInt64 { whole > part ? whole - part : 0 }
