internal import Bus
internal import Conversations
internal import DeskAPI
internal import Host
internal import Models
internal import Monitoring
internal import Security
internal import Storage
internal import Transfer
internal import Vocabulary

/// The slices of a desk and the store they share.
struct DeskParts: Sendable {
    /// What must last: conversations, alerts, keys, audit.
    let database: Database
    let conversations: Conversations
    let knowledge: KnowledgeDesk
    let security: Security
    let models: Models
    let budgets: Budgets
    let trainings: Trainings
    let history: MetricHistory
    let hosts: Hosts
    let processes: Processes
    let alerts: Alerts
    /// What the rules file said at the start.
    let alertConfiguration: AlertConfiguration
    let notifications: Notifications
    let transfer: Transfer

    /// Opens everything.
    static func open(
        _ configuration: DeskConfiguration, bus: Bus<DeskEvent>, clock: HostClock
    ) async throws -> DeskParts {
        let rules = try configuration.rules()
        let support = try configuration.support()
        let notify = try configuration.notify.configuration()
        let now = clock.now()
        let database = try Database.open(
            at: "\(configuration.folder)/\(Desk.databaseFile)", durability: .full,
            migrations: AuditTrail.migrations + Security.migrations + Conversations.migrations + Models.migrations
                + Alerts.migrations, now: now)
        let history = try MetricHistory.open(
            at: "\(configuration.folder)/\(Desk.historyFile)", now: now, retention: configuration.retention)
        let hosts = Hosts(history: history)
        let alerts = try await Alerts.open(
            database: database, bus: bus, configuration: rules, now: now,
            onFailure: { configuration.log("alerts cannot be stored: \($0)") })
        // A host that was gone for longer is likely to be gone for good.
        alerts.expect(hosts.newest.filter { now - $0.at < .seconds(86_400) }, monotonic: clock.monotonic())
        let conversations = Conversations(database: database, bus: bus, plan: support)
        try conversations.readMerged()
        let models = try Models.open(
            database: database, bus: bus, protecting: configuration.protectedNames)
        return DeskParts(
            database: database, conversations: conversations,
            knowledge: KnowledgeDesk(articles: Knowledge(database: database), log: configuration.log),
            security: try Security.open(database: database, bus: bus, localName: configuration.localName),
            models: models,
            budgets: try await Budgets.open(configuration.budgets, database: database, now: now),
            trainings: try Trainings.open(
                models, folder: configuration.folder, now: clock.now, log: configuration.log),
            history: history, hosts: hosts,
            processes: Processes(history: history, audit: database, root: configuration.hostRoot),
            alerts: alerts,
            alertConfiguration: rules,
            notifications: Notifications(database: database, configuration: notify),
            transfer: try Transfer.start(reach: .alsoPrivate))
    }

    /// Finishes what waits and closes the store.
    func close() async {
        transfer.stop()
        trainings.close()
        await alerts.settle()
        database.close()
        history.close()
    }
}
