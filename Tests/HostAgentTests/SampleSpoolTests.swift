import DeskAPI
import Foundation
import Testing
import Vocabulary

@testable import HostAgent

@Suite struct SampleSpoolTests {
    @Test func `what was appended comes back in order, also after the process ended without a word`() throws {
        let folder = try SpoolFolder()
        try folder.fill(0..<700)
        let spool = try SampleSpool(folder: folder.path, limit: 10_000)
        #expect(spool.findings == SampleSpool.Findings(waiting: 700, damaged: 0))
        #expect(try folder.drain(spool) == (0..<700).map(SpoolFolder.moment))
        #expect(spool.waiting == 0)
    }

    @Test func `acknowledged samples are gone for good, those of a batch under way are not`() throws {
        let folder = try SpoolFolder()
        let spool = try folder.fill(0..<650)
        let first = try #require(try spool.next(atMost: 300))
        try spool.acknowledge(first)
        #expect(try spool.next(atMost: 5)?.rows.first?.at == SpoolFolder.moment(300))
        let again = try SampleSpool(folder: folder.path, limit: 10_000)
        #expect(again.waiting == 350)
    }

    @Test func `a new set of devices begins a new batch`() throws {
        let folder = try SpoolFolder()
        let spool = try folder.fill(0..<10)
        let other = MetricLayout(names: ["disk.sdb.read"], units: [.bytesPerSecond])
        _ = try spool.append(.init(at: SpoolFolder.moment(10), layout: other, values: [7]))
        let first = try #require(try spool.next(atMost: 100))
        #expect(first.rows.count == 10 && first.layout == SpoolFolder.layout)
        try spool.acknowledge(first)
        let second = try #require(try spool.next(atMost: 100))
        #expect(second.layout == other && second.rows == [SampleRow(at: SpoolFolder.moment(10), values: [7])])
    }

    @Test func `beyond the limit the oldest go first, and how many is told`() throws {
        let folder = try SpoolFolder()
        let spool = try SampleSpool(folder: folder.path, limit: 600)
        var dropped = 0
        for second in 0..<1500 { dropped += try spool.append(SpoolFolder.sample(second)) }
        #expect(dropped > 0 && dropped + spool.waiting == 1500)
        #expect(spool.waiting <= 600 && spool.waiting > 300)
        let rest = try folder.drain(spool)
        #expect(rest.last == SpoolFolder.moment(1499) && rest.first == SpoolFolder.moment(dropped))
    }

    @Test func `wherever a file is cut off or changed, what stood before it is kept`() throws {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<60 {
            let folder = try SpoolFolder()
            try folder.fill(0..<40)
            let file = folder.path + "/00000001.open"
            var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
            let place = Int.random(in: 0..<bytes.count, using: &random)
            if Bool.random(using: &random) { bytes.removeSubrange(place...) } else { bytes[place] ^= 0x55 }
            try Data(bytes).write(to: URL(fileURLWithPath: file))
            let spool = try SampleSpool(folder: folder.path, limit: 10_000)
            let kept = try folder.drain(spool)
            #expect(kept == (0..<kept.count).map(SpoolFolder.moment))
            _ = try spool.append(SpoolFolder.sample(99))
            #expect(try folder.drain(spool) == [SpoolFolder.moment(99)])
        }
    }

    @Test func `any bytes are read or refused`() throws {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            let bytes = (0..<Int.random(in: 0...200, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            let (records, end) = SpoolRecord.read(bytes)
            #expect(end <= bytes.count && (records.isEmpty || end > 0))
        }
    }
}

/// A folder for one spool.
final class SpoolFolder {
    let path = NSTemporaryDirectory() + "spool-" + UUID().uuidString

    init() throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        do { try FileManager.default.removeItem(atPath: path) } catch { print("left behind: \(path)") }
    }

    static let layout = MetricLayout(names: ["cpu.busy", "load.1"], units: [.percent, .count])

    static func moment(_ second: Int) -> Timestamp { Timestamp(milliseconds: 1_795_370_400_000 + Int64(second) * 1000) }

    static func sample(_ second: Int) -> SpoolSegment.Sample {
        SpoolSegment.Sample(at: moment(second), layout: layout, values: [Double(second), .nan])
    }

    @discardableResult
    func fill(_ seconds: Range<Int>) throws -> SampleSpool {
        let spool = try SampleSpool(folder: path, limit: 10_000)
        for second in seconds { _ = try spool.append(SpoolFolder.sample(second)) }
        return spool
    }

    /// Takes everything out, and gives its moments.
    func drain(_ spool: SampleSpool) throws -> [Timestamp] {
        var moments: [Timestamp] = []
        while let batch = try spool.next(atMost: 120) {
            moments += batch.rows.map(\.at)
            try spool.acknowledge(batch)
        }
        return moments
    }
}
