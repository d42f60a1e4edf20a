import Foundation
import Testing
import Vocabulary

@testable import Host

@Suite struct ProcessStatTests {
    /// A line as proc_pid_stat(5) describes it, with a number of its own in every field that is read.
    static func line(
        pid: Int32 = 812, name: String = "postgres", state: String = "S", parent: Int = 1, flags: UInt64 = 0x40_0000,
        user: UInt64 = 120, system: UInt64 = 30, nice: Int = -5, threads: Int = 7, started: UInt64 = 41_902,
        pages: Int = 2560
    ) -> String {
        "\(pid) (\(name)) \(state) \(parent) 812 812 0 -1 \(flags) 11 12 13 14 \(user) \(system) 15 16 20 \(nice) "
            + "\(threads) 0 \(started) 225000000 \(pages) 18446744073709551615 1 1 0 0 0 0 0 4096 0 0 0 0 17 1 0 0 0 0 0\n"
    }

    private func parse(_ text: String) -> ProcessStat? {
        let bytes = Array(text.utf8)
        return ProcessStat.parse(bytes.span)
    }

    @Test func `each field is read from its place`() throws {
        let stat = try #require(parse(ProcessStatTests.line()))
        #expect(stat.state == UInt8(ascii: "S"))
        #expect(stat.parent == 1 && stat.nice == -5 && stat.threads == 7)
        #expect(stat.ticks == 150 && stat.started == 41_902 && stat.residentPages == 2560)
        #expect(!stat.isKernelThread)
        #expect(try #require(parse(ProcessStatTests.line(flags: 0x20_8040))).isKernelThread)
    }

    @Test(
        arguments: [
            "x", "", ") (", "a) S 1 2 3 (b", "((((", "))))", "kworker/u8:0-events_unbound", "new\nline",
            "\u{1B}[31mred",
            "with blanks 1 2 3", "\u{202E}gnirts",
        ])
    func `a name may hold anything`(_ name: String) throws {
        let text = ProcessStatTests.line(name: name)
        let stat = try #require(parse(text))
        #expect(Array(Array(text.utf8)[stat.name]) == Array(name.utf8))
        #expect(stat.started == 41_902)
    }

    @Test(
        arguments: [
            "", "812", "812 (x", "812 x) S 1", "812 (x) S", "812 )x( S 1 2", "812 (x) SS 1 2 3 4 5 6 7 8 9",
            "812 (x) S a b c d e f g h i j k l m n o p q r s t u", "812 (x) S 99999999999999999999 1 1 1 1 1",
        ])
    func `what is no such line is refused`(_ text: String) {
        #expect(parse(text) == nil)
    }

    @Test(arguments: 1...20) func `cut and garbled lines never break the reader`(_ seed: UInt64) {
        var random = Seeded(seed)
        for _ in 0..<500 {
            var bytes = Array(ProcessStatTests.line(name: "a) (b").utf8)
            for _ in 0..<Int.random(in: 0...6, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            bytes = Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &random)))
            if let stat = ProcessStat.parse(bytes.span) { #expect(stat.name.upperBound <= bytes.count) }
        }
    }

    @Test func `a resident set below nothing is nothing`() {
        #expect(parse(ProcessStatTests.line(pages: -3))?.residentPages == 0)
    }

    @Test func `traffic is what went through the block layer`() {
        let text = """
            rchar: 1
            wchar: 2
            syscr: 3
            syscw: 4
            read_bytes: 4096
            write_bytes: 8192
            cancelled_write_bytes: 5

            """
        let bytes = Array(text.utf8)
        #expect(ProcessIO.parse(bytes.span) == ProcessIO(read: 4096, written: 8192))
        let half = Array("read_bytes: 4096\n".utf8)
        #expect(ProcessIO.parse(half.span) == nil)
    }

    @Test func `users have the first name of their number`() {
        let text = "root:x:0:0:root:/root:/bin/sh\ntoor:x:0:0::/:/bin/sh\n\nbroken\n:x:7:\nal\u{1B}[2Jex:x:1000:1000\n"
        let bytes = Array(text.utf8)
        let names = UserNames.parse(bytes.span)
        #expect(names[0] == "root")
        #expect(names[1000] == "al␛[2Jex")
        #expect(names.count == 3)
    }
}
