/// What the desk does once a second, one after the other: one sleep wakes all of it.
struct EverySecond: Sendable {
    let duties: [@Sendable () async -> Void]

    /// Does them until the task is cancelled.
    func run() async {
        while !Task.isCancelled {
            for duty in duties { await duty() }
            do {
                try await Task.sleep(for: .seconds(1), clock: .suspending)
            } catch {
                return
            }
        }
    }
}
