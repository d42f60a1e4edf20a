import Bus
import Conversations
import DeskAPI
import Storage
import Testing
import Vocabulary

/// What is noted of customers, and two of them who are one person.
@Suite struct CustomerTests {
    private func number(_ caller: Caller) -> ID<Customer> {
        if case .customer(let id) = caller.identity { id } else { ID(0) }
    }

    private func set(
        _ desk: TemporaryDesk, _ customer: ID<Customer>, _ attributes: [(String, String)], name: String? = nil
    ) async throws -> CustomerProfile {
        var change = UpdateCustomer(customer)
        change.name = name
        change.attributes = attributes.map { CustomerAttribute($0.0, $0.1) }
        return try await desk.conversations.update(change, by: ana, at: .start)
    }

    @Test func `attributes are set, changed and taken away, and what is wrong changes nothing`() async throws {
        let desk = try TemporaryDesk()
        let (customer, id) = try await desk.customer("Crystal")
        let own = number(customer)
        _ = try await set(desk, own, [("plan", "gold"), ("mail", "c@example.org")])
        let changed = try await set(desk, own, [("plan", ""), ("mail", "d@example.org")], name: "Crystal M.")
        #expect(changed.attributes == [CustomerAttribute("mail", "d@example.org")] && changed.name == "Crystal M.")
        #expect(try await desk.conversations.show(id, to: ana).customerName == "Crystal M.")
        await #expect(throws: Problem.self) { try await set(desk, own, [("ok", "1"), ("Not A Name", "x")]) }
        await #expect(throws: Problem.self) { try await set(desk, own, (0..<60).map { ("a\($0)", "x") }) }
        await #expect(throws: Problem.self) { try await set(desk, ID(99), [("a", "b")]) }
        #expect(try await desk.conversations.customer(own).attributes.map(\.name) == ["mail"])
    }

    @Test func `who goes into another brings everything along, and is that one from then on`() async throws {
        let desk = try TemporaryDesk()
        let events = desk.bus.subscribe(limit: 1000) { if case .customerMerged = $0 { true } else { false } }
        let (first, old) = try await desk.customer("Crystal")
        let (second, new) = try await desk.customer("C.")
        let (third, newest) = try await desk.customer("Cr.")
        _ = try await set(desk, number(first), [("plan", "gold")])
        _ = try await set(desk, number(second), [("plan", "basic"), ("city", "Lyon")])
        _ = try await desk.conversations.block(
            BlockCustomer(number(second), blocked: true), by: admin, at: .start)
        _ = try await desk.conversations.merge(MergeCustomers(number(third), into: number(second)), by: ana, at: .start)
        let merged = try await desk.conversations.merge(
            MergeCustomers(number(second), into: number(first)), by: ana, at: .start)
        #expect(Set(merged.conversations.map(\.id)) == [old, new, newest] && merged.blocked)
        #expect(merged.attributes == [CustomerAttribute("city", "Lyon"), CustomerAttribute("plan", "gold")])
        #expect(desk.conversations.merged(number(third)) == number(first), "the third follows the second")
        #expect(try await desk.conversations.show(new, to: first).customerName == "Crystal")
        #expect(await events.next().count >= 1)
        await #expect(throws: Problem.self, "nobody is there twice") {
            try await desk.conversations.merge(MergeCustomers(number(second), into: number(first)), by: ana, at: .start)
        }
        await #expect(throws: Problem.self) {
            try await desk.conversations.merge(MergeCustomers(number(first), into: number(first)), by: ana, at: .start)
        }
        // After a start it is known again.
        let again = try TemporaryDesk(in: desk)
        try again.conversations.readMerged()
        #expect(again.conversations.merged(number(second)) == number(first))
        let receipt = try await desk.conversations.delete(number(first), by: admin, at: .start)
        #expect(receipt.left == 0 && receipt.conversations == 3)
        for caller in [first, second, third] {
            await #expect(throws: Problem.self) { try await desk.conversations.customer(number(caller)) }
        }
    }
}
