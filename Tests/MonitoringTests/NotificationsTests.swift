import DeskAPI
import Storage
import Testing
import Vocabulary
import YAML

@testable import Monitoring

/// The engine on a real database with a clock that a test moves.
final class NoticeScene {
    let folder: AlertFolder
    let database: Database
    let notifications: Notifications
    var now = Timestamp(milliseconds: 1_795_371_600_000)
    private var revision: Int64 = 0

    static let usual = """
        receivers:
          - {name: chat, webhook: {url: "http://127.0.0.1:1"}, attempts: 3}
          - {name: page, webhook: {url: "http://127.0.0.1:2"}, send_resolved: false}
        route:
          receiver: chat
          group_wait: 10s
          group_interval: 1m
          repeat_interval: 1h
          quiet_hours: [nights]
          routes:
            - {matchers: [severity="critical"], receiver: page, continue: true}
            - {matchers: [severity="critical"], receiver: chat}
        quiet_hours:
          - {name: nights, from: "22:00", to: "07:00", zone: UTC}
        """

    init(_ text: String = NoticeScene.usual, on folder: AlertFolder = AlertFolder()) throws {
        self.folder = folder
        database = try folder.database()
        let configuration = try NotifyFile.read(Array(text.utf8), file: "notify.yaml", zones: { _ in nil })
        var backOff = NoticeBackOff()
        backOff.base = .seconds(1)
        notifications = Notifications(database: database, configuration: configuration, backOff: backOff)
    }

    /// Appends a notice in a transaction, as the alerts do.
    func tell(
        _ reason: AlertNotice.Reason, alert id: Int64 = 1, host: String = "desk-1", severity: Severity = .warning
    ) async throws {
        revision += 1
        var alert = Alert()
        alert.rule = "cpu-busy"
        alert.id = ID(id)
        alert.host = host
        alert.metric = "cpu.busy"
        alert.category = "system"
        alert.severity = severity
        alert.summary = "Processors busy"
        alert.condition = reason == .resolved ? .resolved : .firing
        alert.startedAt = now
        alert.firedAt = now
        alert.revision = revision
        let (told, at) = (alert, now)
        try await database.write { transaction in
            try AlertNoticeStore.append([reason], told, at: at, in: transaction)
        }
    }

    /// What is to be sent after some time.
    func turn(after time: Duration = .zero, busy: Set<String> = []) async throws -> [NoticeMessage] {
        now = now + time
        return try await notifications.turn(at: now, busy: busy).messages.map(\.message)
    }

    func settle(_ message: NoticeMessage, _ outcome: NoticeMessage.Outcome = .delivered) async throws {
        try await notifications.settle(message.id, outcome, at: now)
    }

    func all(_ state: NoticeDelivery.State? = nil) async throws -> [NoticeMessage] {
        var request = ListNotices()
        request.state = state
        return try await notifications.list(request)
    }
}

struct NotificationsTests {
    @Test func `notices of one host wait for each other and go out as one message`() async throws {
        let scene = try NoticeScene()
        try await scene.tell(.fired, alert: 1)
        #expect(try await scene.turn().isEmpty)
        try await scene.tell(.fired, alert: 2)
        try await scene.tell(.fired, alert: 3, host: "desk-2")
        #expect(try await scene.turn(after: .seconds(5)).isEmpty)
        let first = try await scene.turn(after: .seconds(5))
        #expect(first.map { $0.entries.map(\.alert.id.number) } == [[1, 2]])
        try await scene.settle(first[0])
        let second = try await scene.turn(after: .seconds(5))
        #expect(second.map { $0.entries.map(\.alert.host) } == [["desk-2"]])
    }

    @Test func `what happens after a message waits for the interval`() async throws {
        let scene = try NoticeScene()
        try await scene.tell(.fired, alert: 1)
        _ = try await scene.turn()
        try await scene.settle(try await scene.turn(after: .seconds(10))[0])
        try await scene.tell(.fired, alert: 2)
        #expect(try await scene.turn(after: .seconds(20)).isEmpty)
        let later = try await scene.turn(after: .seconds(40))
        #expect(later.map { $0.entries.map(\.alert.id.number) } == [[2]])
    }

    @Test func `the same step is told once, however often it is appended and after a restart`() async throws {
        let scene = try NoticeScene()
        try await scene.tell(.fired)
        try await scene.database.write { transaction in
            try transaction.run(
                """
                INSERT OR IGNORE INTO alert_notice (alert, revision, reason, level, at, snapshot)
                SELECT alert, revision, reason, level, at, snapshot FROM alert_notice
                """)
        }
        _ = try await scene.turn()
        let first = try #require(try await scene.turn(after: .seconds(10)).first)
        scene.database.close()
        let next = try NoticeScene(on: scene.folder)
        next.now = scene.now
        // It was on the wire when the process ended: the same message again, under the same key.
        let again = try await next.turn()
        #expect(again.map(\.key) == [first.key] && again.map(\.entries) == [first.entries])
        try await next.settle(again[0])
        #expect(try await next.turn(after: .seconds(600)).isEmpty)
        #expect(try await next.all().count == 1)
    }

    @Test func `a receiver that a message is on the way to gets no second one`() async throws {
        let scene = try NoticeScene()
        try await scene.tell(.fired, host: "a")
        try await scene.tell(.fired, alert: 2, host: "b")
        _ = try await scene.turn()
        #expect(try await scene.turn(after: .seconds(10)).count == 1)
        #expect(try await scene.turn(busy: ["chat"]).isEmpty)
    }

    @Test func `failures are tried again after a while and become a dead letter after the last attempt`() async throws {
        let scene = try NoticeScene()
        try await scene.tell(.fired)
        _ = try await scene.turn()
        scene.now = scene.now + .seconds(10)
        for attempt in 1...3 {
            let message = try #require(try await scene.turn().first)
            #expect(message.attempts == attempt - 1)
            try await scene.settle(message, .failed("it answered with status 500", retryAfter: .seconds(30)))
            #expect(try await scene.turn(after: .seconds(29)).isEmpty)
            scene.now = scene.now + .seconds(1)
        }
        let dead = try await scene.all(.dead)
        #expect(dead.map(\.attempts) == [3] && dead.map(\.fault) == ["it answered with status 500"])
        #expect(try await scene.turn(after: .seconds(7200)).isEmpty)
    }

    @Test func `what is refused is a dead letter at once, and can be tried again or discarded`() async throws {
        let scene = try NoticeScene()
        try await scene.tell(.fired)
        _ = try await scene.turn()
        let message = try #require(try await scene.turn(after: .seconds(10)).first)
        try await scene.settle(message, .refused("it answered with status 404"))
        #expect(try await scene.all(.dead).count == 1)
        _ = try await scene.notifications.retry(message.id, by: .ana, at: scene.now)
        let again = try #require(try await scene.turn().first)
        #expect(again.key == message.key)
        try await scene.settle(again, .refused("it answered with status 404"))
        _ = try await scene.notifications.drop(message.id, by: .ana, at: scene.now)
        #expect(try await scene.all(.discarded).count == 1)
        await #expect(throws: Problem.self) {
            _ = try await scene.notifications.retry(message.id, by: .ana, at: scene.now)
        }
        await #expect(throws: Problem.self) { _ = try await scene.notifications.drop(99, by: .ana, at: scene.now) }
        let actions = try await scene.database.read { try AuditTrail.entries(limit: 10, in: $0) }.map(\.draft.action)
        #expect(actions == ["notice.drop", "notice.retry"])
    }

    @Test func `an end is told only to those who heard of the beginning`() async throws {
        let scene = try NoticeScene()
        try await scene.tell(.resolved)
        _ = try await scene.turn()
        #expect(try await scene.turn(after: .seconds(10)).isEmpty)
        try await scene.tell(.fired, alert: 2)
        _ = try await scene.turn()
        try await scene.settle(try await scene.turn(after: .seconds(10))[0])
        try await scene.tell(.resolved, alert: 2)
        _ = try await scene.turn()
        let end = try await scene.turn(after: .seconds(60))
        #expect(end.map { $0.entries.map(\.reason) } == [[.resolved]])
    }

    @Test func `an end never overtakes a beginning that is still on its way`() async throws {
        let scene = try NoticeScene()
        try await scene.tell(.fired)
        _ = try await scene.turn()
        let first = try #require(try await scene.turn(after: .seconds(10)).first)
        try await scene.settle(first, .failed("away", retryAfter: .seconds(300)))
        try await scene.tell(.resolved)
        #expect(try await scene.turn(after: .seconds(120)).isEmpty)
        let again = try #require(try await scene.turn(after: .seconds(180)).first)
        #expect(again.key == first.key)
        try await scene.settle(again)
        let end = try await scene.turn(after: .seconds(60))
        #expect(end.map { $0.entries.map(\.reason) } == [[.resolved]])
    }

    @Test func `routes go on where they say so, and a receiver that wants no ends hears none`() async throws {
        let scene = try NoticeScene()
        try await scene.tell(.fired, severity: .critical)
        _ = try await scene.turn()
        let both = try await scene.turn(after: .seconds(10))
        #expect(Set(both.map(\.receiver)) == ["chat", "page"])
        for message in both { try await scene.settle(message) }
        try await scene.tell(.resolved, severity: .critical)
        _ = try await scene.turn()
        #expect(try await scene.turn(after: .seconds(60)).map(\.receiver) == ["chat"])
    }

    @Test func `in quiet hours only what is critical is told; the rest follows at their end`() async throws {
        let scene = try NoticeScene()
        scene.now = try #require(Timestamp(rfc3339: "2026-11-27T23:00:00Z"))
        try await scene.tell(.fired, alert: 1)
        try await scene.tell(.fired, alert: 2, host: "desk-2", severity: .critical)
        _ = try await scene.turn()
        let loud = try await scene.turn(after: .seconds(10))
        #expect(Set(loud.flatMap { $0.entries.map(\.alert.id.number) }) == [2])
        for message in loud { try await scene.settle(message) }
        let morning = try #require(Timestamp(rfc3339: "2026-11-28T07:00:00Z"))
        let turn = try await scene.notifications.turn(at: morning - .seconds(1), busy: [])
        #expect(turn.messages.isEmpty && turn.next == morning)
        let held = try await scene.notifications.turn(at: morning, busy: []).messages
        #expect(held.map { $0.message.entries.map(\.alert.id.number) } == [[1]])
    }

    @Test func `what is critical is told although much that is not waits before it`() async throws {
        let scene = try NoticeScene()
        scene.now = try #require(Timestamp(rfc3339: "2026-11-27T23:00:00Z"))
        for id in 1...150 { try await scene.tell(.fired, alert: Int64(id)) }
        try await scene.tell(.fired, alert: 999, severity: .critical)
        _ = try await scene.turn()
        let chat = try await scene.turn(after: .seconds(10)).filter { $0.receiver == "chat" }
        #expect(chat.map { $0.entries.map(\.alert.id.number) } == [[999]])
        try await scene.settle(chat[0])
        scene.now = try #require(Timestamp(rfc3339: "2026-11-28T07:00:00Z"))
        let first = try await scene.turn(busy: ["page"])
        #expect(first.map(\.entries.count) == [100])
        try await scene.settle(first[0])
        let rest = try await scene.turn(busy: ["page"])
        #expect(rest.map(\.entries.count) == [50])
    }

    @Test func `hours that hold even what is critical do so`() async throws {
        let text = NoticeScene.usual.replacing("from:", with: "hold_critical: true, from:")
        let scene = try NoticeScene(text)
        scene.now = try #require(Timestamp(rfc3339: "2026-11-27T23:00:00Z"))
        try await scene.tell(.fired, severity: .critical)
        _ = try await scene.turn()
        #expect(try await scene.turn(after: .seconds(10)).isEmpty)
        scene.now = try #require(Timestamp(rfc3339: "2026-11-28T07:00:00Z"))
        #expect(Set(try await scene.turn().map(\.receiver)) == ["chat", "page"])
    }

    @Test func `groups that are over are forgotten, and nobody is reminded of what no longer fires`()
        async throws
    {
        let scene = try NoticeScene()
        try await scene.tell(.fired, alert: 5)
        _ = try await scene.turn()
        try await scene.settle(try await scene.turn(after: .seconds(10))[0])
        // The alert's own table does not have it: nobody can say that it still fires.
        #expect(try await scene.turn(after: .seconds(3600)).isEmpty)
        try await scene.tell(.resolved, alert: 5)
        _ = try await scene.turn()
        try await scene.settle(try await scene.turn(after: .seconds(60))[0])
        try await scene.tell(.fired, alert: 6, host: "other")
        _ = try await scene.turn(after: .seconds(3600))
        let groups = try await scene.database.read {
            try $0.rows("SELECT labels FROM notice_group") { try $0[0] as String }
        }
        #expect(groups == [#"[["host","other"]]"#])
    }

    @Test func `a receiver that the file no longer has leaves dead letters, not silence`() async throws {
        let scene = try NoticeScene()
        try await scene.tell(.fired)
        _ = try await scene.turn()
        scene.notifications.configuration = NotifyConfiguration()
        let turn = try await scene.notifications.turn(at: scene.now + .seconds(10), busy: [])
        #expect(turn.messages.map(\.receiver.isKnown) == [false])
    }

    @Test func `without anything to do nothing is waited for`() async throws {
        let scene = try NoticeScene()
        let turn = try await scene.notifications.turn(at: scene.now, busy: [])
        #expect(turn.messages.isEmpty && turn.next == nil)
    }

    @Test func `a clock that is set moves what waits`() async throws {
        let scene = try NoticeScene()
        try await scene.tell(.fired)
        _ = try await scene.turn()
        scene.now = scene.now - .seconds(86_400)
        try await scene.notifications.shift(by: .seconds(-86_400))
        #expect(try await scene.turn(after: .seconds(9)).isEmpty)
        #expect(try await scene.turn(after: .seconds(1)).count == 1)
    }

    @Test func `waits double, are drawn at random and stay between their bounds`() {
        let backOff = NoticeBackOff()
        var generator = SplitMix64(seed: 3)
        for failures in 1...60 {
            let wait = backOff.wait(after: failures, wish: nil, using: &generator)
            #expect(wait >= backOff.floor && wait <= backOff.limit)
        }
        #expect(backOff.wait(after: 1, wish: .seconds(99_999), using: &generator) == backOff.longestWish)
        let draws = Set((0..<50).map { _ in backOff.wait(after: 8, wish: nil, using: &generator) })
        #expect(draws.count > 40)
    }
}
