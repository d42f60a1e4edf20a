import Foundation
import Glibc
import Testing

/// The demo on a real pseudo-terminal.
@Suite(.serialized, .onOwnThread)
struct DemoTests {
    private func folders() throws -> Set<String> {
        Set(try FileManager.default.contentsOfDirectory(atPath: "/tmp").filter { $0.hasPrefix("watchdesk-demo-") })
    }

    @Test func `made-up customers talk, every screen says so, and nothing is left behind`() throws {
        let before = try folders()
        let home = try TemporaryFolder()
        let terminal = try PseudoTerminal(columns: 120, rows: 40)
        let program = try RunningProgram(
            ["demo", "--customers", "4"], home: home.path, environment: ["TERM": "xterm-256color"], on: terminal)
        try terminal.see("DEMO")
        #expect(try folders().subtracting(before).count == 1)
        terminal.type("4")
        try terminal.see("assistant", within: .seconds(60))
        terminal.type("q")
        #expect(try program.end(within: .seconds(20)) == .exit(0))
        #expect(try folders() == before)
        #expect(!FileManager.default.fileExists(atPath: home.path + "/.local/share/watchdesk"))
    }
}
