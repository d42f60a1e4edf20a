internal import DeskAPI
internal import NIOConcurrencyHelpers

/// Where the desk asks how its gateway is doing, and who follows it in its own process.
final class TrafficSource: Sendable {
    private let state = NIOLockedValueBox(State())

    private struct State {
        /// `nil` as long as no gateway serves this desk.
        var source: (@Sendable () -> Traffic)?
        var embedded: Int64 = 0
    }

    func set(_ source: @escaping @Sendable () -> Traffic) {
        state.withLockedValue { $0.source = source }
    }

    /// A console in this process came, or left with -1.
    func countEmbedded(_ change: Int64) {
        state.withLockedValue { $0.embedded += change }
    }

    /// The gateway's traffic; `nil` when no gateway serves this desk.
    var gateway: Traffic? { state.withLockedValue { $0.source }?() }

    /// The gateway's traffic, the consoles of this process included.
    var now: Traffic {
        let (source, embedded) = state.withLockedValue { ($0.source, $0.embedded) }
        var traffic = source?() ?? Traffic()
        traffic.consoles += embedded
        return traffic
    }
}
