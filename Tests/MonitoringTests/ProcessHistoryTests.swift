import DeskAPI
import Foundation
import Storage
import Testing
import Vocabulary

@testable import Monitoring

@Suite struct ProcessHistoryTests {
    private let start = HistoryFolder.start

    private func process(_ pid: Int64, cpu: Int64? = 155, name: [UInt8] = Array("postgres".utf8)) -> TopProcess {
        TopProcess(
            pid: pid, started: 41_902, parent: 1, user: 33, state: UInt8(ascii: "S"), threads: 7, cpu: cpu,
            memory: 102_400, age: 86_400, isKernel: false, name: name)
    }

    private func top(_ pids: Int64...) -> TopProcesses {
        TopProcesses(total: 143, interval: 1, items: pids.map { process($0) })
    }

    @Test func `what is packed comes back as it was`() {
        var top = TopProcesses(total: 50_000, interval: 5, items: [])
        top.items.append(process(4_194_304, cpu: nil, name: Array(") (\u{1B}[31m".utf8) + [0xFF, 0xFE]))
        top.items.append(process(2, cpu: 0, name: []))
        top.items[1].user = nil
        top.items[1].isKernel = true
        top.items[1].started = .max
        let bytes = PackedProcesses.pack(top)
        #expect(PackedProcesses.unpack(bytes) == top)
        for count in bytes.indices { #expect(PackedProcesses.unpack(Array(bytes.prefix(count))) == nil) }
    }

    @Test(arguments: 1...10) func `garbled bytes are refused or read, and break nothing`(_ seed: UInt64) {
        var random = Seeded(seed)
        for _ in 0..<500 {
            var bytes = PackedProcesses.pack(top(1, 2, 3))
            for _ in 0..<3 {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            if let read = PackedProcesses.unpack(bytes) { #expect(read.items.count <= 1000) }
        }
    }

    @Test func `twenty processes of usual names take little room`() {
        let all = TopProcesses(total: 412, interval: 1, items: (0..<20).map { process(10_000 + $0) })
        #expect(PackedProcesses.pack(all).count < 700)
    }

    @Test func `the nearest second at or before is told, after opening the file again too`() async throws {
        let folder = try HistoryFolder()
        let first = try folder.open()
        try await first.record(snapshot(start, [1, 2]))
        let archive = ProcessHistory(history: first)
        for second in [Int64(1), 2, 5] { archive.keep(top(second), of: "desk-1", at: moment(start + second)) }
        first.close()
        let again = try folder.open()
        let reopened = ProcessHistory(history: again)
        for (asked, found) in [(1, 1), (2, 2), (4, 2), (5, 5), (900, 5)] as [(Int64, Int64)] {
            let kept = try await reopened.moment(atOrBefore: moment(start + asked), of: "desk-1")
            #expect(kept == ProcessHistory.Moment(second: start + found, top: top(found)))
        }
        #expect(try await reopened.moment(atOrBefore: moment(start), of: "desk-1") == nil)
        again.close()
    }

    @Test func `an hour is kept by seconds, a day by the first second of each minute`() async throws {
        let folder = try HistoryFolder()
        let history = try folder.open()
        try await history.record(snapshot(start, [1, 2]))
        let archive = ProcessHistory(history: history)
        let step: Int64 = 20
        let last = start + 4 * 3600
        for second in stride(from: start, through: last, by: Int(step)) {
            archive.keep(top(second - start + 1), of: "desk-1", at: moment(second))
            try await history.record(snapshot(second, [1, 2]))
        }
        let (seconds, minutes) = try await history.database.read { snapshot in
            let seconds: Int64 = try snapshot.value("SELECT count(*) FROM top_1") ?? 0
            let minutes: Int64 = try snapshot.value("SELECT count(*) FROM top_60") ?? 0
            return (seconds, minutes)
        }
        #expect(seconds == history.retention.length(of: .second) / step + 1)
        #expect(minutes == 4 * 60 + 1)
        let old = try await archive.moment(atOrBefore: moment(start + 3600 + 50), of: "desk-1")
        #expect(old?.second == start + 3600, "of that minute only its first second is kept")
        let fresh = try await archive.moment(atOrBefore: moment(last - 1), of: "desk-1")
        #expect(fresh?.second == last - step)
        #expect(try await archive.oldest(of: "desk-1") == start)
        history.close()
    }

    @Test func `before the first sample of the host nothing is kept, and nothing fails`() async throws {
        let folder = try HistoryFolder()
        let history = try folder.open()
        let archive = ProcessHistory(history: history)
        archive.keep(top(1), of: "desk-1", at: moment(start))
        await #expect(throws: HistoryFailure.self) {
            try await archive.moment(atOrBefore: moment(start), of: "desk-1")
        }
        history.close()
    }

    @Test func `a cheap scan is done every second, a dear one every five or more rarely`() {
        var cadence = ScanCadence()
        #expect(cadence.interval(isWatched: false) == .seconds(1))
        cadence.take(.milliseconds(200))
        #expect(cadence.interval(isWatched: false) == .seconds(1), "the first scans say little")
        cadence.take(.milliseconds(1))
        cadence.take(.milliseconds(1))
        #expect(cadence.interval(isWatched: false) == .seconds(1), "one slow scan changes nothing")
        for _ in 0..<3 { cadence.take(.microseconds(2400)) }
        #expect(cadence.interval(isWatched: false) == .seconds(3), "a thousandth of a core")
        #expect(cadence.interval(isWatched: true) == .seconds(1) && !cadence.isDear)
        for _ in 0..<3 { cadence.take(.milliseconds(6)) }
        #expect(!cadence.isDear, "nobody need know of a few milliseconds")
        #expect(cadence.interval(isWatched: false) == .seconds(5))
        #expect(cadence.interval(isWatched: true) == .seconds(1))
        for _ in 0..<3 { cadence.take(.milliseconds(400)) }
        #expect(cadence.isDear)
        #expect(cadence.interval(isWatched: false) == .seconds(8))
        #expect(cadence.interval(isWatched: true) == .seconds(8))
    }
}
