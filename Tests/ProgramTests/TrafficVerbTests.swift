import Foundation
import Testing

/// `watchdesk models deploy` and its sisters with several versions, as a person calls them, with the real binary.
@Suite(.serialized, .onOwnThread)
struct TrafficVerbTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try "endpoints:\n  - {name: trial, url: \"http://127.0.0.1:9/v1\"}\n"
            .write(toFile: "\(folder.path)/watchdesk.yaml", atomically: true, encoding: .utf8)
    }

    private func models(_ arguments: String...) throws -> RunningProgram.Outcome {
        try RunningProgram.run(
            ["models"] + arguments + ["--data", "\(folder.path)/data", "--config", "\(folder.path)/watchdesk.yaml"],
            home: folder.path)
    }

    @Test func `a second version is tried beside the first, and steering says which`() throws {
        let (first, second) = (try add("m1"), try add("m2"))
        #expect(try models("deploy", "production", first, "--share", "20").output.contains("gets 20.0 %"))
        // Alone it needs no number.
        #expect(try models("pause", "production").output.contains("stays at 20.0 %"))
        let much = try models("deploy", "production", second, "--share", "90")
        #expect(much.ending == .exit(1), "\(much.errors)")
        #expect(much.errors.contains("steps"), "\(much.errors)")
        #expect(much.errors.contains("80.0 % (8000 of 10000) are left"), "\(much.errors)")
        let beside = try models("deploy", "production", second, "--share", "10")
        #expect(beside.output.contains("version \(second) gets 10.0 %"), "\(beside.errors)")

        let which = try models("step", "production")
        #expect(which.ending == .exit(2))
        #expect(which.errors.contains("say which: \(first) (20.0 %), \(second) (10.0 %)"), "\(which.errors)")
        #expect(try models("rollback", "production").ending == .exit(2))
        #expect(try models("step", "production", second).output.contains("version \(second) gets 25.0 %"))
        let none = try models("pause", "production", "77")
        #expect(none.ending == .exit(1) && none.errors.contains("version 77 is not tried"), "\(none.errors)")
        let back = try models("rollback", "production", second)
        #expect(back.output.contains("version \(second) was taken back"), "\(back.errors)")
        let list = try models("deployments").output
        #expect(list.contains("/\(first) ") && list.contains("/\(second) "), "\(list)")
        #expect(list.contains("rolled_back"), "\(list)")
    }

    /// Registers a version; its number.
    private func add(_ model: String) throws -> String {
        let added = try models("add", model, "--endpoint", "trial")
        #expect(added.ending == .exit(0), "\(added.errors)")
        return String(added.output.drop { !$0.isNumber }.prefix { $0.isNumber })
    }
}
