public import Bus
public import DeskAPI
internal import NIOConcurrencyHelpers
public import Storage
public import Vocabulary

/// The alerts of all hosts: judges their snapshots, makes each transition durable, and only then tells everybody.
///
/// What it holds in memory is what is on the disk. A transition that cannot be stored has not happened; it is judged
/// again with the next snapshot, so that a full or locked disk delays alerts but never changes them.
/// Decisions are serialized by the database: a transition and an acknowledgment of the same alert, or two
/// acknowledgments, never both win.
public final class Alerts: Sendable {
    /// The schema, to be opened with the durable database beside the audit trail's.
    public static let migrations = AlertStore.migrations + SilenceStore.migrations + AlertNoticeStore.migrations

    let database: Database
    private let bus: Bus<DeskEvent>
    private let book: NIOLockedValueBox<AlertBook>
    private let queue = NIOLockedValueBox(ChangeQueue())
    /// Held while what the book says is published, so that readers never see an older state after a newer one.
    private let turn = NIOLock()
    private let onFailure: @Sendable (any Error) -> Void

    /// Continues with the alerts that are stored: timers, acknowledgments and their expiry go on.
    ///
    /// - Parameters:
    ///   - database: Durable, with ``migrations`` and the audit trail's.
    ///   - bus: Where changes are published, after they are durable.
    ///   - configuration: What to watch; open alerts of other rules end.
    ///   - now: Measures how long nothing was watched.
    ///   - onFailure: Told of the first of several failures to store something; must not block.
    /// - Throws: ``StorageFailure``.
    public static func open(
        database: Database, bus: Bus<DeskEvent>, configuration: AlertConfiguration = AlertConfiguration(),
        now: Timestamp, onFailure: @escaping @Sendable (any Error) -> Void = { _ in }
    ) async throws -> Alerts {
        let book = try await database.read { snapshot in
            var book = AlertBook(configuration)
            let lately = try AlertStore.over(
                since: now - AlertBook.retention, limit: AlertBook.retainedCount, in: snapshot)
            book.resume(try AlertStore.open(in: snapshot), lately: lately, at: now)
            book.follow(try SilenceStore.list(isOver: false, at: now, in: snapshot), at: now)
            return book
        }
        return Alerts(database: database, bus: bus, book: book, onFailure: onFailure)
    }

    private init(
        database: Database, bus: Bus<DeskEvent>, book: AlertBook, onFailure: @escaping @Sendable (any Error) -> Void
    ) {
        self.database = database
        self.bus = bus
        self.book = NIOLockedValueBox(book)
        self.onFailure = onFailure
    }

    /// Judges a host's newest snapshot; takes microseconds and never waits for the disk.
    ///
    /// Snapshots of one host come in order; hosts may come from different threads.
    public func evaluate(_ snapshot: HostSnapshot, at now: Timestamp, monotonic: Monotonic) {
        let changes = turn.withLock {
            let outcome = book.withLockedValue { $0.take(snapshot, at: now, monotonic: monotonic) }
            for alert in outcome.refreshed { bus.publish(.alertChanged(alert)) }
            return outcome.changes
        }
        store(changes)
    }

    /// Follows other rules from the next snapshots on; open alerts of rules that are gone end.
    public func follow(_ configuration: AlertConfiguration) {
        book.withLockedValue { $0.follow(configuration) }
    }

    /// The metrics that rules compare with what is usual.
    public var unusual: [MetricPattern] { book.withLockedValue { $0.unusual } }

    /// Follows what is usual from now on, by host and metric, for rules that look for what is unusual.
    public func follow(usual: [String: [String: AlertBaseline]]) {
        book.withLockedValue { $0.follow(usual: usual) }
    }

    /// Expects values of hosts that reported before this process began: their silence counts from now on.
    public func expect(_ known: [HostSnapshot], monotonic: Monotonic) {
        book.withLockedValue { $0.expect(known, monotonic: monotonic) }
    }

    /// Open alerts, and those that were over in the last quarter of an hour if asked for; newest first.
    public func list(_ request: ListAlerts) -> [Alert] {
        book.withLockedValue { $0.list(request) }
    }

    /// How many alerts there are now.
    public var counts: AlertCounts { AlertCounts(book.withLockedValue { $0.open }) }

    /// Returns when everything that was decided so far is on the disk or given up.
    public func settle() async {
        await withCheckedContinuation { continuation in
            let isIdle = queue.withLockedValue { queue in
                if queue.isRunning { queue.idlers.append(continuation) }
                return !queue.isRunning
            }
            if isIdle { continuation.resume() }
        }
    }

    /// Called on the database's thread after a silence was made or ended; alerts follow with the next snapshot.
    func follow(_ silences: [Silence], at now: Timestamp) {
        book.withLockedValue { $0.follow(silences, at: now) }
    }

    /// Whether somebody ended this by hand, and it was not over since.
    func isHeldBack(_ raised: RaisedAlert) -> Bool { book.withLockedValue { $0.isHeldBack(raised) } }

    /// The open alert of this kind, or the one that was over last.
    func newest(of raised: RaisedAlert) -> Alert? { book.withLockedValue { $0.newest(of: raised) } }

    /// Decides on what somebody raised; whether it could, because no other change of it was on its way.
    ///
    /// - Throws: ``Problem`` `.rateLimited` when too many are open.
    func begin(_ raised: RaisedAlert, at now: Timestamp, monotonic: Monotonic) throws(Problem) -> Bool {
        let (change, isDecided, isFull) = turn.withLock {
            book.withLockedValue { book in
                if book.isFull(for: raised) { return (nil as AlertChange?, false, true) }
                let isWaiting = book.isWaiting(raised)
                return (isWaiting ? nil : book.raise(raised, at: now, monotonic: monotonic), !isWaiting, false)
            }
        }
        guard !isFull else {
            throw Problem(
                .rateLimited, "\(AlertBook.mostRaised) alerts from outside are open; end some of them first",
                retryAfter: 60)
        }
        store(change.map { [$0] } ?? [])
        return isDecided
    }

    /// Every alert that is open.
    var open: [Alert] { book.withLockedValue { $0.open } }

    /// Called on the database's thread after a response is durable.
    func publish(_ episode: AlertEpisode) {
        turn.withLock {
            let alert = book.withLockedValue { $0.adopt(episode) }
            bus.publish(.alertChanged(alert))
        }
    }
}

// MARK: - Storing what was decided

extension Alerts {
    private struct ChangeQueue {
        var waiting: [AlertChange] = []
        var isRunning = false
        var isFailing = false
        var idlers: [CheckedContinuation<Void, Never>] = []
    }

    func store(_ changes: [AlertChange]) {
        guard !changes.isEmpty else { return }
        let mustStart = queue.withLockedValue { queue in
            defer { queue.isRunning = true }
            queue.waiting += changes
            return !queue.isRunning
        }
        if mustStart { Task { await storeWaiting() } }
    }

    private func storeWaiting() async {
        while let changes = nextChanges() {
            do {
                try await write(changes)
                queue.withLockedValue { $0.isFailing = false }
            } catch {
                book.withLockedValue { book in for change in changes { book.abandon(change) } }
                report(error)
            }
        }
    }

    /// Everything that waits; `nil` when nothing does, and then this round of storing is over.
    private func nextChanges() -> [AlertChange]? {
        let (changes, idlers) = queue.withLockedValue { queue in
            let changes = queue.waiting
            queue.waiting = []
            queue.isRunning = !changes.isEmpty
            defer { if changes.isEmpty { queue.idlers = [] } }
            return (changes, changes.isEmpty ? queue.idlers : [])
        }
        for idler in idlers { idler.resume() }
        return changes.isEmpty ? nil : changes
    }

    private func write(_ changes: [AlertChange]) async throws {
        try await database.write { [self] transaction in
            var settled: [(change: AlertChange, number: AlertStore.Number?)] = []
            for change in changes {
                let number = try AlertStore.apply(change, in: transaction)
                settled.append((change, number))
                guard let number, var alert = change.after.alert else { continue }
                (alert.id, alert.previous) = (number.id, number.previous)
                for step in change.steps { try AlertTrail.record(step, alert, by: change.caller, in: transaction) }
                try AlertNoticeStore.append(change.calls, alert, at: change.at, in: transaction)
            }
            transaction.afterCommit { [settled] in self.finish(settled) }
        }
    }

    /// Called on the database's thread after the commit.
    private func finish(_ settled: [(change: AlertChange, number: AlertStore.Number?)]) {
        turn.withLock {
            for (change, number) in settled {
                guard let alert = book.withLockedValue({ $0.settle(change, as: number) }) else { continue }
                bus.publish(.alertChanged(alert))
            }
        }
    }

    private func report(_ error: any Error) {
        let isFirst = queue.withLockedValue { queue in
            defer { queue.isFailing = true }
            return !queue.isFailing
        }
        if isFirst { onFailure(error) }
    }
}
