internal import Monitoring
internal import NIOConcurrencyHelpers
internal import Storage
internal import Vocabulary

/// Follows the file of the alert rules while the desk runs: what is written there counts from the next sample on.
final class AlertRulesWatch: Sendable {
    private let alerts: Alerts
    private let database: Database
    private let configuration: DeskConfiguration
    private let state: NIOLockedValueBox<State>

    private struct State {
        var rules: AlertConfiguration
        /// The fault that was told last: a file that is saved in parts is told of once.
        var fault: String?
    }

    init(parts: DeskParts, configuration: DeskConfiguration) {
        alerts = parts.alerts
        database = parts.database
        self.configuration = configuration
        state = NIOLockedValueBox(State(rules: parts.alertConfiguration))
    }

    /// Reads the file again; with any fault in it the rules stay as they were.
    func reload(at now: Timestamp) {
        do {
            let rules = try configuration.rules()
            let isNew = state.withLockedValue { state in
                defer { state = State(rules: rules, fault: nil) }
                return state.rules != rules
            }
            guard isNew else { return }
            alerts.follow(rules)
            configuration.log("\(configuration.alertRulesPath) was read anew: \(rules.rules.count) rules")
            record(count: rules.rules.count, at: now)
        } catch {
            let fault = "\(error)"
            let isNew = state.withLockedValue { state in
                defer { state.fault = fault }
                return state.fault != fault
            }
            if isNew { configuration.log("\(fault)\nthe alert rules stay as they were") }
        }
    }

    private func record(count: Int, at now: Timestamp) {
        let draft = AuditTrail.Draft(
            at: now, actor: "watchdesk", actorName: "watchdesk", action: "alerts.reload", subject: "alerts.yaml",
            detail: "\(count) rules")
        let (database, log) = (database, configuration.log)
        Task {
            do {
                try await database.write { transaction in _ = try AuditTrail.append(draft, in: transaction) }
            } catch {
                log("the change of the alert rules is not in the audit: \(error)")
            }
        }
    }
}

extension DeskConfiguration {
    /// What the file asks for now.
    ///
    /// - Throws: `YAMLFailure` with everything that is wrong; what ``readAlertRules`` throws.
    func rules() throws -> AlertConfiguration {
        try AlertRulesFile.read(try readAlertRules() ?? [], file: alertRulesPath, zones: notify.zone)
    }
}
