import Glibc
import JSON
import Testing

@testable import watchdesk

/// The console without a screen, as a program of its own.
@Suite(.serialized, .onOwnThread)
struct PlainTests {
    @Test func `lines go in, lines come out, and quit ends it`() throws {
        let desk = try ServedDesk(try TemporaryFolder())
        let customer = try desk.customer("Crystal")
        let url = "http://127.0.0.1:\(desk.port)"
        let outcome = try RunningProgram.run(
            ["--plain", "--url", url, "--key", desk.token], home: desk.folder.path,
            input: "help\ntake \(customer.conversation)\nnonsense\n\(String(repeating: "x", count: 30_000))\nquit\n")
        #expect(outcome.ending == .exit(0), "\(outcome.errors)")
        #expect(outcome.output.contains("plain mode") && outcome.output.contains("ack NUMBER"))
        #expect(outcome.output.contains("there is no command nonsense"))
        #expect(!outcome.output.contains("\u{1B}"))
        #expect(try desk.stop() == .exit(0))
    }

    @Test func `it goes on telling when nobody types, and ends on a signal`() throws {
        let folder = try TemporaryFolder()
        let program = try RunningProgram(
            ["--plain", "--data", "\(folder.path)/data", "--listen", "127.0.0.1:0"], home: folder.path)
        _ = try program.output.line(with: "status: live")
        program.send(SIGTERM)
        #expect(try program.end(within: .seconds(10)) == .exit(0))
    }

    @Test func `a copy is wrapped for tmux, and a long one refused`() {
        #expect(Clipboard.sequence(for: "foo", environment: [:]) == "\u{1B}]52;c;Zm9v\u{7}")
        #expect(
            Clipboard.sequence(for: "foo", environment: ["TMUX": "/tmp/x"])
                == "\u{1B}Ptmux;\u{1B}\u{1B}]52;c;Zm9v\u{7}\u{1B}\\")
        let long = (0..<600).reduce("") { text, _ in text + String(repeating: "a", count: 100) }
        #expect(Clipboard.sequence(for: .init(untrusted: long), environment: [:]) == nil)
    }

    @Test func `a call says nothing that steers a terminal`() {
        #expect(Calls.sequence(for: "x", .none).isEmpty && Calls.sequence(for: "x", .bell) == "\u{7}")
        let hostile = Calls.sequence(for: .init(untrusted: "a;b\u{7}\u{1B}]0;c\u{1B}\\\nd"), .desktop)
        #expect(hostile.filter { $0 == "\u{7}" }.count == 3, "its own three ends, and none from the text")
        #expect(!hostile.contains("]0;") && !hostile.contains("\n"))
    }
}
