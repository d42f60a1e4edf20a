import Console
import DeskAPI
import Terminal
import Testing
import Vocabulary

/// Hosts, processes, signals and the past as lines of text.
@Suite struct PlainHostStoryTests {
    private var processes: ProcessList {
        var process = RunningProcess()
        (process.pid, process.started, process.name, process.user) = (812, 41_902, "post\u{1B}[2Jgres", "www")
        (process.cpu, process.memory, process.age, process.command) = (61.5, 3 << 20, 75, "postgres -D /data")
        var list = ProcessList()
        (list.host, list.total, list.matching, list.items) = ("web-1", 212, 1, [process])
        return list
    }

    @Test func `hosts are told one a line, and one with everything that is measured of it`() throws {
        var plain = PlainConsole.listening()
        let snapshot = try #require(Desk.snapshots.last)
        let hosts = text(plain.enter("hosts", at: Desk.now))
        #expect(hosts.contains("\(snapshot.host): cpu ") && hosts.contains("memory "))
        let host = plain.enter("host", at: Desk.now).lines.map(\.text)
        #expect(host.count == snapshot.layout.names.count + 1)
        for (name, line) in zip(snapshot.layout.names, host.dropFirst()) { #expect(line.contains("\(name): ")) }
        #expect(text(plain.enter("host nowhere", at: Desk.now)).contains("there is no host nowhere"))
        var blank = PlainConsole(now: Desk.now)
        #expect(text(blank.enter("host", at: Desk.now)).hasSuffix("no host has been sampled yet"))
    }

    @Test func `processes are asked for with a filter, told in words, and a wrong filter is refused`() throws {
        var plain = PlainConsole.listening()
        let wrong = plain.enter("processes cpu>", at: Desk.now)
        #expect(wrong.requests.isEmpty && text(wrong).contains("refused"))
        let asked = plain.enter("processes  cpu>5 and name~post", at: Desk.now)
        guard case .listProcesses(let query)? = asked.requests.first else {
            Issue.record("nothing was asked")
            return
        }
        #expect(query.filter == "cpu>5 and name~post" && query.at == nil)
        let told = text(plain.answered(.listProcesses(query), .success(.processes(processes)), at: Desk.now))
        #expect(told.contains("212 processes, 1 match") && !told.unicodeScalars.contains("\u{1B}"))
        #expect(told.contains("process 812, ") && told.contains(" of www: cpu 61.5 %, memory 3.0 MiB"))
        #expect(told.contains("age 1m15s, command postgres -D /data"))
    }

    @Test func `a signal names whom it is for, and is sent to the one that was told, by a line that ends in yes`() {
        var plain = PlainConsole.listening()
        #expect(plain.enter("signal 812 kill yes", at: Desk.now).requests.isEmpty, "nobody has seen it")
        _ = plain.enter("processes", at: Desk.now)
        let query = plain.enter("processes", at: Desk.now).requests[0]
        _ = plain.answered(query, .success(.processes(processes)), at: Desk.now)
        let question = plain.enter("signal 812 KILL", at: Desk.now)
        #expect(question.requests.isEmpty)
        #expect(text(question).contains("this sends KILL to post") && text(question).contains("signal 812 KILL yes"))
        #expect(plain.enter("signal 812 nonsense yes", at: Desk.now).requests.isEmpty)
        #expect(plain.enter("signal 812 kill kill yes", at: Desk.now).requests.isEmpty)
        let sent = plain.enter("signal 812 kill yes", at: Desk.now).requests
        #expect(sent == [.signalProcess(SignalProcess(.kill, pid: 812, started: 41_902))])
        var delivery = SignalDelivery()
        (delivery.pid, delivery.name, delivery.signal) = (812, "postgres", .kill)
        let told = plain.answered(sent[0], .success(.signalled(delivery)), at: Desk.now)
        #expect(text(told).contains("KILL sent to postgres, process 812"))
    }

    @Test func `a moment of the past is told as such, and what is now stays as it is`() throws {
        var plain = PlainConsole.listening()
        let now = text(plain.enter("status", at: Desk.now))
        let asked = plain.enter("at 3m ago", at: Desk.now)
        guard case .showMoment(let question)? = asked.requests.first else {
            Issue.record("nothing was asked")
            return
        }
        #expect(asked.requests.count == 1 && Desk.now - question.at >= .seconds(180))
        var moment = DeskMoment()
        moment.at = question.at
        moment.alerts = Desk.alerts
        moment.conversations = Desk.conversations
        let answer = plain.answered(asked.requests[0], .success(.moment(moment)), at: Desk.now)
        let told = answer.lines.map(\.text)
        guard case .listProcesses(let list)? = answer.requests.first else {
            Issue.record("who used most was not asked for")
            return
        }
        #expect(list.at == question.at)
        #expect(told.count > 3 && told.allSatisfy { $0.hasPrefix("then, ") })
        #expect(told[0].contains("status: 2 waiting") && told[0].contains("cpu n/a"), "the host was not sampled then")
        var then = processes
        (then.isPast, then.at) = (true, question.at)
        let top = plain.answered(answer.requests[0], .success(.processes(then)), at: Desk.now)
        #expect(top.lines.count == 2 && top.lines.allSatisfy { $0.text.hasPrefix("then, ") })
        #expect(text(top).contains("14:00:22: 212 processes, of which most was used by"))
        #expect(plain.enter("signal 812 kill yes", at: Desk.now).requests.isEmpty, "what was is not what is")
        #expect(text(plain.enter("status", at: Desk.now)) == now)
        #expect(text(plain.enter("at tomorrow", at: Desk.now)).contains("refused"))
        #expect(text(plain.enter("at", at: Desk.now)).contains("refused"))
    }
}
