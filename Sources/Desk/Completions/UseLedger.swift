internal import DeskAPI
internal import Host
internal import Models
internal import NIOConcurrencyHelpers
internal import Vocabulary

/// Counts of completions on their way to the disk: many a second are written together, so that none waits for a disk.
///
/// A crash loses the counts of the last tenth of a second, never an answer.
final class UseLedger: Sendable {
    private struct Entry: Sendable {
        let use: ModelUse
        let route: ModelRoute
        let failures: Set<FailureGuard>
        let thread: Int64
        let charges: [BudgetCharge]
    }

    private let models: ModelDesk
    private let entries = NIOLockedValueBox<[Entry]>([])
    private let gathering = Gathering(for: .milliseconds(100))
    /// More than this are not kept: the disk does not take them.
    private static let most = 100_000

    init(_ models: ModelDesk) {
        self.models = models
    }

    /// Takes a use; never waits.
    func note(
        _ use: ModelUse, _ route: ModelRoute, _ failures: Set<FailureGuard>, thread: Int64 = 0,
        charging charges: [BudgetCharge] = []
    ) {
        let isFirst = entries.withLockedValue { entries in
            if entries.count < UseLedger.most {
                entries.append(Entry(use: use, route: route, failures: failures, thread: thread, charges: charges))
            }
            return entries.count == 1
        }
        if isFirst { gathering.ring() }
    }

    /// Writes until the task is cancelled, and then what is left.
    func run() async {
        await gathering.run(write)
        await write()
    }

    private func write() async {
        let waiting = entries.withLockedValue { entries in
            defer { entries.removeAll(keepingCapacity: true) }
            return entries
        }
        guard !waiting.isEmpty else { return }
        do {
            try await models.parts.models.record(
                waiting.map(\.use), charging: waiting.flatMap(\.charges), at: models.clock.now())
        } catch {
            models.configuration.log("\(waiting.count) completions are not counted: \(error)")
        }
        for (deployments, entries) in Dictionary(grouping: waiting, by: \.route.deployments) where !deployments.isEmpty
        {
            await models.observe(
                entries.map {
                    ObservedAnswer(conversation: $0.thread, isCanary: $0.route.isCanary, failures: $0.failures)
                }, of: deployments)
        }
    }
}
