import Bus
import DeskAPI
import Foundation
import Learning
import Storage
import Testing
import Vocabulary

@testable import Models

@Suite struct TrainingsTests {
    private let admin = Caller.local(name: "ana")
    private let now = Timestamp(milliseconds: 1_795_371_601_000)

    @Test func `a training becomes a version with everything its evaluation found`() async throws {
        let folder = try TrainingFolder()
        let open = try folder.open()
        let job = try await open.trainings.start(request(), by: admin, at: now, desk: { _ in [] })
        #expect(job.texts == 60 && job.labels == 3)
        let over = try await open.over(job.id)
        #expect(over.status == .succeeded && over.progress == 1 && !over.passes.isEmpty)
        let version = try #require(over.version)
        let record = try #require(open.models.version(version))
        #expect(record.kind == .intent && record.job == job.id && record.evaluation?.labels == 3)
        let report = try await open.models.report(of: version)
        #expect(report.labels.count == 3 && report.version == version)
        #expect(report.confusions.reduce(0) { $0 + $1.texts } == report.summary.texts)
        let said = try await open.models.classify(ClassifyText(version, "please send the money back"))
        #expect(said.label == "refund" && said.candidates.count == 3)
        #expect(abs(said.candidates.reduce(0) { $0 + $1.probability } - 1) < 1e-9)

        // The same again is the same version; it is trained anew only for who insists.
        let same = try await open.trainings.start(request(), by: admin, at: now, desk: { _ in [] })
        #expect(same.id == job.id)
        var again = request()
        again.isAgain = true
        let second = try await open.trainings.start(again, by: admin, at: now, desk: { _ in [] })
        #expect(second.id != job.id)
        let another = try #require(try await open.over(second.id).version)
        #expect(open.models.version(another)?.contentHash == record.contentHash)
        #expect(open.models.version(another)?.parent == version)

        // Other weights are another spec.
        var weighted = request()
        weighted.classWeights = .balanced
        let third = try await open.trainings.start(weighted, by: admin, at: now, desk: { _ in [] })
        #expect(third.id != job.id && third.fingerprint != job.fingerprint)
        let balanced = try #require(try await open.over(third.id).version)
        #expect(try await open.models.report(of: balanced).summary.classWeights == .balanced)
        #expect(report.summary.classWeights == nil)
        open.close()
    }

    @Test func `one that was cut off goes on after a restart, to the same classifier`() async throws {
        let whole = try TrainingFolder()
        let first = try whole.open()
        var long = request()
        long.epochs = 60
        let job = try await first.trainings.start(long, by: admin, at: now, desk: { _ in [] })
        let expected = try #require(try await first.over(job.id).version)
        let hash = try #require(first.models.version(expected)?.contentHash)
        first.close()

        let cut = try TrainingFolder()
        let second = try cut.open()
        let begun = try await second.trainings.start(long, by: admin, at: now, desk: { _ in [] })
        second.close()
        let third = try cut.open()
        let over = try await third.over(begun.id)
        #expect(over.status == .succeeded)
        #expect(third.models.version(try #require(over.version))?.contentHash == hash)
        third.close()
    }

    @Test func `one that is ended stays ended, and the next begins`() async throws {
        let folder = try TrainingFolder()
        let open = try folder.open()
        var long = request()
        long.epochs = 200
        let first = try await open.trainings.start(long, by: admin, at: now, desk: { _ in [] })
        long.seed = 2
        long.epochs = 3
        let second = try await open.trainings.start(long, by: admin, at: now, desk: { _ in [] })
        let cancelled = try await open.trainings.cancel(first.id, by: admin, at: now)
        #expect(cancelled.status == .cancelled)
        #expect(try await open.over(second.id).status == .succeeded)
        #expect(open.trainings.list.items.first { $0.id == first.id }?.status == .cancelled)
        await #expect(throws: Problem.self) { _ = try await open.trainings.cancel(first.id, by: admin, at: now) }
        open.close()
    }

    @Test func `wrong data is refused with every line, before anything is kept`() async throws {
        let folder = try TrainingFolder()
        let open = try folder.open()
        var wrong = request()
        wrong.data = "text,label\n,a\nb,\n"
        let problem = await #expect(throws: Problem.self) {
            _ = try await open.trainings.start(wrong, by: admin, at: now, desk: { _ in [] })
        }
        #expect(problem?.code == .invalidField)
        #expect(problem?.detail.contains("line 2") == true && problem?.detail.contains("line 3") == true)
        #expect(open.trainings.list.items.isEmpty)
        open.close()
    }

    @Test func `a stored classifier that was swapped or cut is refused in words`() async throws {
        let folder = try TrainingFolder()
        let open = try folder.open()
        let job = try await open.trainings.start(request(), by: admin, at: now, desk: { _ in [] })
        let version = try #require(try await open.over(job.id).version)
        try await open.database.write { transaction in
            try transaction.run("UPDATE model_artefact SET bytes = substr(bytes, 1, 1000)")
        }
        let problem = await #expect(throws: Problem.self) {
            _ = try await open.models.classify(ClassifyText(version, "x"))
        }
        #expect(problem?.code == .unavailable && problem?.detail.contains("damaged") == true)
        open.close()
    }

    private func request() -> StartTraining {
        var request = StartTraining()
        request.model = "intents"
        request.epochs = 3
        let parts: [(String, [String], [String])] = [
            ("refund", ["I want my money back for", "please refund"], ["the shoes", "this order", "a hat", "it"]),
            ("delivery", ["where is", "when do I get"], ["my parcel", "the letter", "our box", "my books"]),
            ("password", ["I forgot", "how to reset"], ["my password", "the login", "the pin", "my account"]),
        ]
        request.data =
            "text,label\n"
            + parts.flatMap { part in
                part.1.flatMap { start in part.2.map { "\(start) \($0),\(part.0)\n" } }
                    + (0..<12).map { "\(part.1[0]) \(part.2[$0 % 4]) number \($0),\(part.0)\n" }
            }.joined()
        return request
    }
}

/// A data folder that is opened and closed like a desk's.
final class TrainingFolder {
    struct Open {
        let database: Database
        let models: Models
        let trainings: Trainings
        let subscription: Subscription<DeskEvent>

        /// Waits until a job is over.
        func over(_ id: ID<TrainingJob>) async throws -> TrainingJob {
            while true {
                if let job = trainings.list.items.first(where: { $0.id == id }), job.status.isOver { return job }
                try #require(!(await subscription.next()).isEmpty)
            }
        }

        func close() {
            trainings.close()
            database.close()
        }
    }

    let path = FileManager.default.temporaryDirectory.appendingPathComponent("trainings-\(UUID())").path

    init() throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    func open() throws -> Open {
        let database = try Database.open(
            at: path + "/desk.sqlite", durability: .full, migrations: AuditTrail.migrations + Models.migrations,
            now: Timestamp(milliseconds: 0))
        let bus = Bus<DeskEvent>()
        let subscription = bus.subscribe(limit: 10_000)
        let models = try Models.open(database: database, bus: bus)
        let trainings = try Trainings.open(
            models, folder: path, now: { Timestamp(milliseconds: 1_795_371_602_000) }, log: { _ in })
        return Open(database: database, models: models, trainings: trainings, subscription: subscription)
    }
}
