/// The current row of a query; valid only inside the closure that receives it.
public struct Row: ~Copyable {
    @usableFromInline let statement: Statement

    init(statement: Statement) {
        self.statement = statement
    }

    /// The column with this index, counted from 0, as the type that is asked for.
    ///
    /// - Throws: ``StorageFailure/unexpectedColumn(index:wanted:found:)`` when it holds something else.
    @inlinable
    public subscript<Value: Storable>(index: Int) -> Value {
        get throws(StorageFailure) {
            let stored = statement.column(index)
            guard let value = Value(stored: stored) else {
                throw .unexpectedColumn(index: index, wanted: "\(Value.self)", found: stored.kind)
            }
            return value
        }
    }
}
