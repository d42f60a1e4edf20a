import DeskAPI
import Testing
import Vocabulary

@testable import Conversations

/// Who of the staff is there, and what is before their eyes.
@Suite struct PresenceTests {
    private let first = ID<Conversation>(1)
    private let second = ID<Conversation>(2)

    private func set(
        _ book: inout PresenceBook, _ actor: String, _ device: String, _ state: PresenceState,
        _ viewing: ID<Conversation>? = nil, at seconds: Int = 0
    ) -> Set<ID<Conversation>> {
        book.set(
            SetPresence(device: device, state: state, viewing: viewing), of: actor, named: actor,
            at: .start + .seconds(seconds))
    }

    @Test func `a person is what the liveliest device is, and is gone with the last`() {
        var book = PresenceBook()
        #expect(set(&book, "ana", "laptop", .idle, first) == [first])
        #expect(set(&book, "ana", "phone", .busy, first) == [first])
        #expect(book.present.map(\.state) == [.busy] && book.present[0].devices.count == 2)
        #expect(book.viewers(of: first).map(\.state) == [.busy])
        #expect(set(&book, "ana", "phone", .active, second, at: 1) == [first, second])
        #expect(book.viewers(of: first).map(\.state) == [.idle])
        #expect(set(&book, "ana", "phone", .gone) == [second])
        #expect(set(&book, "ana", "laptop", .gone) == [first])
        #expect(book.present.isEmpty && book.nextExpiry == nil)
    }

    @Test func `saying the same again is no news, but keeps the device for another minute`() {
        var book = PresenceBook()
        _ = set(&book, "ana", "laptop", .active, first)
        #expect(set(&book, "ana", "laptop", .active, first, at: 30).isEmpty)
        #expect(book.viewers(of: first).first?.since == .start)
        #expect(book.expire(at: .start + .seconds(89)).isEmpty)
        #expect(book.expire(at: .start + .seconds(90)) == [first])
        #expect(book.viewers(of: first).isEmpty && book.present.isEmpty)
    }

    @Test func `a broken connection that comes back within ten seconds is no coming and going`() {
        var book = PresenceBook()
        _ = set(&book, "ana", "laptop", .active, first)
        book.cutOff("laptop", of: "ana", at: .start + .seconds(1))
        #expect(book.expire(at: .start + .seconds(10)).isEmpty)
        #expect(set(&book, "ana", "laptop", .active, first, at: 10).isEmpty)
        #expect(book.expire(at: .start + .seconds(12)).isEmpty)
        book.cutOff("laptop", of: "ana", at: .start + .seconds(20))
        #expect(book.expire(at: .start + .seconds(30)) == [first])
        book.cutOff("laptop", of: "nobody", at: .start)
    }

    @Test func `who came first stands first, and a person has twenty devices at most`() {
        var book = PresenceBook()
        _ = set(&book, "ben", "laptop", .active, first, at: 1)
        _ = set(&book, "ana", "laptop", .active, first, at: 2)
        #expect(book.viewers(of: first).map(\.user) == ["ben", "ana"])
        for number in 0..<50 { _ = set(&book, "ana", "tab \(number)", .active, second, at: 3 + number) }
        #expect(book.present.first { $0.user == "ana" }?.devices.count == PresenceBook.deviceLimit)
        #expect(book.viewers(of: first).map(\.user) == ["ben"])
        #expect(book.dismiss("ana") == [second])
    }

    @Test func `what is said to have changed is all that changed, whatever happens`() {
        var generator = SplitMix64(seed: 11)
        var book = PresenceBook()
        let actors = ["ana", "ben", "cleo"]
        for step in 0..<4000 {
            let before = (1...4).map { book.viewers(of: ID($0)).map { "\($0.user) \($0.state)" }.sorted() }
            let (actor, device) = (actors[Int.random(in: 0..<3, using: &generator)], "d\(step % 3)")
            let now = Timestamp.start + .seconds(step * 3)
            let changed: Set<ID<Conversation>>
            switch Int.random(in: 0..<8, using: &generator) {
            case 0: changed = book.expire(at: now)
            case 1: changed = book.dismiss(actor)
            case 2:
                book.cutOff(device, of: actor, at: now)
                changed = []
            default:
                let states: [PresenceState] = [.active, .idle, .busy, .gone]
                let viewing = Int64.random(in: 0...4, using: &generator)
                changed = book.set(
                    SetPresence(
                        device: device, state: states[Int.random(in: 0..<4, using: &generator)],
                        viewing: viewing == 0 ? nil : ID(viewing)), of: actor, named: actor, at: now)
            }
            let after = (1...4).map { book.viewers(of: ID($0)).map { "\($0.user) \($0.state)" }.sorted() }
            let different = Set((0..<4).filter { before[$0] != after[$0] }.map { ID<Conversation>(Int64($0 + 1)) })
            #expect(changed == different)
        }
    }
}
