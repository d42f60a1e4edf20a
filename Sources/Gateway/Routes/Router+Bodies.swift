internal import DeskAPI

/// How large the body of a request may be, and what is said to whoever sends more.
struct BodyAllowance: Sendable {
    let bytes: Int
    let refusal: EdgeProblem

    /// Everybody may send so much.
    init(_ bytes: Int) {
        self.init(bytes, otherwise: EdgeProblem(.tooLarge, "the body may have at most \(bytes) bytes here"))
    }

    /// More is refused for another reason than its size.
    init(_ bytes: Int, otherwise refusal: EdgeProblem) {
        self.bytes = bytes
        self.refusal = refusal
    }
}

extension Router {
    /// Operations whose bodies hold more than a message.
    private static let largeBodies: Set = [
        Operations.putArticle.route.name, Operations.sendSamples.route.name, Operations.importConversation.route.name,
    ]

    /// How large the body may be; known before any of it is there.
    ///
    /// A body is kept in memory until it is whole, so a large one is only taken from who may ask for what it is for:
    /// strangers could fill the memory with what is refused at its end.
    func allowance(for destination: Destination, of request: EdgeRequest) -> BodyAllowance {
        let large = largeBody(for: destination)
        guard large > limits.bodyBytes else { return BodyAllowance(limits.bodyBytes) }
        do throws(EdgeProblem) {
            try permit(try caller(of: request), at: destination)
            return BodyAllowance(large)
        } catch {
            return BodyAllowance(limits.bodyBytes, otherwise: error)
        }
    }

    private func largeBody(for destination: Destination) -> Int {
        switch destination {
        case .alertmanager: limits.articleBytes
        case .completions: limits.completionBytes
        case .operation(let endpoint, _):
            switch endpoint.route.name {
            case Operations.startTraining.route.name: limits.trainingBytes
            case Operations.startTuning.route.name: limits.tuningBytes
            case let name: Router.largeBodies.contains(name) ? limits.articleBytes : 0
            }
        default: 0
        }
    }

    private func permit(_ caller: Caller, at destination: Destination) throws(EdgeProblem) {
        if case .operation(let endpoint, _) = destination {
            do throws(Problem) { try endpoint.permit(caller) } catch { throw EdgeProblem(error) }
        } else if caller.role == nil {
            throw EdgeProblem(.unauthenticated, "give a key: Authorization: Bearer KEY")
        }
    }
}
