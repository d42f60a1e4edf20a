import Foundation
import JSON
import Testing

/// What was acknowledged is there after `kill -9`, however often.
@Suite(.serialized, .onOwnThread)
struct KillTests {
    /// How often the gateway is killed; `WATCHDESK_KILLS=50` for the whole.
    private static let rounds = Int(ProcessInfo.processInfo.environment["WATCHDESK_KILLS"] ?? "") ?? 8

    @Test func `a gateway killed under load loses and doubles nothing that it confirmed`() async throws {
        let folder = try TemporaryFolder()
        var desk = try ServedDesk(folder)
        let customers = try (0..<8).map { try desk.customer("customer \($0)") }
        // Half of them talk to a person, half to the assistant, which writes too.
        for customer in customers.prefix(4) {
            try desk.ask("POST", "/v1/conversations/\(customer.conversation)/claim", token: desk.token, [:])
        }
        let load = try Load(customers: customers, seed: 1)
        var keys: [String] = []
        var startUps: [Duration] = []
        for round in 1...Self.rounds {
            let before = load.confirmed
            try await load.press(port: desk.port) {
                defer { desk.program.send(SIGKILL) }
                try load.waitForConfirmations(before + 40)
                let key = try desk.ask(
                    "POST", "/v1/keys", token: desk.token, ["name": .string("round \(round)"), "role": "agent"])
                if key.status == 201, let token = key.json["token"]?.text { keys.append(token) }
                try load.waitForConfirmations(before + 60 + round * 7 % 40)
            }
            #expect(try desk.program.end() == .signal(SIGKILL))
            desk = try ServedDesk(folder)
            startUps.append(desk.startUp)
        }
        try load.expectEverythingKept(in: desk)
        #expect(keys.count == Self.rounds)
        for key in keys { #expect(try desk.ask("GET", "/v1/me", token: key).status == 200) }
        let audit = try desk.ask("GET", "/v1/audit?limit=500", token: desk.token).text
        for round in 1...Self.rounds { #expect(audit.contains("round \(round)")) }
        #expect(startUps.sorted()[startUps.count / 2] < .seconds(2), "starts took \(startUps)")
        #expect(try desk.stop() == .exit(0))
        try folder.expectSound()
    }

    @Test func `who follows on a socket gets everything once and in order through five kills`() async throws {
        let folder = try TemporaryFolder()
        var desk = try ServedDesk(folder)
        let customers = try (0..<4).map { try desk.customer("customer \($0)") }
        let load = try Load(customers: customers, seed: 3)
        let admin = try desk.ask("POST", "/v1/keys", token: desk.token, ["name": "reader", "role": "agent"])
        let reader = RoomReader(
            customers.map(\.conversation), token: try #require(admin.json["token"]?.text))
        let thread = try OwnThread("reader")
        try reader.catchUp(port: desk.port)
        for round in 1...5 {
            let port = desk.port
            let following = Task(executorPreference: thread) { reader.follow(port: port) }
            let before = load.confirmed
            let program = desk.program
            try await load.press(port: port) {
                defer { program.send(SIGKILL) }
                try load.waitForConfirmations(before + 40 + round * 11 % 30)
            }
            #expect(try program.end() == .signal(SIGKILL))
            await following.value
            desk = try ServedDesk(folder)
        }
        try reader.catchUp(port: desk.port)
        for customer in customers {
            let last = try #require(try desk.transcript(customer.conversation).last?["offset"]?.wholeNumber)
            #expect(last > 20 && reader.offsets(in: customer.conversation) == Array(1...last))
        }
        #expect(reader.faults.isEmpty, "\(reader.faults)")
        try load.expectEverythingKept(in: desk)
        #expect(try desk.stop() == .exit(0))
    }

    @Test func `an acknowledgment, a conversation and the history are there after kill -9`() throws {
        let folder = try TemporaryFolder()
        try folder.write(
            ".config/watchdesk/alerts.yaml",
            "starter: false\nrules:\n  - name: always\n    metric: load.1\n    above: -1\n")
        var desk = try ServedDesk(folder)
        let customer = try desk.customer()
        let alert = try Deadline().ask("a firing alert") {
            try desk.ask("GET", "/v1/alerts", token: desk.token).json["items"]?.elements?.first {
                $0["condition"] == "firing"
            }
        }
        let id = try #require(alert["id"]?.wholeNumber)
        let acknowledged = try desk.ask(
            "POST", "/v1/alerts/\(id)/acknowledge", token: desk.token,
            ["note": "I restart the import", "minutes": 30])
        #expect(acknowledged.status == 200)
        let asked = try desk.ask(
            "POST", "/v1/conversations/\(customer.conversation)/messages", token: customer.token,
            ["text": "Is anybody there?"])
        #expect(asked.status == 201)
        let history = try Deadline().ask("three seconds of history") {
            let points = try points(of: desk)
            return points.count >= 3 ? points : nil
        }
        desk.program.send(SIGKILL)
        #expect(try desk.program.end() == .signal(SIGKILL))

        desk = try ServedDesk(folder)
        let alerts = try desk.ask("GET", "/v1/alerts", token: desk.token).json["items"]?.elements ?? []
        let kept = try #require(alerts.first { $0["id"]?.wholeNumber == id })
        for field in ["note", "acknowledged_by", "acknowledged_until", "acknowledged_at", "started_at"] {
            #expect(kept[field] != nil && kept[field] == acknowledged.json[field], "\(field)")
        }
        let transcript = try desk.transcript(customer.conversation)
        #expect(transcript.first?["text"] == "Is anybody there?")
        let after = try points(of: desk)
        // The newest samples may still have been in memory; what was written must be the same.
        #expect(after[history[0].at] == history[0].value, "\(history) became \(after)")
        #expect(try desk.stop() == .exit(0))
    }

    private func points(of desk: ServedDesk) throws -> [(at: String, value: Double)] {
        let series = try desk.ask("GET", "/v1/metrics?name=load.1&step=1", token: desk.token).json
        return (series["points"]?.elements ?? []).compactMap { point in
            guard let at = point["at"]?.text, let value = point["mean"]?.double else { return nil }
            return (at, value)
        }
    }
}

extension [(at: String, value: Double)] {
    /// The value of the point that starts here.
    fileprivate subscript(_ at: String) -> Double? { first { $0.at == at }?.value }
}
