internal import DeskAPI
internal import Host
internal import Vocabulary

/// Ties every operation to the slice that carries it out.
struct EndpointTable: Sendable {
    let parts: DeskParts
    let status: StatusReader
    let samples: SampleDesk
    let services: ServiceWatch
    let notices: NoticeDesk
    let modelDesk: ModelDesk
    let clock: HostClock
    let log: @Sendable (String) -> Void

    /// All endpoints of a desk.
    var all: [Endpoint] { conversations + triage + watching + notifying + models + past + processes + administration }

    /// Binds an operation to a handler that may fail in any way; failures become problems here and are written down.
    func bind<Input: Record, Output: Record>(
        _ operation: Operation<Input, Output>,
        _ handle: @escaping @Sendable (Caller, Input, Timestamp) async throws -> Output
    ) -> Endpoint {
        let clock = clock
        let log = log
        let name = operation.route.name
        return Endpoint(operation) { (caller, input) throws(Problem) in
            do {
                return try await handle(caller, input, clock.now())
            } catch {
                let problem = Problem(failure: error)
                if problem.code.status >= 500 { log("\(name) for \(caller.actor): \(error)") }
                throw problem
            }
        }
    }
}
