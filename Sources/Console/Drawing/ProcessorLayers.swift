internal import Terminal
internal import Vocabulary

/// Where the time of the processors went, as layers that add up to what is busy and what waits for disks.
struct ProcessorLayers {
    let charts: HostCharts

    /// A layer that nobody would see is left out, as stolen time on a machine of its own.
    private static let leastVisible = 0.5

    /// The layers from the foot; none when only the sum is known, as in what an older desk remembers.
    var series: [Chart.Series] {
        let user = charts.samples("cpu.user")
        let system = charts.samples("cpu.system")
        let steal = charts.samples("cpu.steal")
        let waiting = charts.samples("cpu.iowait")
        guard [user, system, waiting].allSatisfy({ $0.contains { $0 != nil } }) else { return [] }
        var layers = [
            Chart.Series(user, name: "user", kind: .layer, role: .series1),
            Chart.Series(system, name: "system", kind: .layer, role: .series2),
        ]
        for (samples, name, role) in [(other(user, system, steal), "other", .series3), (steal, "steal", .series6)]
            as [([Double?], SafeText, Terminal.Role)]
        where isVisible(samples) {
            layers.append(Chart.Series(samples, name: name, kind: .layer, role: role))
        }
        layers.append(Chart.Series(waiting, name: "wait", kind: .layer, role: .series4))
        return layers
    }

    /// Programs of low priority, interrupts and guests: what is busy besides.
    private func other(_ user: [Double?], _ system: [Double?], _ steal: [Double?]) -> [Double?] {
        charts.samples("cpu.busy").enumerated().map { index, busy in
            guard let busy, let user = user[index], let system = system[index] else { return nil }
            return max(0, busy - user - system - (steal[index] ?? 0))
        }
    }

    private func isVisible(_ samples: [Double?]) -> Bool {
        samples.contains { ($0 ?? 0) >= ProcessorLayers.leastVisible }
    }
}
