import Console
import DeskAPI
import Terminal
import Testing
import Vocabulary

// MARK: Processes
extension Desk {
    /// The processes of a small host, in the order of CPU and memory.
    static let processes: [RunningProcess] = [
        process(
            2210, "python3", parent: 812, cpu: 187.5, memory: 1_870_000_000, user: "models",
            command: "python3 -m train --config /srv/models/intent/config.yaml --epochs 40 --resume"),
        process(
            1402, "watchdesk", parent: 1, cpu: 3.2, memory: 39_000_000, user: "watchdesk",
            command: "/usr/local/bin/watchdesk serve --listen 127.0.0.1:7180"),
        process(
            812, "bash", parent: 1, cpu: 0.4, memory: 4_800_000, user: "models", state: .waiting,
            command: "bash /srv/models/nightly.sh"),
        process(
            640, "postgres", parent: 1, cpu: 0.4, memory: 210_000_000, user: "postgres", threads: 1,
            command: "/usr/lib/postgresql/15/bin/postgres -D /var/lib/postgresql/15/main"),
        process(
            655, "postgres", parent: 640, cpu: 0, memory: 88_000_000, user: "postgres",
            command: "postgres: 15/main: writer"),
        process(1, "systemd", parent: 0, cpu: 0, memory: 12_400_000, user: "root", command: "/sbin/init"),
        process(
            3031, ") (\u{1B}[2J", parent: 812, cpu: 0, memory: 900_000, user: "1007", state: .zombie, command: nil),
        process(2, "kthreadd", parent: 0, cpu: nil, memory: 0, user: "root", command: nil, isKernel: true),
    ]

    static func process(
        _ pid: Int64, _ name: String, parent: Int64, cpu: Double?, memory: Int64, user: String,
        state: ProcessState = .sleeping, threads: Int64 = 4, command: String?, isKernel: Bool = false
    ) -> RunningProcess {
        var value = RunningProcess()
        value.pid = pid
        value.started = pid * 10
        value.parent = parent
        value.name = name
        value.command = command
        value.user = user
        value.state = state
        value.threads = threads
        value.nice = 0
        value.cpu = cpu
        value.memory = memory
        value.age = 86_400 - pid
        value.read = user == "root" ? nil : cpu.map { $0 * 1000 }
        value.written = user == "root" ? nil : 4096
        value.isKernel = isKernel
        return value
    }

    static func list(_ items: [RunningProcess] = processes, interval: Int64 = 1, at: Timestamp = now) -> ProcessList {
        var list = ProcessList()
        list.host = "desk-1"
        list.at = at
        list.interval = interval
        list.scanCost = 0.6
        list.total = Int64(items.count)
        list.matching = Int64(items.count)
        list.items = items
        return list
    }
}

extension Sitting {
    /// A person at the processes of the busy desk, which were read.
    static func atProcesses(
        _ size: Size = Size(columns: 80, rows: 24), role: DeskAPI.Role = .admin,
        _ items: [RunningProcess] = Desk.processes
    ) -> Sitting {
        var sitting = Sitting.busy(size, role: role)
        sitting.press(.character("2"), .character("p"))
        sitting.answerProcesses(items)
        return sitting
    }

    /// The questions for processes since the last look.
    mutating func processQuestions() -> [ListProcesses] {
        look().compactMap { request in
            if case .listProcesses(let list) = request { list } else { nil }
        }
    }

    /// The desk answers the newest question for processes, as it filters and sorts itself.
    mutating func answerProcesses(_ items: [RunningProcess] = Desk.processes, interval: Int64 = 1) {
        guard let question = processQuestions().last else { return }
        let query = try? ProcessQuery(question.filter)
        var list = Desk.list(items.filter { query?.matches($0) ?? true }, interval: interval, at: now)
        list.total = Int64(items.count)
        answer(.listProcesses(question), .processes(list))
    }

    /// The desk answers with what it kept of a moment that is past.
    mutating func answerPastProcesses(of total: Int64, _ items: [RunningProcess] = Desk.processes) throws {
        let question = try #require(processQuestions().last)
        #expect(question.at != nil, "it is the past that is asked for")
        let query = try ProcessQuery(question.filter)
        var list = Desk.list(items.filter(query.matches), at: now)
        list.isPast = true
        list.total = total
        answer(.listProcesses(question), .processes(list))
    }

    /// A second passes, with a sample and an answer.
    mutating func second(_ items: [RunningProcess] = Desk.processes) {
        pass(.seconds(1))
        hear(.event(.statusChanged(Desk.status)))
        answerProcesses(items)
    }
}
