internal import DeskAPI
internal import Vocabulary

/// Samples on their way to a gateway, in files that survive the end of the process.
///
/// Each sample is appended as one record with a check of its own. What was acknowledged is forgotten a file at a time,
/// so after a restart a few samples may be sent twice, which the gateway knows. Beyond the limit the oldest file goes
/// first. One owner at a time.
final class SampleSpool {
    /// Samples that go to the gateway together: of one layout, oldest first.
    struct Batch {
        let layout: MetricLayout
        let rows: [SampleRow]
        fileprivate let segment: Int
        fileprivate let end: Int
    }

    /// What was found at the start.
    struct Findings: Equatable {
        /// Samples of an earlier process that wait.
        var waiting = 0
        /// Files whose end was cut off or changed; what stood before it is kept.
        var damaged = 0
    }

    let folder: String
    private let limit: Int
    private var segments: [SpoolSegment] = []
    private var file: SpoolFile?
    private var writtenLayout: MetricLayout?
    private(set) var findings = Findings()

    /// Opens the spool in a folder that exists and belongs to this process.
    ///
    /// - Parameter limit: The most samples that wait.
    init(folder: String, limit: Int) throws(SpoolFailure) {
        self.folder = folder
        self.limit = max(SpoolSegment.size, limit)
        for name in try SpoolFile.names(in: folder) {
            guard let (number, count) = SpoolSegment.parse(name) else { continue }
            try adopt("\(folder)/\(name)", number: number, count: count)
        }
        segments.sort { $0.number < $1.number }
        findings.waiting = waiting
    }

    /// How many samples wait.
    var waiting: Int { segments.reduce(0) { $0 + $1.waiting } }

    /// Keeps a sample.
    ///
    /// - Returns: How many of the oldest were given up for it.
    /// - Throws: ``SpoolFailure`` when it could not be written; it waits in memory nevertheless.
    func append(_ sample: SpoolSegment.Sample) throws(SpoolFailure) -> Int {
        var failure: SpoolFailure?
        do throws(SpoolFailure) { try write(sample) } catch { failure = error }
        let dropped = try dropOldest()
        if let failure { throw failure }
        return dropped
    }

    /// The oldest samples that wait, at most so many; `nil` when none does.
    func next(atMost most: Int) throws(SpoolFailure) -> Batch? {
        guard let index = segments.firstIndex(where: { $0.waiting > 0 }) else { return nil }
        let samples = try loaded(index)
        let segment = segments[index]
        guard segment.acknowledged < samples.count else {
            // The file holds less than its name says: what is lost must not be waited for.
            segments[index].count = samples.count
            return try next(atMost: most)
        }
        let layout = samples[segment.acknowledged].layout
        let same = samples[segment.acknowledged...].prefix(max(1, most)).prefix { $0.layout === layout }
        return Batch(
            layout: layout, rows: same.map { SampleRow(at: $0.at, values: $0.values) }, segment: segment.number,
            end: segment.acknowledged + same.count)
    }

    /// The gateway has a batch, or refused it for good: it need not be kept.
    func acknowledge(_ batch: Batch) throws(SpoolFailure) {
        guard let index = segments.firstIndex(where: { $0.number == batch.segment }) else { return }
        segments[index].acknowledged = max(segments[index].acknowledged, batch.end)
        guard segments[index].waiting == 0 else { return }
        let isActive = index == segments.count - 1 && file != nil
        guard !isActive || segments[index].count >= SpoolSegment.size else { return }
        if isActive { file = nil }
        try SpoolFile.remove(segments.remove(at: index).path)
    }

    private func adopt(_ path: String, number: Int, count: Int?) throws(SpoolFailure) {
        if let count {
            segments.append(SpoolSegment(number: number, path: path, count: count))
            return
        }
        // The process that wrote it has ended: what it holds is counted, and nothing is added to it.
        let (samples, isDamaged) = try SpoolSegment.read(path)
        if isDamaged { findings.damaged += 1 }
        guard !samples.isEmpty else { return try SpoolFile.remove(path) }
        let name = "\(folder)/\(SpoolSegment.name(number, count: samples.count))"
        try SpoolFile.rename(path, to: name)
        segments.append(SpoolSegment(number: number, path: name, count: samples.count))
    }

    private func write(_ sample: SpoolSegment.Sample) throws(SpoolFailure) {
        if file == nil || segments.last?.count ?? SpoolSegment.size >= SpoolSegment.size { try rotate() }
        guard let index = segments.indices.last else { return }
        segments[index].samples?.append(sample)
        segments[index].count += 1
        var bytes: [UInt8] = []
        if writtenLayout !== sample.layout { bytes += SpoolRecord.layout(sample.layout).bytes }
        bytes += SpoolRecord.sample(at: sample.at, values: sample.values).bytes
        try file?.append(bytes)
        writtenLayout = sample.layout
    }

    /// Ends the file that is written and begins another.
    private func rotate() throws(SpoolFailure) {
        if file != nil, let index = segments.indices.last {
            file = nil
            let name = "\(folder)/\(SpoolSegment.name(segments[index].number, count: segments[index].count))"
            try SpoolFile.rename(segments[index].path, to: name)
            segments[index].path = name
            // Only the oldest is in memory, so that a long outage needs disk and no memory.
            if index > 0 { segments[index].samples = nil }
        }
        let number = (segments.last?.number ?? 0) + 1
        let path = "\(folder)/\(SpoolSegment.name(number, count: nil))"
        writtenLayout = nil
        file = try SpoolFile(creating: path)
        segments.append(SpoolSegment(number: number, path: path, count: 0, samples: []))
    }

    private func dropOldest() throws(SpoolFailure) -> Int {
        var dropped = 0
        while waiting > limit, segments.count > 1 {
            let oldest = segments.removeFirst()
            dropped += oldest.waiting
            try SpoolFile.remove(oldest.path)
        }
        return dropped
    }

    private func loaded(_ index: Int) throws(SpoolFailure) -> [SpoolSegment.Sample] {
        if let samples = segments[index].samples { return samples }
        let (samples, isDamaged) = try SpoolSegment.read(segments[index].path)
        if isDamaged { findings.damaged += 1 }
        segments[index].samples = samples
        return samples
    }
}
