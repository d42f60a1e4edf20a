import JSON
import NIOConcurrencyHelpers
import Vocabulary

/// Customers that write as fast as they are answered, each with an idempotency key, and note what was acknowledged.
final class Load: Sendable {
    let customers: [ServedDesk.Customer]
    private let threads: [OwnThread]
    private let isOver = NIOLockedValueBox(false)
    private let notes: [NIOLockedValueBox<Notes>]

    /// What one customer knows about its messages.
    struct Notes: Sendable {
        /// The offset that was confirmed for each key.
        var confirmed: [String: Int64] = [:]
        /// The message that was sent and not confirmed: sent again first.
        var open: String?
        /// Confirmations that said "duplicate" of an offset that was known differently.
        var contradictions: [String] = []
        fileprivate var random = SeededRandom(seed: 0)
        fileprivate var count: Int64 = 0
    }

    init(customers: [ServedDesk.Customer], seed: UInt64) throws {
        self.customers = customers
        threads = try customers.map { try OwnThread("customer-\($0.conversation)") }
        notes = customers.map { customer in
            var notes = Notes()
            notes.random = SeededRandom(seed: seed &+ UInt64(customer.conversation))
            return NIOLockedValueBox(notes)
        }
    }

    /// What a customer knows.
    func notes(of index: Int) -> Notes { notes[index].withLockedValue { $0 } }

    /// How many messages were confirmed to all of them together.
    var confirmed: Int { notes.reduce(0) { $0 + $1.withLockedValue { $0.confirmed.count } } }

    /// Everybody writes until the gateway is gone or refuses; meanwhile `disturb` is run, on this thread.
    func press(port: Int, while disturb: () throws -> Void) async throws {
        isOver.withLockedValue { $0 = false }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in customers.indices {
                group.addTask(executorPreference: threads[index]) { self.write(as: index, port: port) }
            }
            // Nobody writes on when the disturbance failed: the gateway may live.
            defer { isOver.withLockedValue { $0 = true } }
            try disturb()
            try await group.waitForAll()
        }
    }

    /// Waits, on this thread, until so many messages were confirmed in all.
    func waitForConfirmations(_ count: Int) throws {
        _ = try Deadline().ask("\(count) confirmations; there are \(confirmed)") { confirmed >= count ? true : nil }
    }

    private func write(as index: Int, port: Int) {
        do {
            let connection = try HTTPConnection(port: port)
            while !isOver.withLockedValue({ $0 }) {
                let key = nextKey(of: index)
                let answer = try connection.ask(
                    "POST", "/v1/conversations/\(customers[index].conversation)/messages",
                    token: customers[index].token,
                    body: Array(#"{"cid":"\#(key)","text":"message \#(key)"}"#.utf8))
                guard answer.status == 201 || answer.status == 200 else { return }
                guard let offset = answer.json["offset"]?.wholeNumber else { return }
                confirm(key, at: offset, to: index)
            }
        } catch {
            // The gateway is gone: what was not confirmed is sent again to the next one.
        }
    }

    private func nextKey(of index: Int) -> String {
        notes[index].withLockedValue { notes in
            if let open = notes.open { return open }
            notes.count += 1
            let key = ULID(at: Timestamp(milliseconds: notes.count), randomness: &notes.random).description
            notes.open = key
            return key
        }
    }

    private func confirm(_ key: String, at offset: Int64, to index: Int) {
        notes[index].withLockedValue { notes in
            if let before = notes.confirmed.updateValue(offset, forKey: key), before != offset {
                notes.contradictions.append("\(key): \(before), then \(offset)")
            }
            notes.open = nil
        }
    }
}
