internal import Assistant
internal import Models

extension FailureGuard {
    /// What of an answer counts against the version that was to give it.
    ///
    /// - Parameters:
    ///   - failure: why there was none; `nil` when there was.
    ///   - firstToken: from the question to the first word; `nil` where words do not come by themselves.
    ///   - isForeign: whether another program wrote the request: then what is wrong with it is not the version's fault.
    static func failures(_ failure: ChatFailure?, firstToken: Duration?, isForeign: Bool) -> Set<FailureGuard> {
        switch failure {
        case nil: firstToken.map { $0 > slowAfter } ?? false ? [.slow] : []
        case .empty, .garbled, .notAStream: [.empty]
        case .filtered: [.withheld]
        case .budget: []
        case .refused(let status, _, _) where isForeign && [400, 413, 422].contains(status): []
        default: [.errors]
        }
    }
}
