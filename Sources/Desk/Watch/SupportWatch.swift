internal import Conversations
internal import DeskAPI
internal import Host
internal import NIOConcurrencyHelpers
internal import Storage
internal import Vocabulary

/// Looks after what customers wait for: takes up again what was put aside, tells what is late, and follows the file of
/// business hours, targets and replies.
final class SupportWatch: Sendable {
    private let conversations: Conversations
    private let database: Database
    private let configuration: DeskConfiguration
    private let clock: HostClock
    private let fault = NIOLockedValueBox<String?>(nil)

    init(parts: DeskParts, configuration: DeskConfiguration, clock: HostClock) {
        conversations = parts.conversations
        database = parts.database
        self.configuration = configuration
        self.clock = clock
    }

    /// Looks once a second until the task is cancelled.
    func run() async {
        var told = false
        while !Task.isCancelled {
            do {
                try await conversations.lookAfter(at: clock.now())
                told = false
            } catch {
                if !told { configuration.log("what is late or was put aside cannot be looked after: \(error)") }
                told = true
            }
            do {
                try await Task.sleep(for: .seconds(1), clock: .suspending)
            } catch {
                return
            }
        }
    }

    /// Reads the file again; with any fault in it everything stays as it was.
    func reload() {
        do {
            let plan = try configuration.support()
            fault.withLockedValue { $0 = nil }
            guard plan != conversations.plan else { return }
            let now = clock.now()
            Task {
                do {
                    try await conversations.follow(plan, at: now)
                    let draft = AuditTrail.Draft(
                        at: now, actor: "watchdesk", actorName: "watchdesk", action: "support.reload",
                        subject: "support.yaml", detail: "\(plan.replies.count) replies")
                    try await database.write { transaction in _ = try AuditTrail.append(draft, in: transaction) }
                    configuration.log("\(configuration.supportPath) was read anew")
                } catch {
                    configuration.log(
                        "\(configuration.supportPath) was read anew, but not everything follows it: \(error)")
                }
            }
        } catch {
            let text = "\(error)"
            let isNew = fault.withLockedValue { fault in
                defer { fault = text }
                return fault != text
            }
            if isNew { configuration.log("\(text)\nhours, targets and replies stay as they were") }
        }
    }
}

extension DeskConfiguration {
    /// What the file asks for now.
    ///
    /// - Throws: `YAMLFailure` with everything that is wrong; what ``readSupport`` throws.
    func support() throws -> SupportPlan {
        try SupportFile.read(try readSupport() ?? [], file: supportPath, zones: notify.zone)
    }
}
