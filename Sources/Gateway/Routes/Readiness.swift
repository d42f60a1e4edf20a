internal import NIOConcurrencyHelpers

/// Whether new work is welcome; false from the moment a gateway begins to stop.
final class Readiness: Sendable {
    private let draining = NIOLockedValueBox(false)

    var isDraining: Bool { draining.withLockedValue { $0 } }

    /// Begins to refuse new work; `false` when that had begun before.
    func beginDraining() -> Bool {
        draining.withLockedValue { draining in
            defer { draining = true }
            return !draining
        }
    }
}
