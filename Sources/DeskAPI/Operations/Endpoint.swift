public import JSON

/// An operation together with what carries it out.
public final class Endpoint: Sendable {
    /// The operation.
    public let route: Route
    private let typed: any Sendable
    private let encoded: @Sendable (Caller, [JSONValue.Member], [String: String]) async throws(Problem) -> [UInt8]

    /// Ties an operation to its handler; the handler is called only for callers that may do it, with valid input.
    public init<Input: Record, Output: Record>(
        _ operation: Operation<Input, Output>,
        _ handle: @escaping @Sendable (Caller, Input) async throws(Problem) -> Output
    ) {
        route = operation.route
        typed = Handler(handle: handle)
        encoded = { (caller, members, texts) throws(Problem) in
            let input: Input
            do throws(FieldFault) {
                input = try Input.read(members: members, texts: texts)
            } catch {
                throw Problem(error)
            }
            return try await handle(caller, input).encoded
        }
    }

    /// Carries the operation out for a request: reads and validates the input, checks the permission, encodes the answer.
    ///
    /// - Parameters:
    ///   - caller: who asks.
    ///   - members: the members of the body; empty without one.
    ///   - texts: the fields that stand in the address or the query.
    public func answer(
        _ caller: Caller, members: [JSONValue.Member], texts: [String: String]
    ) async throws(Problem) -> [UInt8] {
        try permit(caller)
        return try await encoded(caller, members, texts)
    }

    /// Carries the operation out with typed values.
    ///
    /// The types must be those the endpoint was made with; anything else is a programmer's error.
    public func answer<Input: Record, Output: Record>(
        _ caller: Caller, _ input: Input, as output: Output.Type
    ) async throws(Problem) -> Output {
        try permit(caller)
        guard let handler = typed as? Handler<Input, Output> else {
            preconditionFailure("\(route.name) takes \(route.input.name) and gives \(route.output.name)")
        }
        return try await handler.handle(caller, input)
    }

    /// Refuses a caller that may not do this.
    public func permit(_ caller: Caller) throws(Problem) {
        guard !caller.may(route.scope) else { return }
        guard caller.role != nil else {
            throw Problem(.unauthenticated, "\(route.summary): send Authorization: Bearer TOKEN")
        }
        throw Problem(
            .forbidden,
            "\(caller.name) has the role \(caller.role?.rawValue ?? "none"), which lacks the scope \(route.scope?.rawValue ?? "")"
        )
    }
}

/// The typed side of an endpoint.
private struct Handler<Input: Record, Output: Record>: Sendable {
    let handle: @Sendable (Caller, Input) async throws(Problem) -> Output
}
