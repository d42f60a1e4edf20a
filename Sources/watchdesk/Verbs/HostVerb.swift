internal import ArgumentParser
internal import DeskAPI
internal import Glibc
internal import Host
internal import JSON
internal import Terminal
internal import Vocabulary

/// `watchdesk host`: what this machine is doing now, without a desk.
struct HostVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "host", abstract: "Sample this host once, or each second with --watch.",
        discussion: """
            It needs neither a desk nor a data folder. The first numbers come after a quarter of a second, because \
            rates need two readings.

            EXAMPLES:
              watchdesk host
              watchdesk host --watch --json | head -3
            """)

    @Flag(help: "Print a line each second until interrupted; with --json an object each second.")
    var watch = false

    @OptionGroup var list: ListOptions

    func run() throws {
        var sampler = Sampler()
        _ = sampler.take()
        _ = hasReader(after: .milliseconds(250))
        guard watch else { return print(sampler.take()) }
        if !list.json { Output.write(HostVerb.heading) }
        while hasReader(after: .milliseconds(1000 - Timestamp.now.milliseconds % 1000)) {
            let sample = sampler.take()
            Output.write(list.json ? HostVerb.json(sample) : HostVerb.line(sample))
        }
    }

    /// Waits, and says whether anybody still reads what is written; the wait ends at once when nobody does.
    private func hasReader(after time: Duration) -> Bool {
        var output = pollfd(fd: 1, events: 0, revents: 0)
        return unsafe poll(&output, 1, Int32(clamping: time.wholeMilliseconds)) <= 0
            || output.revents & Int16(POLLERR) == 0
    }

    private func print(_ sample: HostSample) {
        guard !list.json else { return Output.write(HostVerb.json(sample)) }
        let width = sample.layout.metrics.map(\.name.count).max() ?? 0
        for (metric, value) in zip(sample.layout.metrics, sample.values) {
            let name = SafeText(untrusted: metric.name).oneLine.text
            let padding = String(repeating: " ", count: max(0, width - name.count) + 2)
            Output.write("\(name)\(padding)\(HostVerb.text(value, metric.unit))\n")
        }
    }

    private static func json(_ sample: HostSample) -> String {
        let layout = MetricLayout(
            names: sample.layout.metrics.map(\.name),
            units: sample.layout.metrics.map { MetricUnit(rawValue: $0.unit.rawValue) ?? .count })
        return HostSnapshot(host: sample.host.name, at: sample.at, layout: layout, values: sample.values).record.json
            + "\n"
    }

    private static let columns = [
        ("CPU", "cpu.busy"), ("LOAD", "load.1"), ("MEMORY", "memory.used_percent"), ("SWAP", "swap.used_percent"),
        ("DISK R", "disk.read"), ("DISK W", "disk.write"), ("NET IN", "net.received"), ("NET OUT", "net.sent"),
    ]

    private static let heading = row("TIME", columns.map(\.0))

    private static func line(_ sample: HostSample) -> String {
        let local = (sample.at + LocalClock.offset(at: sample.at)).rfc3339
        return row(
            String(local.dropFirst(11).prefix(8)),
            columns.map { _, name in
                let unit = sample.layout.position(of: name).map { sample.layout.metrics[$0].unit }
                return text(sample[name] ?? .nan, unit ?? .count)
            })
    }

    private static func row(_ time: String, _ cells: [String]) -> String {
        let time = time + String(repeating: " ", count: max(0, 8 - time.count))
        return time + cells.map { String(repeating: " ", count: max(1, 13 - $0.count)) + $0 }.joined() + "\n"
    }

    private static func text(_ value: Double, _ unit: SampleUnit) -> String {
        let quantity =
            switch unit {
            case .percent: Quantity(value, .percent)
            case .bytes: Quantity(value, .bytes)
            case .bytesPerSecond: Quantity(value, .bytesPerSecond)
            case .perSecond: Quantity(value, .perSecond)
            case .seconds: Quantity(value, .seconds)
            case .milliseconds: Quantity(value / 1000, .seconds)
            case .celsius: Quantity(value, .celsius)
            case .hertz: Quantity(value, .hertz)
            case .count, .flag: Quantity(value, .plain)
            }
        return quantity.symbol.isEmpty ? quantity.number : "\(quantity.number) \(quantity.symbol)"
    }
}

extension Sampler {
    /// Reads the host by the system's clocks.
    fileprivate mutating func take() -> HostSample {
        sample(at: .now, monotonic: .now, boottime: .sinceBoot)
    }
}
