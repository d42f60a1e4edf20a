import Foundation
import Testing

/// `watchdesk train` as a person calls it, with the real binary.
@Suite(.serialized, .onOwnThread)
struct TrainVerbTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func run(_ arguments: String...) throws -> RunningProgram.Outcome {
        try RunningProgram.run(arguments + ["--data", "\(folder.path)/data"], home: folder.path)
    }

    @Test func `a data set of megabytes is taken, and a wrong one is told line by line`() throws {
        let file = "\(folder.path)/large.csv"
        let padding = String(repeating: "x", count: 120)
        let rows = (0..<12_000).map { "question \($0) \(padding),label\($0 % 2)\n" }
        try ("text,label\n" + rows.joined()).write(toFile: file, atomically: true, encoding: .utf8)
        let taken = try run("train", file, "--model", "large", "--detach")
        #expect(taken.ending == .exit(0), "\(taken.errors)")
        #expect(taken.output.contains("12000 texts of 2 labels"))

        try "text,label\n,a\nb,\n".write(toFile: file, atomically: true, encoding: .utf8)
        let refused = try run("train", file, "--model", "large")
        #expect(refused.ending == .exit(1))
        #expect(refused.errors.contains("line 2") && refused.errors.contains("line 3"))
        #expect(try run("train", "\(folder.path)/none.csv").errors.contains("there is no file"))
    }

    @Test func `a fine-tuning is sent by hand and followed by its number`() throws {
        let server = try FaultServer { peer in
            FaultServer.respond(400, #"{"error":{"message":"no such model"}}"#, type: "application/json", to: peer)
        }
        let configuration = "\(folder.path)/watchdesk.yaml"
        try "endpoints:\n  - {name: trial, url: \"http://127.0.0.1:\(server.port)/v1\"}\n"
            .write(toFile: configuration, atomically: true, encoding: .utf8)
        let file = "\(folder.path)/chats.jsonl"
        let line = #"{"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"}]}"# + "\n"
        try String(repeating: line, count: 10).write(toFile: file, atomically: true, encoding: .utf8)
        let tune = ["models", "tune", "--endpoint", "trial", "--model", "m", "--config", configuration]
        let failed = try RunningProgram.run(
            tune + [file, "--data", "\(folder.path)/data"], home: folder.path)
        #expect(failed.ending == .exit(1) && failed.output.contains("10 examples with 10 answers"))
        #expect(failed.errors.contains("no such model"), "\(failed.errors)")
        let log = try run("train", "log", "1", "--config", configuration)
        #expect(log.ending == .exit(0) && log.output.contains("no such model"), "\(log.errors)")
        try line.write(toFile: file, atomically: true, encoding: .utf8)
        let few = try RunningProgram.run(tune + [file, "--data", "\(folder.path)/data"], home: folder.path)
        #expect(few.errors.contains("too few examples (1)"), "\(few.errors)")
        #expect(server.asked.count == 1)
    }
}
