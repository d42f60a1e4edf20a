import Testing

@testable import DeskAPI

@Suite struct ProcessQueryTests {
    private let postgres: RunningProcess = {
        var process = RunningProcess.example
        process.cpu = 7.5
        process.memory = 2 << 30
        return process
    }()

    @Test(
        arguments: [
            ("", true), ("   ", true), ("post", true), ("POST", true), ("main", true), ("mysql", false),
            ("cpu>5", true), ("cpu > 5", true), ("cpu>7.5", false), ("cpu>=7.5", true), ("cpu<=7.5%", true),
            ("cpu=7.5", true), ("cpu!=7.5", false), ("mem>1GiB", true), ("mem>1g", true), ("mem>=2GiB", true),
            ("mem<2GB", false), ("mem>2147483647b", true), ("pid=812", true), ("ppid=1", true), ("threads<2", true),
            ("user=postgres", true), ("user=Postgres", false), ("user~GRES", true), ("user!~gres", false),
            ("state=S", true), ("state=s", true), ("state=sleeping", true), ("state!=sleeping", false),
            ("io>=40KiB", true), ("io>=40KiB/s", true), ("io>1M", false), ("cmd~\"-D /var\"", true),
            ("name=postgres", true), ("name=post", false), ("name!=post", true),
            ("cpu>5 and name~post", true), ("cpu>50 and name~post", false), ("cpu>50 or name~post", true),
            ("not cpu>50", true), ("not not cpu>5", true), ("cpu>50 or cpu>5 and pid=1", false),
            ("(cpu>50 or cpu>5) and pid=812", true), ("not (cpu>5 and pid=812)", false),
            ("NOT cpu>50 AND pid=812", true),
            ("\"and\"", false), ("\"cpu>5\"", false), ("CPU>5", true), ("not post or pid=812", true),
        ])
    func `filters let through what they say`(_ text: String, _ isThrough: Bool) throws {
        #expect(try ProcessQuery(text).matches(postgres) == isThrough)
    }

    @Test(
        arguments: [
            ("cpu>", "at 5: expected a number of percent after cpu>, found the end"),
            ("cpu>x", "at 5: expected a number of percent after cpu>, found `x`"),
            ("cpu=>5", "at 5: expected a number of percent after cpu=, found `>`"),
            ("cpu~5", "at 4: cpu takes = != > >= < <=, found `~`"),
            ("name>5", "at 5: name takes = != ~ !~, found `>`"),
            (
                "cpu5>1",
                "at 1: expected a field, found `cpu5`; did you mean cpu?"
            ),
            (
                "nonsense=1",
                "at 1: expected a field, found `nonsense`; there are cpu, mem, name, user, pid, ppid, state, threads, io, cmd"
            ),
            ("cpu>5 name~x", "at 7: expected and, or, or the end, found `name`"),
            ("cpu>5 and", "at 10: expected a word, a field or `(`, found the end"),
            ("(cpu>5", "at 7: expected and, or, or `)`, found the end"),
            ("cpu>5)", "at 6: expected and, or, or the end, found `)`"),
            ("()", "at 2: expected a word, a field or `(`, found `)`"),
            ("name~\"x", "at 8: expected \" to close the text that begins at 6"),
            ("mem>1XiB", "at 5: expected a size such as 512MiB or 1.5GiB after mem>, found `1XiB`"),
            ("pid=1.5", "at 5: expected a whole number after pid=, found `1.5`"),
            ("cpu ! 5", "at 5: expected != or !~, found `!`"),
            (">5", "at 1: expected a word, a field or `(`, found `>`"),
            (
                "state=Q",
                "at 7: expected one of R running, S sleeping, D waiting, Z zombie, T stopped, t traced, I idle, X dead after state=, found `Q`"
            ),
            ("name=\u{1B}[2J", "at 8: expected a word"),
        ])
    func `faults name the place and what was expected`(_ text: String, _ words: String) {
        do {
            let query = try ProcessQuery(text)
            // A text that holds an escape is a text: nothing is wrong with it.
            #expect(query.description == "name=\"\u{1B}[2J\"", "\(text) was taken")
        } catch {
            #expect(error.description == words)
        }
    }

    @Test func `what is not known fulfils no comparison`() throws {
        var kernel = RunningProcess()
        kernel.name = "kthreadd"
        for text in ["cpu>0", "cpu=0", "cpu<1", "cpu!=1", "io=0", "cmd~x", "cmd!~x", "cmd!=x"] {
            #expect(try !ProcessQuery(text).matches(kernel), "\(text)")
        }
        #expect(try ProcessQuery("not cpu>0").matches(kernel))
        #expect(try ProcessQuery("kthread").matches(kernel), "a word looks at the name, too")
    }

    @Test func `brackets and length have limits`() {
        let deep = String(repeating: "(", count: 60) + "x" + String(repeating: ")", count: 60)
        #expect(throws: ProcessQueryFault.self) { try ProcessQuery(deep) }
        #expect(throws: ProcessQueryFault.self) { try ProcessQuery(String(repeating: "not ", count: 60) + "x") }
        #expect(throws: ProcessQueryFault.self) { try ProcessQuery(String(repeating: "x", count: 501)) }
        #expect(throws: Never.self) { try ProcessQuery(Array(repeating: "cpu>1", count: 55).joined(separator: " or ")) }
    }

    @Test func `a filter tells what has to be read for it`() throws {
        #expect(try ProcessQuery("cpu>1 and mem>1").readsCommand == false)
        #expect(try ProcessQuery("cpu>1 and not (word or pid=1)").readsCommand)
        #expect(try ProcessQuery("io>1").readsTraffic)
        #expect(try ProcessQuery("user=a or pid=1").readsUser)
        #expect(try ProcessQuery("").isEmpty)
    }

    @Test func `the problem names the field`() throws {
        do {
            _ = try ProcessQuery("cpu>")
            Issue.record("it was taken")
        } catch {
            let problem = Problem(error)
            #expect(problem.code == .invalidField && problem.faults.first?.path == "filter")
            #expect(problem.detail == "filter at 5: expected a number of percent after cpu>, found the end")
        }
    }
}

/// Filters and processes made by chance, the same for the same seed.
@Suite struct ProcessQueryPropertyTests {
    @Test(arguments: 1...20) func `a filter written out is the same filter`(_ seed: UInt64) throws {
        var random = Dice(seed)
        for _ in 0..<200 {
            let query = ProcessQuery(random.expression(depth: 4))
            #expect(try ProcessQuery(query.description) == query, "seed \(seed): \(query)")
        }
    }

    @Test(arguments: 1...20) func `and, or and not mean what they mean everywhere`(_ seed: UInt64) throws {
        var random = Dice(seed)
        for _ in 0..<200 {
            let (left, right) = (random.expression(depth: 2), random.expression(depth: 2))
            let process = random.process()
            let (isLeft, isRight) = (left.matches(process), right.matches(process))
            #expect(try ProcessQuery("(\(left)) and (\(right))").matches(process) == (isLeft && isRight))
            #expect(try ProcessQuery("(\(left)) or (\(right))").matches(process) == (isLeft || isRight))
            #expect(try ProcessQuery("not (\(left))").matches(process) == !isLeft)
        }
    }

    @Test(arguments: 1...20) func `any text is read or refused with a place inside of it`(_ seed: UInt64) {
        var random = Dice(seed)
        for _ in 0..<1000 {
            let text = random.noise()
            do {
                _ = try ProcessQuery(text).matches(random.process())
            } catch {
                #expect((1...text.count + 1).contains(error.position), "\(text): \(error)")
                #expect(!error.message.isEmpty)
            }
        }
    }
}

private struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: 0..<elements.count, using: &self)]
    }

    mutating func expression(depth: Int) -> ProcessExpression {
        switch Int.random(in: 0..<(depth > 0 ? 6 : 2), using: &self) {
        case 0: .word(pick(["a", "post", "and", "not", "x y", "\"", "\\", "(", "cpu>5", "é"]))
        case 1: comparison()
        case 2: .not(expression(depth: depth - 1))
        case 3: .and(expression(depth: depth - 1), expression(depth: depth - 1))
        default: .or(expression(depth: depth - 1), expression(depth: depth - 1))
        }
    }

    mutating func comparison() -> ProcessExpression {
        let field = pick(ProcessField.allCases)
        let text: String
        switch field {
        case .name, .user, .cmd: text = pick(["a", "post gres", "or", "=", "\"q\""])
        case .state: text = pick(["S", "running", "Z", "t"])
        case .pid, .ppid, .threads: text = pick(["0", "1", "812"])
        case .cpu: text = pick(["0", "2.5", "7%"])
        case .mem, .io: text = pick(["0", "1.5GiB", "20k", "3MB"])
        }
        guard let value = field.value(text) else { preconditionFailure("\(field) does not take \(text)") }
        return .comparison(field, pick(field.operators), value)
    }

    mutating func process() -> RunningProcess {
        var process = RunningProcess()
        process.pid = pick([1, 812])
        process.name = pick(["postgres", "a", "é"])
        process.command = pick([nil, "/bin/a post", "x y"])
        process.user = pick(["root", "a"])
        process.state = pick(ProcessState.allCases)
        process.cpu = pick([nil, 0, 2.5, 99])
        process.memory = pick([0, 2_000_000, 4 << 30])
        process.threads = pick([1, 812])
        process.read = pick([nil, 0, 30_000])
        process.written = pick([nil, 0, 30_000])
        return process
    }

    mutating func noise() -> String {
        let pieces = [
            "cpu", "mem", "name", "and", "or", "not", "(", ")", ">", "=", "!", "~", "!=", "\"", "\\", " ", "5", "1GiB",
            "x", "é", "👨‍👩‍👧", "\u{1B}", "\n", ".",
        ]
        return (0..<Int.random(in: 0...12, using: &self)).map { _ in pick(pieces) }.joined()
    }
}
