/// The database as it was at one moment; valid only inside the closure that receives it.
///
/// SQL is given as literals, and values only as bindings, so that no text from outside becomes SQL.
public class Snapshot {
    // Rows have a name before they are passed on: the optimizer of Swift 6.3.1 dies on one that is made in the call.
    let connection: Connection
    private(set) var isOpen = true

    init(_ connection: Connection) {
        self.connection = connection
    }

    /// All rows, each made into a value by `read`.
    public func rows<Element>(
        _ sql: StaticString, _ values: any Storable..., read: (borrowing Row) throws -> Element
    ) throws -> [Element] {
        var elements: [Element] = []
        try query(sql, values) { statement in
            while try statement.step() {
                let row = Row(statement: statement)
                elements.append(try read(row))
            }
        }
        return elements
    }

    /// The first row made into a value by `read`; `nil` when there is none.
    public func first<Element>(
        _ sql: StaticString, _ values: any Storable..., read: (borrowing Row) throws -> Element
    ) throws -> Element? {
        try query(sql, values) { statement in
            guard try statement.step() else { return nil }
            let row = Row(statement: statement)
            return try read(row)
        }
    }

    /// The first column of the first row; `nil` when there is no row, or when it holds NULL.
    public func value<Value: Storable>(_ sql: StaticString, _ values: any Storable...) throws -> Value? {
        try query(sql, values) { statement in
            guard try statement.step() else { return nil }
            let row = Row(statement: statement)
            let value: Value? = try row[0]
            return value
        }
    }

    /// Gives each row to `take`, without keeping them; for more rows than fit in memory.
    public func forEach(
        _ sql: StaticString, _ values: any Storable..., take: (borrowing Row) throws -> Void
    ) throws {
        try query(sql, values) { statement in
            while try statement.step() {
                let row = Row(statement: statement)
                try take(row)
            }
        }
    }

    func query<Result>(
        _ sql: StaticString, _ values: [any Storable], _ body: (Statement) throws -> Result
    ) throws -> Result {
        guard isOpen else { throw StorageFailure.closed }
        return try connection.withStatement(sql, values, body)
    }

    /// Refuses further use; called when the closure that received it has returned.
    func end() {
        isOpen = false
    }
}
