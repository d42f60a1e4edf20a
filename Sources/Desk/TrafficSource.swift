internal import DeskAPI
internal import NIOConcurrencyHelpers

/// Where the desk asks how its gateway is doing; silent without one.
final class TrafficSource: Sendable {
    private let source = NIOLockedValueBox<@Sendable () -> Traffic>({ Traffic() })

    func set(_ new: @escaping @Sendable () -> Traffic) {
        source.withLockedValue { $0 = new }
    }

    var now: Traffic { source.withLockedValue { $0 }() }
}
