import Console
import DeskAPI
import Foundation
import GoldenFrames
import Terminal
import Testing
import Vocabulary

@Suite struct ProcessStoryTests {
    private func cursorRow(_ sitting: Sitting) -> String {
        let frame = sitting.frame()
        for row in 0..<frame.size.rows where frame.row(row).contains(where: { $0.background == .selection }) {
            return lines(of: frame)[row]
        }
        return ""
    }

    @Test func `one key leads from the host to its processes and back`() {
        var sre = Sitting.busy(role: .sre)
        sre.press(.character("2"))
        #expect(sre.processQuestions().isEmpty)
        sre.press(.character("p"))
        #expect(sre.screen().contains("Reading the processes …"))
        #expect(sre.processQuestions().map(\.limit) == [300])
        sre.press(.character("p"))
        #expect(sre.screen().contains("used = total − available"))
    }

    @Test func `help says first what the keys do here, then what they do on the sheet`() throws {
        var sre = Sitting.atProcesses()
        sre.press(.character("?"))
        let screen = sre.screen(100, 80)
        let signal = try #require(screen.range(of: "Choose a signal"))
        let other = try #require(screen.range(of: "At other times"))
        let scroll = try #require(screen.range(of: "Scroll one row up"))
        #expect(signal.lowerBound < other.lowerBound && other.lowerBound < scroll.lowerBound)
    }

    @Test func `the list is asked for once a second while it is seen, and not otherwise`() {
        var sre = Sitting.atProcesses()
        sre.hear(.event(.statusChanged(Desk.status)))
        sre.hear(.event(.hostSampled(Desk.snapshot(secondsAgo: 0))))
        #expect(sre.processQuestions().isEmpty, "it was asked just now")
        sre.pass(.seconds(1))
        sre.hear(.event(.statusChanged(Desk.status)))
        sre.hear(.event(.hostSampled(Desk.snapshot(secondsAgo: 0))))
        #expect(sre.processQuestions().count == 1)
        sre.press(.character("3"))
        for _ in 0..<5 {
            sre.pass(.seconds(1))
            sre.hear(.event(.statusChanged(Desk.status)))
        }
        #expect(sre.processQuestions().isEmpty, "another pane is in front")
        sre.press(.character("2"), .character("p"))
        sre.forget()
        sre.pass(.seconds(1))
        sre.hear(.event(.statusChanged(Desk.status)))
        #expect(sre.processQuestions().isEmpty, "the sheet is in front")
    }

    @Test func `a desk that scans every five seconds is asked as often, and the screen says so`() {
        var sre = Sitting.busy()
        sre.press(.character("2"), .character("p"))
        sre.answerProcesses(interval: 5)
        #expect(sre.screen().contains("every 5 s"))
        sre.pass(.seconds(2))
        sre.hear(.event(.statusChanged(Desk.status)))
        #expect(sre.processQuestions().isEmpty)
        sre.pass(.seconds(3))
        sre.hear(.event(.statusChanged(Desk.status)))
        #expect(sre.processQuestions().count == 1)
    }

    @Test func `a signal needs its form, Enter and then y, and names what it hits`() {
        var sre = Sitting.atProcesses(role: .sre)
        sre.press(.down, .character("k"))
        #expect(sre.screen().contains("watchdesk  pid 1402"))
        sre.press(.character("y"))
        #expect(sre.look() == [], "y is nothing before Enter")
        sre.press(.right, .right, .enter)
        #expect(sre.screen().contains("Send HUP to watchdesk, pid 1402, of user watchdesk?"))
        sre.press(.enter, .right)
        #expect(sre.look() == [], "Enter is no yes")
        sre.press(.character("y"))
        #expect(sre.look() == [], "a key that was typed ahead is no yes")
        sre.pass(.seconds(1))
        sre.press(.character("x"), .character("y"))
        #expect(sre.look() == [], "a yes in a stream of keys answers no question, however long that stands")
        sre.pass(.milliseconds(200))
        sre.press(.character("y"))
        #expect(sre.look() == [], "nor does a key that is stuck")
        sre.pass(.seconds(1))
        sre.press(.character("y"))
        let request = DeskRequest.signalProcess(SignalProcess(.hangUp, pid: 1402, started: 14_020))
        #expect(sre.look() == [request])
        sre.press(.character("y"))
        #expect(sre.look() == [], "once is enough")
        var delivery = SignalDelivery()
        delivery.pid = 1402
        delivery.name = "watchdesk"
        delivery.signal = .hangUp
        sre.answer(request, .signalled(delivery))
        #expect(sre.screen().contains("HUP was sent to watchdesk"))
        #expect(!sre.screen().contains("nothing sent yet"))
        #expect(sre.processQuestions().count == 1, "what became of it is asked at once")
    }

    @Test func `a refusal stands in the form, and Esc sends nothing`() {
        var sre = Sitting.atProcesses(role: .sre)
        sre.press(.character("k"), .enter)
        sre.pass(.seconds(1))
        sre.press(.character("y"))
        let request = DeskRequest.signalProcess(SignalProcess(.terminate, pid: 2210, started: 22_100))
        #expect(sre.look() == [request])
        sre.refuse(request, Problem(.staleRevision, "process 2210 is another one now"))
        #expect(sre.screen().contains("▲ process 2210 is another one now"))
        sre.press(.enter, .escape)
        #expect(sre.look() == [])
        #expect(!sre.screen().contains("Signal"))
    }

    @Test func `the form belongs to the process it was opened for, whatever the list does`() {
        var sre = Sitting.atProcesses(role: .sre)
        sre.press(.character("k"))
        sre.second(Desk.processes.reversed())
        sre.press(.enter)
        sre.pass(.seconds(1))
        sre.press(.character("y"))
        #expect(sre.look() == [.signalProcess(SignalProcess(.terminate, pid: 2210, started: 22_100))])
    }

    @Test func `keys that cannot act say why`() {
        var agent = Sitting.atProcesses(role: .agent)
        agent.press(.character("k"))
        #expect(agent.screen().contains("your role (agent) lacks"))
        var sre = Sitting.atProcesses(role: .sre)
        sre.press(.end, .character("k"))
        #expect(sre.screen().contains("kthreadd is a part"))
        sre.pass(.seconds(60))
        sre.press(.up, .up, .character("k"))
        #expect(sre.screen().contains("process 1 keeps the"))
        var empty = Sitting.atProcesses(role: .sre, [])
        empty.press(.character("k"))
        #expect(empty.screen().contains("there is no process"))
        #expect(empty.screen().contains("No process is visible to the gateway"))
    }

    @Test func `a filter is obeyed while it is written, and a fault is shown in its place`() {
        var sre = Sitting.atProcesses()
        sre.press(.character("/"))
        sre.type("cpu>")
        #expect(sre.screen().contains("▲ at 5: expected a number of percent after cpu>, found the end"))
        #expect(sre.processQuestions().map(\.filter) == ["c", "cp", "cpu"])
        sre.press(.enter)
        #expect(sre.screen().contains("▲ at 5"), "a wrong filter cannot be kept")
        sre.type("1")
        sre.answerProcesses()
        #expect(sre.screen().contains("2 of 8 match") && !sre.screen().contains("postgres"))
        sre.press(.enter, .character("t"))
        #expect(sre.processQuestions().map(\.filter) == ["cpu>1"])
        sre.press(.escape)
        #expect(sre.processQuestions().map(\.filter) == [""])
    }

    @Test func `what nothing matches says so`() {
        var sre = Sitting.atProcesses()
        sre.press(.character("/"))
        sre.type("mysql")
        sre.answerProcesses()
        #expect(sre.screen().contains("No process of 8 matches. Esc shows all of them."))
    }

    @Test func `columns are chosen and turned round, and the desk sorts`() {
        var sre = Sitting.atProcesses()
        sre.press(.character(">"))
        #expect(sre.processQuestions().map(\.sort) == [.memory])
        sre.press(.character("<"), .character("<"))
        #expect(sre.processQuestions().map(\.sort) == [.cpu, .pid])
        #expect(sre.screen().contains("pid↑"))
        sre.press(.character("r"))
        #expect(sre.processQuestions().map(\.isReversed) == [true])
        #expect(sre.screen().contains("pid↓"))
    }

    @Test func `an answer to an older question changes nothing`() {
        var sre = Sitting.atProcesses()
        sre.press(.character(">"))
        let old = sre.processQuestions()[0]
        sre.press(.character(">"))
        sre.answer(.listProcesses(old), .processes(Desk.list([])))
        #expect(sre.screen().contains("python3"))
        sre.answerProcesses([Desk.processes[5]])
        #expect(!sre.screen().contains("python3") && sre.screen().contains("/sbin/init"))
    }

    @Test func `rows stay where they are while the cursor is among them, and numbers go on`() {
        var sre = Sitting.atProcesses()
        sre.press(.down, .down)
        #expect(cursorRow(sre).contains("bash /srv"))
        var turned = Array(Desk.processes.reversed())
        turned.append(Desk.process(4000, "new", parent: 1, cpu: 99, memory: 1, user: "root", command: "/bin/new"))
        turned[5].cpu = 61
        sre.second(turned)
        #expect(cursorRow(sre).contains("bash /srv") && cursorRow(sre).contains("61.0 %"))
        #expect(sre.screen().contains("+1 new"))
        sre.press(.home)
        #expect(cursorRow(sre).contains("kthreadd"))
    }

    @Test func `a process is followed wherever it goes, until it ends`() {
        var sre = Sitting.atProcesses()
        sre.press(.down, .character("f"))
        let question = sre.processQuestions()[0]
        #expect(question.including == 1402)
        sre.answer(.listProcesses(question), .processes(Desk.list()))
        sre.second(Desk.processes.reversed())
        #expect(cursorRow(sre).contains("/usr/local/bin/wa"))
        #expect(sre.screen().contains("following watchdesk 1402"))
        sre.second(Desk.processes.filter { $0.pid != 1402 })
        #expect(sre.screen().contains("Process 1402 has ended"))
        #expect(!sre.screen().contains("following"))
    }

    @Test func `a number that another process got is not the one that was followed`() {
        var sre = Sitting.atProcesses()
        sre.press(.down, .character("f"))
        sre.answerProcesses()
        var others = Desk.processes
        others[1].started += 5
        sre.second(others)
        #expect(sre.screen().contains("Process 1402 has ended"))
    }

    @Test func `a tree has children below their parents, and a ring of parents breaks nothing`() {
        var sre = Sitting.atProcesses()
        sre.press(.character("t"))
        let question = sre.processQuestions()[0]
        #expect(question.limit == 1000, "parents are wanted too")
        sre.answer(.listProcesses(question), .processes(Desk.list()))
        #expect(sre.screen().contains("  └ postgres: 15/main"))
        var ring = Desk.processes
        ring[3].parent = 655
        sre.second(ring)
        #expect(sre.screen().contains("15/main") && sre.screen().contains("/usr/lib/post"))
    }

    @Test func `what the desk cannot read is said in the list`() {
        var sre = Sitting.busy()
        sre.press(.character("2"), .character("p"))
        let question = sre.processQuestions()[0]
        sre.refuse(.listProcesses(question), Problem(.unavailable, "the processes of this host have not been read"))
        #expect(sre.screen().contains("Processes could not be read: the processes of this host have not been read"))
        #expect(!sre.screen().contains("▲"), "no toast once a second")
    }

    @Test func `while cut off nothing is asked, and the age is shown`() {
        var sre = Sitting.atProcesses()
        sre.hear(.connection(.offline(reason: "gone", retrySeconds: 3)))
        sre.pass(.seconds(9))
        sre.hear(.event(.statusChanged(Desk.status)))
        #expect(sre.processQuestions().isEmpty)
        #expect(sre.screen().contains("9s ago"))
    }

    private static let sizes = [(80, 24), (120, 40), (160, 45), (40, 10)]

    private func expectAll(_ name: String, file: String = #filePath, _ prepare: (inout Sitting) -> Void = { _ in }) {
        for (columns, rows) in ProcessStoryTests.sizes {
            let size = Size(columns: columns, rows: rows)
            var sitting = Sitting.atProcesses(size)
            prepare(&sitting)
            expectGolden(sitting.state.view(size), "\(name)-\(columns)x\(rows)", file: file)
        }
    }

    @Test func `the list of processes`() { expectAll("processes") }

    @Test func `the details of a process`() { expectAll("processes-detail") { $0.press(.enter) } }

    @Test func `the tree of processes`() {
        expectAll("processes-tree") {
            $0.press(.character("t"))
            $0.answerProcesses()
            $0.press(.down, .down)
        }
    }

    @Test func `the filter with a fault`() {
        expectAll("processes-fault") {
            $0.press(.character("/"))
            $0.type("cpuu>5")
        }
    }

    @Test func `the choice of a signal, and the question before it is sent`() {
        expectAll("processes-signal") { $0.press(.character("k"), .right) }
        expectAll("processes-confirm") { $0.press(.character("k"), .right, .enter) }
    }
}
