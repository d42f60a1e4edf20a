internal import NIOConcurrencyHelpers

/// A value that one thread gives once and another blocks for; for start-up and shutdown, never on Swift's pool.
final class Handover<Value: Sendable>: Sendable {
    private let value = NIOLockedValueBox<Value?>(nil)
    private let signal = ConditionLock(value: 0)

    /// Gives the value; only the first one counts.
    func give(_ given: Value) {
        value.withLockedValue { if $0 == nil { $0 = given } }
        signal.lock()
        signal.unlock(withValue: 1)
    }

    /// Waits for the value; every later call returns it at once.
    func take() -> Value {
        while true {
            signal.lock(whenValue: 1)
            defer { signal.unlock() }
            if let given = value.withLockedValue({ $0 }) { return given }
        }
    }
}
