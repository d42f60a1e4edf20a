/// A set of changes that happen together or not at all; valid only inside the closure that receives it.
///
/// It reads what it has itself changed, and everything that earlier transactions of the same group have.
public final class Transaction: Snapshot {
    private(set) var hooks: [@Sendable () -> Void] = []

    /// Runs a statement that changes something and returns how many rows it changed.
    @discardableResult
    public func run(_ sql: StaticString, _ values: any Storable...) throws -> Int {
        try step(sql, values)
        return connection.changedRows
    }

    /// Runs an INSERT and returns the number of the new row.
    public func insert(_ sql: StaticString, _ values: any Storable...) throws -> Int64 {
        try step(sql, values)
        return connection.lastInsertedNumber
    }

    /// Runs several statements without values, separated by semicolons.
    public func execute(_ script: StaticString) throws {
        guard isOpen else { throw StorageFailure.closed }
        try connection.execute(script.description)
    }

    /// Calls `hook` once the changes are durable: in the order of commits, before the writer's caller goes on.
    ///
    /// It runs on the database's own thread, so it must be quick and must not wait for the database.
    /// It is forgotten when this transaction throws or the commit fails.
    public func afterCommit(_ hook: @escaping @Sendable () -> Void) {
        hooks.append(hook)
    }

    private func step(_ sql: StaticString, _ values: [any Storable]) throws {
        try query(sql, values) { statement in
            while try statement.step() {}
        }
    }
}
