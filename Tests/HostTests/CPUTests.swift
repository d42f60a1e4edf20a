import Testing

@testable import Host

@Suite struct CPUTests {
    private func times(_ line: String) throws -> CPUTimes {
        let bytes = Array(line.utf8)
        var cursor = ByteCursor()
        let times = CPUTimes(&cursor, in: bytes.span)
        return try #require(times)
    }

    @Test func `the shares of an interval add up to the whole`() throws {
        let before = try times("100 10 50 1000 20 1 2 3 40 5")
        let now = try times("200 20 90 1300 60 3 6 8 70 9")
        let shares = try #require(CPUShares(from: before, to: now))
        let sum =
            shares.user + shares.nice + shares.system + shares.idle + shares.iowait + shares.irq + shares.softirq
            + shares.steal + shares.guest
        #expect(abs(sum - 100) < 1e-9)
        // 100 ticks of user with 30 of a guest inside, of 100+10+40+300+40+2+4+5 in all.
        #expect(abs(shares.user - 70.0 / 501 * 100) < 1e-9)
        #expect(abs(shares.guest - 34.0 / 501 * 100) < 1e-9)
        #expect(abs(shares.busy - (100 - 340.0 / 501 * 100)) < 1e-9)
    }

    @Test func `waiting for disks counts as idle`() throws {
        let before = try times("0 0 0 0 0 0 0 0 0 0")
        let shares = try #require(CPUShares(from: before, to: times("25 0 0 25 50 0 0 0 0 0")))
        #expect(shares.busy == 25)
        #expect(shares.iowait == 50)
    }

    @Test func `iowait and idle that run backwards take nothing from the rest`() throws {
        let before = try times("100 0 100 1000 500 0 0 0 0 0")
        let shares = try #require(CPUShares(from: before, to: times("110 0 110 980 400 0 0 0 0 0")))
        #expect(shares.user == 50)
        #expect(shares.system == 50)
        #expect(shares.busy == 100)
    }

    @Test func `no tick passed is unknown`() throws {
        let times = try times("1 2 3 4")
        #expect(CPUShares(from: times, to: times) == nil)
    }

    @Test func `counters near the top of their type do not overflow`() throws {
        let top = UInt64.max
        let before = try times("0 0 0 0")
        let shares = try #require(CPUShares(from: before, to: times("\(top) \(top) \(top) \(top)")))
        #expect(abs(shares.busy - 75) < 1e-9)
    }

    @Test func `a line with three numbers is no processor`() {
        let bytes = Array("1 2 3".utf8)
        var cursor = ByteCursor()
        let times = CPUTimes(&cursor, in: bytes.span)
        #expect(times == nil)
    }

    @Test func `processors are known by their number, whatever is missing between`() {
        let bytes = Array("cpu  4 0 0 4\ncpu0 1 0 0 1\ncpu3 2 0 0 2\ncpufreq 9 9 9 9\ncpux 1 1 1 1\nctxt 7\n".utf8)
        var cores = DeviceTable<CPUTimes>()
        let stat = ProcStat.parse(bytes.span, cores: &cores)
        #expect(cores.rows.map(\.label) == ["cpu0", "cpu3"])
        #expect(cores.rows.map(\.now.user) == [1, 2])
        #expect(stat.contextSwitches == 7)
        #expect(stat.total?.user == 4)
        #expect(stat.forks == nil)
    }
}
