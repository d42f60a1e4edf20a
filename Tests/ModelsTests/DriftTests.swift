import DeskAPI
import Learning
import Storage
import Testing
import Vocabulary

@testable import Models

/// What classifiers in use say of customers' texts, beside what they said of their held-out texts.
@Suite struct ModelDriftTests {
    private let admin = Caller.local(name: "ana")
    private let now = Timestamp(milliseconds: 1_795_371_601_000)

    @Test func `the same texts are no drift, other topics and other words are, and a restart forgets nothing`()
        async throws
    {
        let folder = try TrainingFolder()
        let open = try folder.open()
        let version = try await train(open)
        try await open.models.settleDrift(at: now)
        let blank = try #require(open.models.version(version)?.drift)
        #expect(blank.reference == 120 && blank.texts == 0 && blank.state == .unknown && blank.labels == nil)
        #expect(blank.missing == "not enough yet: 0 of 100 texts")

        for number in 0..<600 { try await say(Topics.text(number), version, open) }
        try await open.models.settleDrift(at: now)
        let usual = try #require(open.models.version(version)?.drift)
        #expect(usual.texts == 600 && usual.state == .stable, "\(usual)")

        // Eight days later only one topic is left, and in another language.
        let later = now + .seconds(8 * 86_400)
        for number in 0..<99 {
            try await say("\(Topics.text(number * 3)) bitte schnell wirklich", version, open, later)
        }
        try await open.models.settleDrift(at: later)
        #expect(open.models.version(version)?.drift?.missing == "not enough yet: 99 of 100 texts")
        try await say("\(Topics.text(0)) bitte", version, open, later)
        try await open.models.settleDrift(at: later)
        let moved = try #require(open.models.version(version)?.drift)
        #expect(moved.texts == 100 && moved.state == .drifted && (moved.labels ?? 0) > 0.25)
        #expect((moved.newWordsBeyondUsual ?? 0) > 0.2)
        #expect(try await open.models.report(of: version).drift == moved)
        // Moving a name reads the registry anew.
        _ = try await open.models.move(MoveAlias("intents", to: version, reason: "try"), by: admin, at: later)
        #expect(open.models.version(version)?.drift == moved)
        open.close()

        let again = try folder.open()
        #expect(again.models.version(version)?.drift == nil)
        try await again.models.settleDrift(at: later)
        #expect(again.models.version(version)?.drift == moved)
        // A week without texts.
        try await again.models.settleDrift(at: later + .seconds(7 * 86_400))
        #expect(again.models.version(version)?.drift?.texts == 0)
        again.close()
    }

    @Test func `days are stored once each, whatever was written before, and go with their version`() async throws {
        let folder = try TrainingFolder()
        let open = try folder.open()
        let version = try await train(open)
        for day in 0..<3 {
            for number in 0..<10 {
                try await say(Topics.text(number), version, open, now + .seconds(day * 86_400))
                if number % 4 == 0 { try await open.models.settleDrift(at: now + .seconds(day * 86_400)) }
            }
        }
        try await open.models.settleDrift(at: now + .seconds(3 * 86_400))
        let rows = try await open.database.read { snapshot in
            try snapshot.rows("SELECT record FROM model_tally ORDER BY day") { row in try row[0] as String }
        }
        #expect(rows.count == 3)
        #expect(open.models.version(version)?.drift?.texts == 30)
        try await say(Topics.text(1), version, open)
        _ = try await open.models.delete(version, by: admin, at: now)
        try await open.models.settleDrift(at: now)
        let left: Int? = try await open.database.read { snapshot in
            try snapshot.value("SELECT count(*) FROM model_tally")
        }
        #expect(left == 0)
        open.close()
    }

    @Test func `a version of a program from before is compared with its evaluation, without words`() async throws {
        let folder = try TrainingFolder()
        let open = try folder.open()
        let version = try await train(open)
        try await open.database.write { transaction in try transaction.run("DELETE FROM model_reference") }
        open.close()
        let again = try folder.open()
        for number in 0..<200 { try await say(Topics.text(number), version, again) }
        try await again.models.settleDrift(at: now)
        let drift = try #require(again.models.version(version)?.drift)
        #expect(drift.reference == 120 && drift.state == .stable && drift.usualNewWords == nil, "\(drift)")
        #expect(drift.newWords == nil && drift.newWordsBeyondUsual == nil)
        again.close()
        let third = try folder.open()
        try await third.models.settleDrift(at: now)
        #expect(third.models.version(version)?.drift == drift)
        third.close()
    }

    private func say(
        _ text: String, _ version: ID<ModelVersion>, _ open: TrainingFolder.Open, _ at: Timestamp? = nil
    ) async throws {
        let said = try await open.models.classifier(version).predict(text)
        try await open.models.watch(said, of: version, at: at ?? now)
    }

    private func train(_ open: TrainingFolder.Open) async throws -> ID<ModelVersion> {
        var request = StartTraining()
        (request.model, request.epochs) = ("intents", 3)
        request.data =
            "text,label\n" + (0..<600).map { "\(Topics.text($0, learned: true)),\(Topics.names[$0 % 3])\n" }.joined()
        let job = try await open.trainings.start(request, by: admin, at: now, desk: { _ in [] })
        return try #require(try await open.over(job.id).version)
    }
}

/// Twelve hundred different questions about three topics, in turn; those that are learned, and as many others.
private enum Topics {
    static let names = ["refund", "delivery", "password"]
    private static let starts = [
        ["I want my money back for", "please refund", "return the price of", "pay me back for"],
        ["where is", "when do I get", "who delivers", "how late is"],
        ["I forgot", "how to reset", "please change", "the site refuses"],
    ]
    private static let things = [
        ["the shoes", "this order", "a hat", "it", "two shirts"],
        ["my parcel", "the letter", "our box", "my books", "it"],
        ["my password", "the login", "the pin", "my account", "it"],
    ]
    private static let ends = [
        "today", "now", "please", "at once", "again", "this week", "from monday", "on sunday", "for anna",
        "of last may",
        "tomorrow", "soon", "thanks", "quickly", "since june", "next week", "from friday", "as before", "for ben",
        "here",
    ]

    /// Half of them by chance, each topic in its turn: what is learned and what is not is otherwise alike.
    private static let halves = (0..<3).map { topic in
        var chance = SplitMix64(seed: UInt64(topic))
        return (0..<400).shuffled(using: &chance).map { number in
            "\(starts[topic][number % 4]) \(things[topic][number / 4 % 5]) \(ends[number / 20])"
        }
    }

    static func text(_ number: Int, learned: Bool = false) -> String {
        halves[number % 3][number / 3 % 200 + (learned ? 0 : 200)]
    }
}
