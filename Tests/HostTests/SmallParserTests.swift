import Testing

@testable import Host

@Suite struct SmallParserTests {
    @Test func `memory used is the total less what is available`() throws {
        let bytes = Array(
            "MemTotal: 1000 kB\nMemFree: 100 kB\nMemAvailable: 400 kB\nSwapTotal: 0 kB\nSwapFree: 0 kB\n".utf8)
        let parsed = MemoryInfo.parse(bytes.span)
        let memory = try #require(parsed)
        #expect(memory.used == 600 * 1024)
        #expect(memory.swapUsed == nil)
    }

    @Test(arguments: ["", "MemFree: 5 kB\n", "MemTotal: x kB\n", "MemTotal: 99999999999999999999 kB\n", "MemTotal:"])
    func `memory without a total is unknown`(text: String) {
        let bytes = Array(text.utf8)
        let parsed = MemoryInfo.parse(bytes.span)
        #expect(parsed == nil)
    }

    @Test func `a kernel that does not say what is available leaves used unknown`() throws {
        let bytes = Array("MemTotal: 1000 kB\nMemFree: 100 kB\n".utf8)
        let parsed = MemoryInfo.parse(bytes.span)
        let memory = try #require(parsed)
        #expect(memory.used == nil)
    }

    @Test func `load averages and the number of tasks`() throws {
        let bytes = Array("0.52 1.06 12.04 3/845 12345\n".utf8)
        let parsed = LoadAverage.parse(bytes.span)
        let load = try #require(parsed)
        #expect((load.one, load.five, load.fifteen) == (0.52, 1.06, 12.04))
        #expect(load.threads == 845)
    }

    @Test(arguments: ["", "\n", "0.5 0.6", "a b c"])
    func `a load file without three averages is unknown`(text: String) {
        let bytes = Array(text.utf8)
        let parsed = LoadAverage.parse(bytes.span)
        #expect(parsed == nil)
    }

    @Test func `pressure gives both lines and their totals`() throws {
        let bytes = Array(
            "some avg10=1.25 avg60=0.49 avg300=0.52 total=7337442\nfull avg10=0.50 avg60=0.00 avg300=0.00 total=12\n"
                .utf8)
        let parsed = Pressure.parse(bytes.span)
        let pressure = try #require(parsed)
        #expect(pressure.some == Pressure.Line(average10: 1.25, total: 7_337_442))
        #expect(pressure.full == Pressure.Line(average10: 0.5, total: 12))
    }

    @Test func `an older kernel has no full line for processors`() throws {
        let bytes = Array("some avg10=0.00 avg60=0.00 avg300=0.00 total=5\n".utf8)
        let parsed = Pressure.parse(bytes.span)
        let pressure = try #require(parsed)
        #expect(pressure.full == nil)
    }

    @Test func `pressure is the growth of the total, never above the interval`() {
        let before = Pressure(some: .init(average10: 0, total: 1_000_000), full: nil)
        let now = Pressure(some: .init(average10: 3, total: 1_250_000), full: nil)
        #expect(PressureReading(from: before, to: now, seconds: 1).some == 25)
        #expect(PressureReading(from: before, to: now, seconds: 0.1).some == 100)
        #expect(PressureReading(from: now, to: before, seconds: 1).some == nil)
        #expect(PressureReading(from: nil, to: now, seconds: 1).some == nil)
    }

    @Test func `open files leave out the free ones`() throws {
        let bytes = Array("9312\t12\t100000\n".utf8)
        let parsed = FileHandles.parse(bytes.span)
        #expect(parsed == FileHandles(open: 9300, limit: 100_000))
    }

    @Test func `sockets in time-wait are found by name`() {
        let bytes = Array("sockets: used 914\nTCP: inuse 31 orphan 0 tw 7 alloc 41 mem 5\nUDP: inuse 9 mem 3\n".utf8)
        let parsed = SocketCounts.parse(bytes.span)
        #expect(parsed == SocketCounts(used: 914, tcp: 31, timeWait: 7, udp: 9))
    }
}
