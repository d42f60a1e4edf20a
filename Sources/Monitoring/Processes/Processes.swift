public import DeskAPI
public import Host
internal import NIOConcurrencyHelpers
public import Storage
public import Vocabulary

/// The processes of the gateway's own host: the newest scan, who used most before, and signals.
public final class Processes: Sendable {
    let audit: Database
    let root: String
    private let archive: ProcessHistory
    private let details: ProcessDetailReader
    private let owners: ProcessOwners
    private let state = NIOLockedValueBox(State())
    let users: NIOLockedValueBox<UserNames>

    private struct State {
        var newest: Newest?
        var lastAsked: Monotonic?
        var isScanning = false
        /// Who waits for the scan under way.
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    /// A scan with what is said about it.
    private struct Newest {
        let scan: ProcessScan
        let at: Timestamp
        let host: String
        let interval: Duration
        let cost: Duration
    }

    /// The processes under a root; the scans come through ``take(_:of:at:interval:cost:)``.
    ///
    /// - Parameters:
    ///   - history: Keeps who used most beside the metrics.
    ///   - audit: The durable database, with the audit trail's migrations.
    ///   - root: Where `/proc` and `/etc` are; signals are sent only where it is `/`.
    public init(history: MetricHistory, audit: Database, root: String) {
        archive = ProcessHistory(history: history)
        self.audit = audit
        self.root = root
        details = ProcessDetailReader(root: root)
        owners = ProcessOwners(root: root)
        users = NIOLockedValueBox(UserNames(root: root))
    }

    /// Says that a scan begins: who asks from now on waits for it, up to ``take(_:of:at:interval:cost:)`` or ``lose()``.
    public func beginScan() {
        state.withLockedValue { $0.isScanning = true }
    }

    private func endScan(with newest: Newest?) {
        let waiting = state.withLockedValue { state in
            defer { state.waiting = [] }
            state.isScanning = false
            state.newest = newest
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    /// Scans that take longer are not waited for: the one before is answered at once.
    private static let longestWait = Duration.milliseconds(50)

    private func scanUnderWay() async {
        await withCheckedContinuation { continuation in
            let waits = state.withLockedValue { state in
                guard state.isScanning, state.newest.map({ $0.cost <= Processes.longestWait }) ?? true else {
                    return false
                }
                state.waiting.append(continuation)
                return true
            }
            if !waits { continuation.resume() }
        }
    }

    /// Takes a scan and makes it what is listed; who used most is kept together with the next sample of the host.
    public func take(
        _ scan: ProcessScan, of host: String, at now: Timestamp, interval: Duration, cost: Duration
    ) {
        endScan(with: Newest(scan: scan, at: now, host: host, interval: interval, cost: cost))
        guard scan.hasShares else { return }
        let top = TopProcesses(of: scan, interval: interval.components.seconds) { owners.owner(of: $0, in: scan) }
        archive.keep(top, of: host, at: now)
    }

    /// Forgets the newest scan, because the processes can no longer be read.
    public func lose() {
        endScan(with: nil)
    }

    /// Whether somebody asked within the last seconds, so that scans are wanted more often.
    public func isWatched(at now: Monotonic) -> Bool {
        state.withLockedValue { $0.lastAsked.map { now - $0 < .seconds(5) } ?? false }
    }

    /// The processes that somebody asks for.
    ///
    /// - Throws: ``Problem`` `.invalidField` for a wrong filter, `.notFound` for another host or a moment of which
    ///   nothing is kept, `.unavailable` before the first scan; ``StorageFailure``.
    public func list(_ request: ListProcesses, at now: Monotonic) async throws -> ProcessList {
        let listing = try ProcessListing(request)
        if let moment = request.at { return try await past(listing, at: moment, now: now) }
        state.withLockedValue { $0.lastAsked = now }
        await scanUnderWay()
        guard let newest = await firstScan() else {
            throw Problem(
                .unavailable, "the processes of this host have not been read; /proc is not there, or not yet",
                retryAfter: 1)
        }
        try check(request.host, is: newest.host)
        var list = ProcessList()
        list.host = newest.host
        list.at = newest.at
        list.interval = max(1, newest.interval.components.seconds)
        list.scanCost = (newest.cost.inSeconds * 10_000).rounded() / 10
        list.total = Int64(newest.scan.entries.count)
        await fill(&list, listing, from: newest, at: now)
        return list
    }

    /// The newest scan; a desk that was opened just now has it after a moment.
    private func firstScan() async -> Newest? {
        for _ in 0..<Processes.startPolls {
            if let newest = state.withLockedValue({ $0.newest }) { return newest }
            do {
                try await Task.sleep(for: .milliseconds(50))
            } catch {
                break
            }
        }
        return state.withLockedValue { $0.newest }
    }

    /// How often the first scan is looked for: a second in all.
    private static let startPolls = 20

    private func fill(
        _ list: inout ProcessList, _ listing: ProcessListing, from newest: Newest, at now: Monotonic
    ) async {
        let scan = newest.scan
        // Where all fit into the answer, they are looked at once.
        let isWhole = listing.query.isEmpty && scan.entries.count <= Int(listing.request.limit)
        let needs = isWhole ? .everything : listing.needs
        let all = await records(of: scan.entries, in: scan, with: needs, at: now)
        list.isPartial = listing.needs.details && !all.isComplete
        listing.fill(&list, from: all.records)
        guard !isWhole else { return }
        // The rest is read only of those that are answered.
        let entries = list.items.compactMap { scan.entry(of: Int32(clamping: $0.pid)) }
        list.items = await records(of: entries, in: scan, with: .everything, at: now).records
    }

    private func records(
        of entries: [ProcessEntry], in scan: ProcessScan, with needs: ProcessListing.Needs, at now: Monotonic
    ) async -> (records: [RunningProcess], isComplete: Bool) {
        var read = ProcessDetails()
        if needs.details {
            let subjects = entries.map { ProcessDetailReader.Subject($0, in: scan) }
            read = await details.details(of: subjects, readsTraffic: needs.traffic, at: now)
        }
        let items = read.items
        let records = users.withLockedValue { users in
            entries.enumerated().map { place, entry in
                let owner = needs.user ? owners.owner(of: entry, in: scan) : nil
                return RunningProcess(
                    entry, in: scan, user: owner.map { users.name(of: $0, at: now) } ?? "n/a",
                    needs.details ? items[place] : nil)
            }
        }
        return (records, read.isComplete)
    }

    private func past(_ listing: ProcessListing, at moment: Timestamp, now: Monotonic) async throws -> ProcessList {
        guard let host = await firstScan()?.host else {
            throw Problem(.unavailable, "this host has not been sampled yet; try again in a second", retryAfter: 1)
        }
        try check(listing.request.host, is: host)
        guard let found = try await kept(atOrBefore: moment, of: host) else {
            throw Problem(.notFound, try await nothingKept(at: moment, of: host))
        }
        let records = users.withLockedValue { users in
            found.top.items.map { item in
                item.record { users.name(of: UInt32(clamping: $0), at: now) }
            }
        }
        var list = ProcessList()
        list.host = host
        list.at = Timestamp(milliseconds: found.second * 1000)
        list.interval = max(1, found.top.interval)
        list.isPast = true
        list.total = found.top.total
        listing.fill(&list, from: records)
        return list
    }

    private func kept(atOrBefore moment: Timestamp, of host: String) async throws -> ProcessHistory.Moment? {
        do {
            return try await archive.moment(atOrBefore: moment, of: host)
        } catch is HistoryFailure {
            return nil
        }
    }

    private func nothingKept(at moment: Timestamp, of host: String) async throws -> String {
        let oldest: Int64?
        do {
            oldest = try await archive.oldest(of: host)
        } catch is HistoryFailure {
            oldest = nil
        }
        let kept = oldest.map { "the oldest kept second is \(Timestamp(milliseconds: $0 * 1000).rfc3339)" }
        return "no processes were kept at or before \(moment.rfc3339); \(kept ?? "nothing was kept yet")"
    }

    private func check(_ wanted: String?, is own: String) throws(Problem) {
        guard let wanted, wanted != own else { return }
        let name = SafeText(untrusted: wanted, limit: 256).oneLine
        throw Problem(
            .notFound, "the processes of `\(name)` are not read here, only those of the gateway's own host, `\(own)`")
    }
}
