import Console
import DeskAPI
import Terminal
import Testing
import Vocabulary

/// What is unread is the person's own; who has seen what is everybody's to know.
@Suite struct ReadStoryTests {
    private func line(_ sitting: Sitting) -> Substring {
        sitting.screen().split(separator: "\n").first { $0.contains("Crystal M.") } ?? ""
    }

    private func mark(_ user: String, _ name: String, _ offset: Int64, ago: Int64 = 0) -> DeskEvent {
        .conversationRead(
            ConversationRead(ID(42), ReadMark(user, named: name, offset: offset, at: Desk.ago(ago))))
    }

    /// Ana reads Crystal's conversation, whose five entries are there.
    private func reader() -> Sitting {
        var ana = Sitting.busy(Size(columns: 120, rows: 40))
        ana.press(.character("4"), .enter)
        ana.answer(.listMessages(ListMessages(of: ID(42), after: 0, limit: 200)), .messages(Desk.transcript))
        return ana
    }

    private func told(_ sitting: inout Sitting) -> [Int64] {
        sitting.lookAtAll().compactMap { if case .markRead(let read) = $0 { read.offset } else { nil } }
    }

    @Test func `a colleague's reading leaves mine unread, and my own on another device does not`() {
        var ana = Sitting.busy()
        ana.press(.character("4"))
        ana.hear(mark("u:9", "ben", 4))
        #expect(line(ana).contains(" 4 "), "ben has read it, ana has not")
        ana.hear(mark("u:3", "ana", 3))
        #expect(line(ana).contains(" 1 ") && !line(ana).contains(" 4 "))
        ana.hear(mark("u:3", "ana", 2))
        #expect(line(ana).contains(" 1 "), "no mark goes back")
        ana.hear(mark("u:3", "ana", 4))
        #expect(!line(ana).contains(" 1 "))
    }

    @Test func `what everybody had read before an upgrade is read`() {
        var ana = Sitting(size: Size(columns: 80, rows: 24))
        var crystal = Desk.conversations[0]
        crystal.seenBy = [ReadMark(ReadMark.everybody, named: "", offset: 4, at: Desk.ago(9000))]
        ana.hear(.connection(.live))
        ana.load(conversations: [crystal], alerts: [], models: [], role: .admin)
        ana.press(.character("4"))
        #expect(!line(ana).contains(" 4 "))
        ana.press(.enter)
        #expect(!ana.screen().contains("seen by"))
    }

    @Test func `the desk is told once what was seen, and of what came meanwhile after its answer`() throws {
        var ana = reader()
        let first = ana.lookAtAll().compactMap { if case .markRead(let read) = $0 { read } else { nil } }
        #expect(first.map(\.offset) == [4] && first.allSatisfy { !$0.device.isEmpty })
        var crystal = Desk.conversations[0]
        for offset in Int64(6)...9 {
            crystal.lastOffset = offset
            crystal.updatedAt = ana.now
            ana.hear(.messagePosted(Desk.message(42, offset, .customer, "Crystal", "word \(offset)", 0)))
            ana.hear(.conversationChanged(crystal))
        }
        #expect(told(&ana).isEmpty, "one word at a time")
        crystal.seenBy = [ReadMark("u:3", named: "ana", offset: 4, at: ana.now)]
        ana.answer(.markRead(try #require(first.first)), .conversation(crystal))
        #expect(told(&ana) == [9])
        ana.press(.escape, .enter, .escape, .enter)
        #expect(told(&ana).isEmpty)
    }

    @Test func `what could not be told is told at the next look`() throws {
        var ana = reader()
        let asked = try #require(
            ana.lookAtAll().compactMap { if case .markRead(let read) = $0 { read } else { nil } }.first)
        ana.refuse(.markRead(asked), Problem(.unreachable, "the desk cannot be reached"))
        #expect(told(&ana).isEmpty)
        ana.press(.escape, .enter)
        #expect(told(&ana) == [4])
    }

    @Test func `what comes while nobody sits here is read with the next key`() throws {
        var ana = reader()
        let first = try #require(
            ana.lookAtAll().compactMap { if case .markRead(let read) = $0 { read } else { nil } }.first)
        var crystal = Desk.conversations[0]
        crystal.seenBy = [ReadMark("u:3", named: "ana", offset: 4, at: ana.now)]
        ana.answer(.markRead(first), .conversation(crystal))
        ana.pass(.seconds(181))
        ana.hear(.messagePosted(Desk.message(42, 6, .customer, "Crystal", "Hello?", 0)))
        (crystal.lastOffset, crystal.updatedAt) = (6, ana.now)
        ana.hear(.conversationChanged(crystal))
        #expect(told(&ana).isEmpty, "nobody is there to see it")
        ana.press(.down)
        #expect(told(&ana) == [6])
    }

    @Test func `who has seen what stands below the last thing they saw`() throws {
        var ana = reader()
        #expect(!ana.screen(120, 40).contains("seen by"))
        ana.hear(mark("u:9", "ben\u{1B}[2J", 5, ago: 60), mark("u:8", "cleo", 2, ago: 30), mark("u:3", "ana", 5))
        var lines = ana.screen(120, 40).split(separator: "\n").filter { $0.contains("seen by") }
        #expect(lines.count == 2)
        #expect(lines.first?.contains("seen by cleo 14:02") ?? false)
        #expect(lines.last?.contains("seen by ben") ?? false)
        #expect(lines.allSatisfy { !$0.contains("ana ") }, "one's own eyes are no news")
        ana.hear(mark("u:8", "cleo", 5))
        lines = ana.screen(120, 40).split(separator: "\n").filter { $0.contains("seen by") }
        #expect(lines.count == 1 && lines[0].contains("cleo 14:03, ben"))

        ana.hear(.messagePosted(Desk.message(42, 6, .agent, "cleo", "I am on it", 0)))
        ana.hear(mark("u:8", "cleo", 6))
        lines = ana.screen(120, 40).split(separator: "\n").filter { $0.contains("seen by") }
        #expect(lines.count == 1 && !lines[0].contains("cleo"), "whoever wrote it has read it")
    }
}
