internal import NIOConcurrencyHelpers
internal import Storage
internal import Vocabulary

/// A file beside the configuration that is followed while the desk runs; with any fault in it what is in force stays.
final class FollowedFile<Content: Equatable & Sendable>: Sendable {
    /// Its name, such as `alerts.yaml`; the audit trail says `alerts.reload`.
    private let name: String
    private let read: @Sendable () throws -> Content
    /// Puts what was read in force and says it in a few words, such as `12 rules`.
    private let follow: @Sendable (Content, Timestamp) -> String
    private let database: Database
    private let log: @Sendable (String) -> Void
    private let state: NIOLockedValueBox<State>

    private struct State {
        var content: Content
        /// The fault that was told last: a file that is saved in parts is told of once.
        var fault: String?
    }

    init(
        _ name: String, inForce content: Content, database: Database, log: @escaping @Sendable (String) -> Void,
        read: @escaping @Sendable () throws -> Content,
        follow: @escaping @Sendable (Content, Timestamp) -> String
    ) {
        (self.name, self.read, self.follow) = (name, read, follow)
        (self.database, self.log) = (database, log)
        state = NIOLockedValueBox(State(content: content))
    }

    /// Reads the file again, and follows it if it says something else.
    func reload(at now: Timestamp) {
        do {
            let content = try read()
            let isNew = state.withLockedValue { state in
                defer { state = State(content: content) }
                return state.content != content
            }
            guard isNew else { return }
            let words = follow(content, now)
            log("\(name) was read anew: \(words)")
            record(words, at: now)
        } catch {
            let fault = "\(error)"
            let isNew = state.withLockedValue { state in
                defer { state.fault = fault }
                return state.fault != fault
            }
            if isNew { log("\(fault)\n\(name): what was in force stays") }
        }
    }

    private func record(_ words: String, at now: Timestamp) {
        let action = "\(name.prefix { $0 != "." }).reload"
        let draft = AuditTrail.Draft(
            at: now, actor: "watchdesk", actorName: "watchdesk", action: action, subject: name, detail: words)
        let (database, log, name) = (database, log, name)
        Task {
            do {
                try await database.write { transaction in _ = try AuditTrail.append(draft, in: transaction) }
            } catch {
                log("the change of \(name) is not in the audit: \(error)")
            }
        }
    }
}
