import Glibc
import JSON
import Storage
import Testing
import Vocabulary

/// What is wrong is said clearly, with what to do, and the exit status tells programs.
@Suite(.serialized, .onOwnThread)
struct RefusalTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func run(_ arguments: String..., environment: [String: String] = [:]) throws -> RunningProgram.Outcome {
        try RunningProgram.run(arguments, home: folder.path, environment: environment)
    }

    @Test func `a second gateway on the same folder names the first and ends with 73`() throws {
        let desk = try ServedDesk(folder)
        let second = try run("serve", "--listen", "127.0.0.1:0", "--data", "\(folder.path)/data")
        #expect(second.ending == .exit(73))
        #expect(second.errors.contains("process \(desk.program.processID)"))
        #expect(try desk.ask("GET", "/readyz").status == 200)
        desk.program.send(SIGKILL)
        _ = try desk.program.end()
        // The lock of a process that was killed holds nobody up.
        let next = try ServedDesk(folder)
        #expect(try next.stop() == .exit(0))
    }

    @Test func `a port in use is said with the way out`() throws {
        let desk = try ServedDesk(folder)
        let other = try TemporaryFolder()
        let outcome = try run("serve", "--listen", "127.0.0.1:\(desk.port)", "--data", "\(other.path)/data")
        #expect(outcome.ending == .exit(1))
        #expect(outcome.errors.contains("127.0.0.1:\(desk.port) is in use"))
        #expect(outcome.errors.contains("--listen"))
        // The folder is free again.
        #expect(try ServedDesk(other).stop() == .exit(0))
    }

    @Test(
        arguments: [
            (["serve", "--lisen", "x"], "--listen"), (["chat", "--onec", "x"], "--once"),
            (["keys", "create", "--name", "x", "--role", "agnt"], "agent"),
            (["conversations", "list", "--status", "wating"], "waiting"), (["sevre"], "sevre"),
            (["alerts", "ack", "twelve"], "twelve"),
        ])
    func `wrong usage ends with 2 and a hint`(_ arguments: [String], _ hint: String) throws {
        let outcome = try RunningProgram.run(arguments, home: folder.path)
        #expect(outcome.ending == .exit(2))
        #expect(outcome.errors.contains(hint))
        #expect(outcome.output.isEmpty)
    }

    @Test func `every fault of a configuration is named with file, line and remedy`() throws {
        let file = try folder.write("wrong.yaml", "listne: 127.0.0.1:7180\nassistant:\n  wire: opnai\n")
        let outcome = try run("serve", "--data", "\(folder.path)/data", "--config", file)
        #expect(outcome.ending == .exit(1))
        #expect(outcome.errors.contains("\(file):1:1: unknown key `listne`, did you mean `listen`?"))
        #expect(outcome.errors.contains("\(file):3:9: `assistant.wire` is \"opnai\"; expected openai or anthropic"))
    }

    @Test func `a configuration that cannot be read is named`() throws {
        let missing = try run("serve", "--config", "\(folder.path)/missing.yaml", "--data", "\(folder.path)/data")
        #expect(missing.ending == .exit(1))
        #expect(missing.errors.contains("\(folder.path)/missing.yaml: there is no such file"))
        let directory = try run("serve", "--config", folder.path, "--data", "\(folder.path)/data")
        #expect(directory.ending == .exit(1))
        #expect(directory.errors.contains(folder.path))
        let broken = try folder.write("broken.yaml", "listen: [1\n")
        let outcome = try run("serve", "--config", broken, "--data", "\(folder.path)/data")
        #expect(outcome.ending == .exit(1))
        #expect(outcome.errors.contains("\(broken):"))
    }

    @Test(arguments: ["WATCHDESK_LISTEN=nowhere", "WATCHDESK_ASSISTANT_URL=ftp://x"])
    func `a wrong variable is named`(_ assignment: String) throws {
        let parts = assignment.split(separator: "=").map(String.init)
        let outcome = try run("serve", "--data", "\(folder.path)/data", environment: [parts[0]: parts[1]])
        #expect(outcome.ending == .exit(1))
        #expect(outcome.errors.contains(parts[0]) && outcome.errors.contains(parts[1]))
    }

    @Test func `wrong alert rules are named with line and nearest metric`() throws {
        try folder.write(
            ".config/watchdesk/alerts.yaml", "rules:\n  - name: busy\n    metric: cpu.bsy\n    above: 1\n")
        let outcome = try run("serve", "--listen", "127.0.0.1:0", "--data", "\(folder.path)/data")
        #expect(outcome.ending == .exit(1))
        #expect(outcome.errors.contains("alerts.yaml:3:13"))
        #expect(outcome.errors.contains("did you mean `cpu.busy`?"))
    }

    @Test func `a database of a newer version is left alone`() throws {
        try folder.write("data/.keep", "")
        let file = "\(folder.path)/data/desk.sqlite"
        let future = try Database.open(
            at: file, durability: .full,
            migrations: [Migration("desk-of-tomorrow", "CREATE TABLE tomorrow (id INTEGER) STRICT")],
            now: Timestamp(milliseconds: 1))
        future.close()
        let outcome = try run("serve", "--listen", "127.0.0.1:0", "--data", "\(folder.path)/data")
        #expect(outcome.ending == .exit(1))
        #expect(outcome.errors.contains("newer version"))
        #expect(outcome.errors.contains("desk-of-tomorrow"))
        #expect(try Database.integrityProblems(at: file).isEmpty)
    }

    @Test func `a folder that cannot be made is named`() throws {
        try folder.write("plain", "a file, no folder")
        let outcome = try run("serve", "--listen", "127.0.0.1:0", "--data", "\(folder.path)/plain/data")
        #expect(outcome.ending == .exit(1))
        #expect(outcome.errors.contains("\(folder.path)/plain"))
    }

    @Test func `a console without a terminal says so`() throws {
        let outcome = try run("--data", "\(folder.path)/data")
        #expect(outcome.ending == .exit(1))
        #expect(outcome.errors.contains("needs a terminal"))
    }

    @Test func `every verb explains itself with an example`() throws {
        var waiting: [[String]] = [[]]
        var seen = 0
        while let verb = waiting.popLast() {
            let outcome = try RunningProgram.run(verb + ["--help"], home: folder.path)
            #expect(outcome.ending == .exit(0))
            #expect(outcome.output.contains("EXAMPLE"), "\(verb.joined(separator: " ")) --help")
            waiting += RefusalTests.verbs(in: outcome.output).map { verb + [$0] }
            seen += 1
        }
        #expect(seen > 20)
    }

    /// The names under `SUBCOMMANDS:`.
    private static func verbs(in help: String) -> [String] {
        guard let start = help.firstRange(of: "SUBCOMMANDS:\n") else { return [] }
        let lines = help[start.upperBound...].split(separator: "\n", omittingEmptySubsequences: false)
        return lines.prefix { !$0.isEmpty }.compactMap { line in
            guard line.hasPrefix("  "), line.dropFirst(2).first != " " else { return nil }
            return line.split(separator: " ").first.map(String.init)
        }
    }
}
