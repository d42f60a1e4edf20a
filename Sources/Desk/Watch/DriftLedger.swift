internal import Host
internal import Models
internal import Vocabulary

/// Stores what classifiers said of customers' texts, and lets the figures of their drift follow.
struct DriftLedger: Sendable {
    let models: Models
    let clock: HostClock
    let log: @Sendable (String) -> Void

    /// Writes what was counted; to be called once a second, and a crash loses the counts of the last one.
    nonisolated(nonsending) func settle() async {
        do {
            try await models.settleDrift(at: clock.now())
        } catch {
            log("what classifiers said is not stored yet: \(error)")
        }
    }
}
