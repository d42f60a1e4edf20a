import DeskAPI
import Storage
import Testing
import Vocabulary

@testable import Conversations

/// Whether anybody is there to answer, and how customers can be reached when nobody is.
@Suite struct AttendanceTests {
    @Test func `who is there is known by their device, by taking conversations, or by a connection`() async throws {
        let desk = try TemporaryDesk()
        func attended(_ seconds: Int = 0) -> Bool {
            desk.conversations.attendance(at: .start + .seconds(seconds)).attended
        }
        #expect(!attended())
        let sre = Caller(identity: .key(ID(8)), role: .sre, name: "nina")
        _ = try desk.conversations.set(SetPresence(device: "a", state: .active), of: sre, at: .start)
        #expect(!attended(), "who watches hosts does not answer customers")
        _ = try desk.conversations.set(SetPresence(device: "a", state: .idle), of: ana, at: .start)
        #expect(attended())
        _ = try desk.conversations.set(SetPresence(device: "a", state: .gone), of: ana, at: .start)
        #expect(!attended())
        _ = try await desk.conversations.set(SetAvailability(capacity: 1, minutes: 1), of: ana, at: .start)
        #expect(attended(59) && !attended(61))
        desk.conversations.observeStaff { true }
        #expect(attended(61) && desk.conversations.wordsOfAbsence(at: .start + .seconds(61)) == nil)
    }

    @Test func `closed hours say when the desk is back, by its own clocks`() throws {
        let desk = try TemporaryDesk()
        desk.conversations.follow(
            try SupportFile.read(
                Array("zone: +02:00\nhours: {mon-fri: [\"09:00-17:00\"]}\n".utf8), file: "support.yaml"))
        // 2026-11-22 was a Sunday.
        let attendance = desk.conversations.attendance(at: .start)
        #expect(!attendance.open && attendance.opensAt?.rfc3339 == "2026-11-23T07:00:00.000Z")
        let words = desk.conversations.wordsOfAbsence(at: .start)
        #expect(words?.contains("We are back on Monday, 23 November, at 09:00.") == true)
    }

    @Test func `an address is kept with the customer, seen by colleagues, and gone with the customer`() async throws {
        let desk = try TemporaryDesk()
        let (customer, id) = try await desk.customer()
        let (stranger, _) = try await desk.customer()
        try await desk.conversations.requestPerson(id, reason: "asked", at: .start)
        let left = LeaveContact(id, mail: "crystal@example.org", phone: "+49 (30) 123-456")
        #expect(!(try await desk.conversations.leave(left, by: customer, at: .start)).attended)
        guard case .customer(let number) = customer.identity else { return }
        let profile = try await desk.conversations.customer(number)
        #expect(profile.attributes.map(\.name) == ["mail", "phone"])
        #expect(try await desk.conversations.show(id, to: ana).tags == ["left-contact"])
        #expect(try await desk.texts(of: id).last?.contains("can be reached: mail crystal@example.org") == true)
        #expect(!(try await desk.texts(of: id, for: customer).contains { $0.contains("can be reached") }))
        await #expect(throws: Problem.self) { try await desk.conversations.leave(left, by: stranger, at: .start) }
        #expect(try await desk.conversations.delete(number, by: admin, at: .start).left == 0)
    }

    @Test(arguments: ["a", "a@b", "@example.org", "a@b@c.org", "a b@c.org", "a@c.org\u{1B}[2J", "a@\n.org"])
    func `what is no address is refused`(_ mail: String) async throws {
        let desk = try TemporaryDesk()
        let (customer, id) = try await desk.customer()
        await #expect(throws: Problem.self) {
            try await desk.conversations.leave(LeaveContact(id, mail: mail), by: customer, at: .start)
        }
        await #expect(throws: Problem.self) {
            try await desk.conversations.leave(LeaveContact(id), by: customer, at: .start)
        }
        await #expect(throws: Problem.self) {
            try await desk.conversations.leave(LeaveContact(id, phone: "call me"), by: customer, at: .start)
        }
    }

    @Test(.timeLimit(.minutes(1))) func `asking a hundred thousand times costs no more than asking once each`()
        async throws
    {
        let desk = try TemporaryDesk()
        desk.conversations.observeStaff { false }
        desk.conversations.hear { _, _ in 0.5 }
        // Each look once wrapped the closure in one more: the last went through all of them, and it took minutes.
        for _ in 0..<100_000 {
            _ = desk.conversations.attendance(at: .start)
            guard await desk.conversations.feeling(of: "x", by: .customer) == 0.5 else {
                Issue.record("nobody answers")
                return
            }
        }
    }
}
