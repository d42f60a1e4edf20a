import Testing

@testable import Host

@Suite struct DeviceTests {
    private func disks(_ text: String, into table: inout DeviceTable<DiskCounters>) {
        let bytes = Array(text.utf8)
        DiskCounters.parse(bytes.span, into: &table) { _, _, _ in true }
    }

    private func line(_ name: String, sectors: UInt64) -> String {
        " 8 0 \(name) 10 0 \(sectors) 5 20 0 \(sectors * 2) 10 0 40 50 0 0 0 0\n"
    }

    @Test func `sectors are 512 bytes and rates are per second`() throws {
        var table = DeviceTable<DiskCounters>()
        disks(" 8 0 sda 100 0 1000 50 200 0 2000 400 0 500 900\n", into: &table)
        disks(" 8 0 sda 150 0 3000 150 200 0 2000 400 0 1500 2900\n", into: &table)
        let row = try #require(table.rows.first)
        let reading = DiskReading(from: try #require(row.before), to: row.now, seconds: 2)
        #expect(reading.read == 2000.0 * 512 / 2)
        #expect(reading.written == 0)
        #expect(reading.reads == 25)
        #expect(reading.readLatency == 2)
        #expect(reading.writeLatency == nil, "nothing was written, so nothing is known about how long it takes")
        #expect(reading.busy == 50)
        #expect(reading.queue == 1)
    }

    @Test func `a counter that runs backwards makes its rates unknown, and only those`() throws {
        var table = DeviceTable<DiskCounters>()
        disks(" 8 0 sda 100 0 1000 50 200 0 2000 400 0 500 900\n", into: &table)
        disks(" 8 0 sda 150 0 10 150 300 0 2100 400 0 1500 2900\n", into: &table)
        let row = try #require(table.rows.first)
        let reading = DiskReading(from: try #require(row.before), to: row.now, seconds: 1)
        #expect(reading.read == nil)
        #expect(reading.reads == 50)
    }

    @Test func `a disk that comes in the middle disturbs no other`() {
        var table = DeviceTable<DiskCounters>()
        disks(line("sda", sectors: 1) + line("sdc", sectors: 3), into: &table)
        let version = table.version
        disks(line("sda", sectors: 11) + line("sdb", sectors: 12) + line("sdc", sectors: 13), into: &table)
        #expect(table.rows.map(\.label) == ["sda", "sdb", "sdc"])
        #expect(table.rows.map { $0.before?.sectorsRead } == [1, nil, 3])
        #expect(table.version > version)
    }

    @Test func `a disk that goes and returns starts afresh`() {
        var table = DeviceTable<DiskCounters>()
        disks(line("sda", sectors: 1), into: &table)
        disks("", into: &table)
        #expect(table.rows.isEmpty)
        disks(line("sda", sectors: 5), into: &table)
        #expect(table.rows.first?.before == nil)
    }

    @Test func `an unchanged set of devices keeps its version`() {
        var table = DeviceTable<DiskCounters>()
        disks(line("sda", sectors: 1) + line("sdb", sectors: 1), into: &table)
        let version = table.version
        disks(line("sdb", sectors: 2) + line("sda", sectors: 2), into: &table)
        #expect(table.version == version)
        #expect(table.rows.map { $0.before?.sectorsRead } == [1, 1])
    }

    @Test func `an interface name may touch its first number`() throws {
        let bytes = Array("x | y\n  eth0:22252064 582 1 2 0 0 0 0 37159 409 3 4 0 0 0 0\n".utf8)
        var table = DeviceTable<InterfaceCounters>()
        InterfaceCounters.parse(bytes.span, into: &table) { _ in true }
        let row = try #require(table.rows.first)
        #expect(row.label == "eth0")
        #expect(row.now.bytesReceived == 22_252_064)
        #expect(row.now.bytesSent == 37159)
        #expect((row.now.errors, row.now.drops) == (4, 6))
    }

    @Test func `escape sequences in a device name are shown, not sent`() {
        let bytes = Array("e\u{1b}[2J: 1 1 0 0 0 0 0 0 1 1 0 0 0 0 0 0\n".utf8)
        var table = DeviceTable<InterfaceCounters>()
        InterfaceCounters.parse(bytes.span, into: &table) { _ in true }
        #expect(table.rows.first?.label == "e␛[2J")
    }

    @Test func `totals of disks are unknown when a part is`() {
        let one = DiskCounters.sample(sectors: 100)
        let known = DiskReading(from: one, to: .sample(sectors: 200), seconds: 1)
        let back = DiskReading(from: one, to: .sample(sectors: 50), seconds: 1)
        #expect(DiskReading(sumOf: [known, known])?.read == 200.0 * 512)
        #expect(DiskReading(sumOf: [known, back])?.read == nil)
        #expect(DiskReading(sumOf: []) == nil)
    }
}

extension DiskCounters {
    static func sample(sectors: UInt64) -> DiskCounters {
        let bytes = Array("1 0 \(sectors) 1 1 0 \(sectors) 1 0 1 1".utf8)
        var cursor = ByteCursor()
        guard let counters = DiskCounters(&cursor, in: bytes.span) else { preconditionFailure("eleven numbers") }
        return counters
    }
}
