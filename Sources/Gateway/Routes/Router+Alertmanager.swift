internal import DeskAPI
internal import JSON

extension Router {
    /// Raises what Prometheus sent; an alert that is over and was never heard of is no fault.
    func take(alerts request: EdgeRequest) async throws(EdgeProblem) -> EdgeResponse {
        let caller = try caller(of: request)
        do throws(Problem) {
            try desk.endpoints[Operations.raiseAlert.route.name]?.permit(caller)
        } catch {
            throw EdgeProblem(error)
        }
        let body = try Router.json(of: request)
        do throws(Problem) {
            for raised in try AlertmanagerAlerts.requests(in: body) { try await raise(raised, as: caller) }
            return EdgeResponse(status: 200)
        } catch {
            throw EdgeProblem(error)
        }
    }

    private func raise(_ request: RaiseAlert, as caller: Caller) async throws(Problem) {
        do throws(Problem) {
            _ = try await desk.call(Operations.raiseAlert, request, as: caller)
        } catch {
            guard error.code == .notFound else { throw error }
        }
    }
}
