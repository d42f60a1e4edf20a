internal import Conversations
internal import Monitoring
internal import Vocabulary

/// The files beside the configuration that are followed while the desk runs.
struct FollowedFiles: Sendable {
    private let rules: FollowedFile<AlertConfiguration>
    private let notify: FollowedFile<NotifyConfiguration>
    private let support: FollowedFile<SupportPlan>

    init(_ configuration: DeskConfiguration, parts: DeskParts, notices: NoticeDesk) {
        let (database, log) = (parts.database, configuration.log)
        let (alerts, conversations) = (parts.alerts, parts.conversations)
        rules = FollowedFile(
            "alerts.yaml", inForce: parts.alertConfiguration, database: database, log: log,
            read: { try configuration.rules() },
            follow: { rules, _ in
                alerts.follow(rules)
                return "\(rules.rules.count) rules"
            })
        notify = FollowedFile(
            "notify.yaml", inForce: parts.notifications.configuration, database: database, log: log,
            read: { try configuration.notify.configuration() },
            follow: { notify, _ in
                notices.follow(notify)
                return "\(notify.receivers.count) receivers"
            })
        support = FollowedFile(
            "support.yaml", inForce: conversations.plan, database: database, log: log,
            read: { try configuration.support() },
            follow: { plan, now in
                conversations.follow(plan)
                Task {
                    do {
                        try await conversations.judgeAnew(at: now)
                    } catch {
                        log("what waits already is not due by support.yaml: \(error)")
                    }
                }
                return "\(plan.replies.count) replies"
            })
    }

    /// Reads all of them again.
    func reload(at now: Timestamp) {
        notify.reload(at: now)
        rules.reload(at: now)
        support.reload(at: now)
    }
}

extension DeskConfiguration {
    /// What the file of the alert rules says.
    ///
    /// - Throws: `YAMLFailure` with everything that is wrong; what ``readAlertRules`` throws.
    func rules() throws -> AlertConfiguration {
        try AlertRulesFile.read(try readAlertRules() ?? [], file: alertRulesPath, zones: notify.zone)
    }

    /// What the file of hours, targets and replies says.
    ///
    /// - Throws: `YAMLFailure` with everything that is wrong; what ``readSupport`` throws.
    func support() throws -> SupportPlan {
        try SupportFile.read(try readSupport() ?? [], file: supportPath, zones: notify.zone)
    }
}
