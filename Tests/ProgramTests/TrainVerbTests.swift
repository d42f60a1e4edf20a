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
}
