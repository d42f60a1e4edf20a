/// One step of a schema from an earlier state to the next; once released it is never changed.
public struct Migration: Sendable {
    /// A name that is unique in the database, such as `conversations-1`; it is recorded when the step is done.
    public let name: String
    let change: @Sendable (Transaction) throws -> Void

    /// A step made of statements.
    public init(_ name: String, _ script: StaticString) {
        self.init(name) { try $0.execute(script) }
    }

    /// A step that also moves data by program.
    public init(_ name: String, change: @escaping @Sendable (Transaction) throws -> Void) {
        self.name = name
        self.change = change
    }
}
