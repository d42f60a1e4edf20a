public import DeskAPI
public import Host
internal import NIOConcurrencyHelpers
internal import Vocabulary

/// The machines that are watched, each with its newest sample.
public final class Hosts: Sendable {
    private struct State {
        var newest: [String: HostSnapshot] = [:]
        var layouts: [String: Kept] = [:]
        var own: String?
    }

    /// The desk's layout for a sampler's layout; kept, so that all samples of the same devices share one.
    private struct Kept {
        let source: SampleLayout
        let extras: [String]
        let layout: MetricLayout
    }

    private let state: NIOLockedValueBox<State>

    /// The hosts known from the history, each with the last sample that was kept.
    public init(history: MetricHistory) {
        let newest = Dictionary(history.restored.map { ($0.host, $0) }, uniquingKeysWith: { _, last in last })
        state = NIOLockedValueBox(State(newest: newest))
    }

    /// Takes a sample of the gateway's own host and makes it what the rest of the desk knows.
    ///
    /// - Parameters:
    ///   - sample: What the sampler read.
    ///   - extras: What else is measured here, such as the gateway's delays; same names and order each time.
    public func take(_ sample: HostSample, adding extras: [MetricValue] = []) -> HostSnapshot {
        state.withLockedValue { state in
            let layout = Hosts.layout(for: sample, extras, in: &state)
            let snapshot = HostSnapshot(
                host: sample.host.name, at: sample.at, layout: layout,
                values: sample.values + extras.map { $0.value ?? .nan })
            state.newest[snapshot.host] = snapshot
            state.own = snapshot.host
            return snapshot
        }
    }

    /// Takes a sample of another host; one that is older than what is known changes nothing.
    ///
    /// - Returns: Whether it is the newest of its host.
    @discardableResult
    public func take(_ snapshot: HostSnapshot) -> Bool {
        state.withLockedValue { state in
            if let known = state.newest[snapshot.host], known.at > snapshot.at { return false }
            state.newest[snapshot.host] = snapshot
            return true
        }
    }

    /// How many hosts are known.
    public var count: Int { state.withLockedValue { $0.newest.count } }

    /// The newest sample of every host, by name.
    public var newest: [HostSnapshot] {
        state.withLockedValue { $0.newest.values.sorted { $0.host < $1.host } }
    }

    /// The name of the gateway's own host; `nil` before its first sample.
    public var own: String? { state.withLockedValue { $0.own } }

    /// The newest sample of a host; `nil` when it was never seen.
    public func newest(of host: String) -> HostSnapshot? {
        state.withLockedValue { $0.newest[host] }
    }

    private static func layout(
        for sample: HostSample, _ extras: [MetricValue], in state: inout State
    ) -> MetricLayout {
        let names = extras.map(\.name)
        if let kept = state.layouts[sample.host.name], kept.source === sample.layout, kept.extras == names {
            return kept.layout
        }
        let layout = MetricLayout(
            names: sample.layout.metrics.map(\.name) + names,
            units: sample.layout.metrics.map { MetricUnit(rawValue: $0.unit.rawValue) ?? .count } + extras.map(\.unit))
        state.layouts[sample.host.name] = Kept(source: sample.layout, extras: names, layout: layout)
        return layout
    }
}
