public import DeskAPI
internal import JSON
public import Vocabulary

/// Why something could not be done with an alert.
public enum AlertFailure: Error, Equatable, Sendable {
    /// There is no such alert, or it went away before it fired.
    case unknown(ID<Alert>)
    /// It does not fire: not yet, or no more.
    case notFiring(Alert)
    /// Somebody else has acknowledged it.
    case alreadyAcknowledged(Alert)
    /// It changed since the caller looked.
    case stale(Alert)
}

extension Problem {
    /// What the caller of an operation is told, with the alert's present state.
    init(_ failure: AlertFailure) {
        switch failure {
        case .unknown(let id):
            self.init(.notFound, "there is no alert \(id), or it went away before it fired")
        case .notFiring(let alert) where alert.condition == .pending:
            self.init(
                .notFiring, "alert \(alert.id) is pending; it can be acknowledged when it fires",
                current: Problem.state(of: alert))
        case .notFiring(let alert):
            self.init(.notFiring, "alert \(alert.id) is already over", current: Problem.state(of: alert))
        case .alreadyAcknowledged(let alert):
            let until = alert.acknowledgedUntil.map { " until \($0.rfc3339)" } ?? ""
            self.init(
                .alreadyAcknowledged,
                "alert \(alert.id) is acknowledged by \(alert.acknowledgedBy ?? "somebody else")\(until); "
                    + "take it over with take: true",
                current: Problem.state(of: alert))
        case .stale(let alert):
            self.init(
                .staleRevision, "alert \(alert.id) changed meanwhile; look again (revision \(alert.revision))",
                current: Problem.state(of: alert))
        }
    }

    private static func state(of alert: Alert) -> JSONValue? {
        do {
            return try JSONParser.parse(alert.encoded)
        } catch {
            // The problem stands without it.
            return nil
        }
    }
}
