internal import Host
internal import Models
internal import Vocabulary

/// Stores what classifiers said of customers' texts, and lets the figures of their drift follow, once a second.
///
/// A crash loses the counts of the last second.
struct DriftLedger: Sendable {
    let models: Models
    let clock: HostClock
    let log: @Sendable (String) -> Void

    /// Writes until the task is cancelled, and then what is left.
    func run() async {
        while !Task.isCancelled {
            await settle()
            do {
                try await Task.sleep(for: .seconds(1), clock: .suspending)
            } catch {
                break
            }
        }
        await settle()
    }

    private func settle() async {
        do {
            try await models.settleDrift(at: clock.now())
        } catch {
            log("what classifiers said is not stored yet: \(error)")
        }
    }
}
