import Bus
import DeskAPI
import Testing
import Vocabulary

@testable import Conversations

/// Whether a customer is there: told when it changes, and not when a page is loaded anew.
@Suite struct CustomerPresenceTests {
    private let first = ID<Conversation>(1)
    private let second = ID<Conversation>(2)

    private func after(_ seconds: Int) -> Timestamp { .start + .seconds(seconds) }

    private func come(_ book: inout CustomerBook, _ connection: Int, _ id: ID<Conversation>, at seconds: Int) -> Bool {
        book.come(connection, to: id, at: after(seconds))
    }

    private func expire(_ book: inout CustomerBook, at seconds: Int) -> Set<ID<Conversation>> {
        book.expire(at: after(seconds))
    }

    @Test func `who comes back within the grace was never gone`() {
        var book = CustomerBook()
        #expect(book.presence(of: first) == nil)
        #expect(come(&book, 1, first, at: 0))
        #expect(!come(&book, 2, first, at: 1), "a second window is no news")
        book.leave(1, from: first, at: after(2))
        book.leave(2, from: first, at: after(3))
        #expect(expire(&book, at: 12).isEmpty)
        #expect(!come(&book, 3, first, at: 12))
        #expect(expire(&book, at: 60).isEmpty)
        #expect(book.presence(of: first) == CustomerPresence(first, isOnline: true, since: .start))
    }

    @Test func `who stays away is gone since they left, and comes again`() {
        var book = CustomerBook()
        _ = book.come(1, to: first, at: .start)
        _ = book.come(2, to: second, at: .start)
        book.leave(1, from: first, at: after(5))
        book.leave(1, from: first, at: after(14))
        book.leave(7, from: second, at: after(5))
        #expect(expire(&book, at: 15) == [first])
        #expect(book.presence(of: first) == CustomerPresence(first, isOnline: false, since: after(5)))
        #expect(expire(&book, at: 99).isEmpty, "told once")
        #expect(come(&book, 3, first, at: 100))
        #expect(book.all.map(\.isOnline) == [true, true] && book.all.first?.since == after(100))
        book.forget(first)
        #expect(book.all.map(\.conversation) == [second])
    }

    @Test func `departures do not pile up`() {
        var book = CustomerBook()
        for number in 0..<5000 {
            let id = ID<Conversation>(Int64(number + 1))
            _ = book.come(number, to: id, at: .start)
            if number > 0 { book.leave(number, from: id, at: after(number)) }
        }
        #expect(expire(&book, at: 5010).count == 4999)
        #expect(book.all.count == CustomerBook.goneLimit + 1 && book.presence(of: first)?.isOnline == true)
        #expect(book.presence(of: second) == nil, "the oldest departure goes first")
        _ = book.come(9001, to: second, at: after(5011))
        book.leave(9001, from: second, at: after(5011))
        _ = book.expire(at: after(5011 + 86_399))
        #expect(book.all.map(\.conversation) == [first, second])
    }

    @Test func `whatever happens, what was told last is what is true`() {
        var generator = SplitMix64(seed: 3)
        var book = CustomerBook()
        var told: [ID<Conversation>: Bool] = [:]
        var connected: [ID<Conversation>: Set<Int>] = [:]
        var quietSince: [ID<Conversation>: Int] = [:]
        for step in 0..<6000 {
            let id = ID<Conversation>(Int64.random(in: 1...5, using: &generator))
            let connection = Int.random(in: 0..<3, using: &generator)
            switch Int.random(in: 0..<4, using: &generator) {
            case 0, 1:
                if book.come(connection, to: id, at: after(step)) { told[id] = true }
                connected[id, default: []].insert(connection)
                quietSince[id] = nil
            case 2:
                book.leave(connection, from: id, at: after(step))
                if connected[id]?.remove(connection) != nil, connected[id]?.isEmpty == true { quietSince[id] = step }
            default: for gone in book.expire(at: after(step)) { told[gone] = false }
            }
            for gone in book.expire(at: after(step)) { told[gone] = false }
            for (id, isOnline) in told {
                let isGone = connected[id]?.isEmpty ?? true && step - (quietSince[id] ?? step) >= 10
                #expect(isOnline == !isGone && book.presence(of: id)?.isOnline == isOnline, "step \(step)")
            }
        }
        #expect(told.count == 5)
    }

    @Test func `the staff is told when a customer comes and when they are gone`() async throws {
        let desk = try TemporaryDesk()
        let (_, id) = try await desk.customer()
        let events = desk.bus.subscribe(limit: 100)
        desk.conversations.attend(id, connection: 4, isThere: true, at: .start)
        desk.conversations.attend(id, connection: 4, isThere: false, at: after(30))
        desk.conversations.expirePresence(at: after(35))
        #expect(desk.conversations.presentCustomers().map(\.isOnline) == [true])
        desk.conversations.expirePresence(at: after(41))
        let gone = CustomerPresence(id, isOnline: false, since: after(30))
        #expect(desk.conversations.presentCustomers() == [gone])
        let told = await events.next().compactMap { reading -> CustomerPresence? in
            if case .event(.customerPresenceChanged(let presence)) = reading { presence } else { nil }
        }
        #expect(told.last == gone)
    }
}
