internal import NIOConcurrencyHelpers

/// Waits on the main thread for asynchronous work; the work itself runs on Swift's pool.
enum Blocking {
    /// Runs the work to its end and gives its result.
    static func run<Success: Sendable>(_ work: @escaping @Sendable () async throws -> Success) throws -> Success {
        let result = NIOLockedValueBox<Result<Success, any Error>?>(nil)
        let isDone = ConditionLock(value: false)
        Task {
            let outcome: Result<Success, any Error>
            do {
                outcome = .success(try await work())
            } catch {
                outcome = .failure(error)
            }
            result.withLockedValue { $0 = outcome }
            isDone.lock()
            isDone.unlock(withValue: true)
        }
        isDone.lock(whenValue: true)
        isDone.unlock()
        guard let outcome = result.withLockedValue({ $0 }) else { preconditionFailure("the work gave no result") }
        return try outcome.get()
    }
}
