import Assistant
import DeskAPI
import JSON
import Testing
import Vocabulary

@testable import Desk

@Suite struct TuningCourseTests {
    private let now = Timestamp(milliseconds: 1_795_371_601_000)

    @Test func `the ways of a fine-tuning`() {
        var course = TuningCourse(job())
        #expect(course.step() == .upload)
        course.uploaded("file-1", isValidation: false)
        #expect(course.step() == .begin)
        course.begins(at: now)
        #expect(course.step() == .look && course.job.tuning?.starts == 1)
        course.begun(remote("queued"), at: now)
        #expect(course.step() == .ask("ftjob-1") && course.job.status == .queued)
        course.take(remote("running"), [], at: now)
        #expect(course.job.status == .running && course.job.startedAt == now)
        var done = remote("succeeded")
        (done.model, done.trainedTokens) = ("ft:m", 4711)
        #expect(course.take(done, [], at: now) == "ft:m")
        #expect(course.job.tuning?.trainedTokens == 4711)
        // Over it is with the version, in one transaction.
        #expect(course.job.status == .running)
    }

    @Test func `a refused start is over with the provider's words, one that never arrived is tried again`() {
        var course = begun()
        course.failed(.refused(status: 400, message: "too few", retryAfter: nil), at: .begin, garbled: 0, now: now)
        #expect(course.job.status == .failed && course.job.failure?.contains("too few") == true)
        course = begun()
        course.failed(.transfer(.refused(server: "x")), at: .begin, garbled: 0, now: now)
        #expect(course.step() == .begin && course.job.tuning?.starts == 0)
        course = begun()
        course.failed(.refused(status: 503, message: "busy", retryAfter: nil), at: .begin, garbled: 0, now: now)
        #expect(course.step() == .look && course.job.tuning?.trouble?.contains("unknown") == true)
        course.failed(.refused(status: 404, message: "no route", retryAfter: nil), at: .look, garbled: 0, now: now)
        #expect(course.job.status == .failed && course.job.failure?.contains("nobody knows") == true)
        #expect(course.job.failure?.contains("file-1") == true)
    }

    @Test func `points are thinned, and the newest stays`() {
        var course = begun()
        course.begun(remote("running"), at: now)
        for step in 1...2000 {
            var event = TuningEvent(id: "e\(step)", at: nil, message: "")
            (event.isMetrics, event.step, event.loss) = (true, Int64(step), 2 / Double(step))
            course.take(remote("running"), [event, event], at: now)
            let points = course.job.tuning?.points ?? []
            #expect(points.count <= TuningState.mostPoints && points.last?.step == Int64(step))
        }
        let steps = course.job.tuning?.points.map(\.step) ?? []
        #expect(steps == steps.sorted() && Set(steps).count == steps.count && steps.count > 100)
        #expect(course.job.progress == 0, "without a number of steps nothing is measured")
        #expect(course.job.tuning?.events == 2000)
    }

    @Test func `a long log keeps its first lines and its newest`() throws {
        var course = begun()
        for number in 1...1000 {
            let event = TuningEvent(id: "e\(number)", at: nil, message: "line \(number)")
            course.take(remote("running"), [event], at: now)
        }
        #expect(course.job.log.count == 200 && course.job.log.last == "line 1000")
        #expect(course.job.log.contains { $0.contains("file-1") })
        #expect(course.job.tuning?.linesLeftOut ?? 0 > 800)
        // What is stored can be read again.
        #expect(try TrainingJob.read(json(course.job), .natural) == course.job)
    }

    /// Killed at any moment, with any answer lost and late, there is one paid job, and it is found.
    @Test(arguments: 0..<400) func `whatever is lost, a provider never begins twice`(seed: UInt64) throws {
        var chance = SeededChance(seed: seed)
        var provider = UnreliableProvider()
        var stored = job()
        var now = now
        for _ in 0..<400 where !stored.status.isOver && stored.tuning?.remoteStatus != "running" {
            now = now + .seconds(Int64.random(in: 1...20, using: &chance))
            provider.tick(now)
            var course = TuningCourse(stored)
            let step = course.step()
            if step == .begin {
                course.begins(at: now)
                stored = course.job
                // A kill here leaves the announcement and nothing else.
                if Int.random(in: 0..<6, using: &chance) == 0 { continue }
            }
            let isKilled = Int.random(in: 0..<4, using: &chance) == 0
            provider.answer(step, to: &course, at: now, &chance)
            if !isKilled { stored = course.job }
        }
        #expect(provider.jobs.count <= 1, "\(stored.log)")
        // One that was asked five times in vain is told as failed.
        #expect(stored.status == .failed || stored.tuning?.remoteJob == provider.jobs.first?.id)
        #expect(stored.status == .failed || provider.jobs.count == 1)
    }

    private func job() -> TrainingJob {
        var job = TrainingJob.example
        var tuning = TuningState()
        (tuning.endpoint, tuning.origin, tuning.base) = ("trial", "http://127.0.0.1:1", "m")
        (job.kind, job.status, job.tuning, job.startedAt) = (.chat, .queued, tuning, nil)
        (job.passes, job.log, job.progress, job.secondsLeft) = ([], [], 0, nil)
        return job
    }

    private func begun() -> TuningCourse {
        var course = TuningCourse(job())
        course.uploaded("file-1", isValidation: false)
        course.begins(at: now)
        return course
    }

    private func remote(_ status: String) -> RemoteTuning { RemoteTuning(id: "ftjob-1", status: status) }

    private func json(_ job: TrainingJob) throws -> JSONValue { try JSONParser.parse(job.json) }
}

/// A provider whose answers are lost and whose requests arrive late, but within half a minute.
private struct UnreliableProvider {
    var jobs: [RemoteTuning] = []
    private var underWay: [(arrives: Timestamp, file: String)] = []
    private var files = 0

    mutating func tick(_ now: Timestamp) {
        for request in underWay where request.arrives <= now { begin(request.file) }
        underWay.removeAll { $0.arrives <= now }
    }

    private mutating func begin(_ file: String) {
        var job = RemoteTuning(id: "ftjob-\(jobs.count + 1)", status: "running")
        job.file = file
        jobs.append(job)
    }

    mutating func answer(
        _ step: TuningCourse.Step, to course: inout TuningCourse, at now: Timestamp, _ chance: inout SeededChance
    ) {
        let luck = Int.random(in: 0..<5, using: &chance)
        let lost = TuningFailure.transfer(.cut(server: "x"))
        switch step {
        case .upload, .uploadValidation:
            files += 1
            if luck == 0 { return course.failed(lost, at: step, garbled: 0, now: now) }
            course.uploaded("file-\(files)", isValidation: false)
        case .begin:
            let file = course.order?.file ?? ""
            switch luck {
            case 0: course.failed(.transfer(.refused(server: "x")), at: step, garbled: 0, now: now)
            case 1:
                underWay.append((now + .seconds(Int64.random(in: 0...29, using: &chance)), file))
                course.failed(lost, at: step, garbled: 0, now: now)
            case 2:
                begin(file)
                course.failed(.garbled("html"), at: step, garbled: 1, now: now)
            case 3: course.failed(.refused(status: 502, message: "", retryAfter: nil), at: step, garbled: 0, now: now)
            default:
                begin(file)
                jobs.last.map { course.begun($0, at: now) }
            }
        case .look:
            if luck == 0 { return course.failed(lost, at: step, garbled: 0, now: now) }
            if let found = jobs.first(where: { $0.file == course.order?.file }) {
                course.begun(found, at: now)
            } else {
                course.absent(at: now, after: .seconds(30))
            }
        case .ask: jobs.first.map { _ = course.take($0, [], at: now) }
        case .cancel, .rest: break
        }
    }
}

/// SplitMix64: the same seed gives the same chance.
private struct SeededChance: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
