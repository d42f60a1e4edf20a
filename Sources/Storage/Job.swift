/// What a caller wants done with a transaction or a snapshot, and how the caller hears of it.
struct Job<Scope>: Sendable {
    /// Runs the caller's closure; calling what it returns hands the result to the caller.
    let attempt: @Sendable (Scope) throws -> () -> Void
    /// Tells the caller that it has not happened.
    let refuse: @Sendable (any Error) -> Void

    /// A job whose outcome goes to `report`, which is called exactly once.
    init<Success: Sendable>(
        _ body: @escaping @Sendable (Scope) throws -> Success,
        report: @escaping @Sendable (Result<Success, any Error>) -> Void
    ) {
        attempt = { scope in
            let success = try body(scope)
            return { report(.success(success)) }
        }
        refuse = { report(.failure($0)) }
    }
}
