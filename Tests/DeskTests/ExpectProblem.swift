import DeskAPI
import Testing

/// Expects that something is refused with this code.
func expectProblem(
    _ code: Problem.Code, sourceLocation: SourceLocation = #_sourceLocation, _ body: () async throws -> Void
) async {
    do {
        try await body()
        Issue.record("nothing was refused", sourceLocation: sourceLocation)
    } catch {
        #expect((error as? Problem)?.code == code, "\(error)", sourceLocation: sourceLocation)
    }
}
