import Testing
import Vocabulary

@testable import Learning

@Suite struct TrainingTests {
    @Test func `what it learned it says of texts that it never saw`() throws {
        let (classifier, evaluation) = try trained(Questions.data())
        #expect(evaluation.texts == 24)
        #expect(evaluation.accuracy >= 0.9, "\(evaluation.mistakes)")
        #expect(classifier.predict("please send my money back").label == "refund")
        #expect(classifier.predict("Where is the parcel that I ordered?").label == "delivery")
        #expect(classifier.predict("I FORGOT MY PASSWORD!!").label == "password")
        #expect(evaluation.labels.map(\.texts).reduce(0, +) == evaluation.texts)
        #expect(evaluation.confusions.map(\.count).reduce(0, +) == evaluation.texts)
        #expect(classifier.predict("xyzzy plugh qwfp").isOutOfScope)
        #expect(classifier.predict("").isOutOfScope || classifier.predict("").confidence < 0.6)
    }

    @Test func `the same seed gives the same classifier, another one another`() throws {
        let data = try Questions.data()
        let first = try trained(data).classifier
        #expect(try trained(data).classifier.bytes == first.bytes)
        #expect(try trained(data, seed: 2).classifier.bytes != first.bytes)
    }

    @Test func `from each checkpoint it goes on to the same classifier`() throws {
        let data = try Questions.data()
        var training = try ClassifierTraining(data, spec: spec())
        var checkpoints: [[UInt8]] = []
        while true {
            let step = training.advance()
            if case .pass = step { checkpoints.append(training.checkpoint()) }
            if step == .over { break }
        }
        let whole = training.finish().classifier.bytes
        #expect(checkpoints.count >= 4)
        for checkpoint in checkpoints {
            var again = try ClassifierTraining(data, spec: spec())
            let isResumed = again.resume(from: checkpoint)
            #expect(isResumed)
            while again.advance() != .over {}
            #expect(again.finish().classifier.bytes == whole)
        }
    }

    @Test func `a checkpoint that is damaged or of another spec is left alone`() throws {
        let data = try Questions.data()
        var training = try ClassifierTraining(data, spec: spec())
        while training.passes.isEmpty { _ = training.advance() }
        let checkpoint = training.checkpoint()
        var other = try ClassifierTraining(data, spec: spec(seed: 9))
        var isResumed = other.resume(from: checkpoint)
        #expect(!isResumed)
        var chance = SplitMix64(seed: 3)
        for _ in 0..<20 {
            var damaged = checkpoint
            damaged[Int.random(in: 0..<damaged.count, using: &chance)] ^= 1
            isResumed = other.resume(from: damaged)
            #expect(!isResumed)
            let cut = Array(checkpoint.prefix(Int.random(in: 0..<checkpoint.count, using: &chance)))
            isResumed = other.resume(from: cut)
            #expect(!isResumed)
        }
        #expect(other.passes.isEmpty)
    }

    @Test func `progress grows to the end and never back`() throws {
        var training = try ClassifierTraining(try Questions.data(), spec: spec())
        var last = 0.0
        while training.advance() != .over {
            #expect(training.fraction >= last - 1e-9)
            last = training.fraction
        }
        #expect(training.fraction == 1)
    }

    @Test func `the sentences that are shipped teach a first idea of sentiment`() throws {
        let accuracies = try [1, 2, 3].map { (seed: UInt64) in
            var training = try ClassifierTraining(DataSet(StarterSentiment.examples), spec: spec(seed: seed))
            while training.advance() != .over {}
            let (classifier, evaluation) = training.finish()
            #expect(classifier.labels == ["negative", "neutral", "positive"])
            return evaluation.accuracy
        }
        // docs/models.md has the figures; chance would be a third.
        #expect(accuracies.reduce(0, +) / 3 >= 0.55, "\(accuracies)")
    }

    @Test func `a spec out of its ranges names the field`() throws {
        var wrong = spec()
        wrong.epochs = 0
        #expect(throws: LearningFailure.unsoundSpec(field: "epochs", accepts: "1 to 200")) {
            _ = try ClassifierTraining(try Questions.data(), spec: wrong)
        }
    }

    @Test func `probabilities add up to one`() throws {
        let classifier = try trained(Questions.data()).classifier
        for text in ["where is my parcel", "", "🙂", String(repeating: "money back ", count: 3000), "\u{0}\u{7f}"] {
            let sum = classifier.probabilities(of: text).reduce(0, +)
            #expect(abs(sum - 1) < 1e-9)
        }
    }

    @Test func `with balanced weights a rare label is found more often, and the default stays as it was`() throws {
        func recall(isBalanced: Bool, seed: UInt64) throws -> Double {
            var balanced = spec(seed: seed)
            balanced.isBalanced = isBalanced
            var training = try ClassifierTraining(try Questions.uneven(seed: seed), spec: balanced)
            while training.advance() != .over {}
            let labels = training.finish().evaluation.labels
            return try #require(labels.first { $0.name == "complaint" }?.recall)
        }
        let even = try (1...6).map { try recall(isBalanced: false, seed: $0) }.reduce(0, +) / 6
        let balanced = try (1...6).map { try recall(isBalanced: true, seed: $0) }.reduce(0, +) / 6
        #expect(balanced >= even + 0.1, "\(even), balanced \(balanced)")
        #expect(!TrainingSpec().isBalanced && TrainingSpec().signature.contains("balanced false"))
    }

    private func spec(seed: UInt64 = 1) -> TrainingSpec {
        var spec = TrainingSpec()
        spec.features.bits = 12
        spec.features.leastTexts = 1
        spec.epochs = 4
        spec.seed = seed
        return spec
    }

    private func trained(
        _ data: DataSet, seed: UInt64 = 1
    ) throws -> (classifier: TextClassifier, evaluation: Evaluation) {
        var training = try ClassifierTraining(data, spec: spec(seed: seed))
        while training.advance() != .over {}
        return training.finish()
    }
}

/// Questions of a shop, made of parts.
enum Questions {
    /// Four hundred questions and twenty-five complaints, in the same words: the complaints say some words more often.
    static func uneven(seed: UInt64) throws -> DataSet {
        let things = [
            "parcel", "invoice", "phone", "card", "contract", "router", "refund", "account", "order", "app", "bill",
            "price",
        ]
        let calm = ["when", "please", "how", "which", "can", "need", "new", "send", "change", "question"]
        let angry = ["again", "still", "broken", "wrong", "late", "never", "bad", "waiting", "nobody", "lost"]
        var chance = SplitMix64(seed: seed)
        func text(_ share: Double) -> String {
            (0..<7).map { place in
                let words = place < 2 ? things : Double.random(in: 0..<1, using: &chance) < share ? angry : calm
                return words.randomElement(using: &chance) ?? ""
            }.joined(separator: " ")
        }
        return try DataSet(
            (0..<400).map { _ in LabelledText(text(0.25), "question") }
                + (0..<25).map { _ in LabelledText(text(0.7), "complaint") })
    }

    static func data() throws -> DataSet {
        let parts: [(label: String, starts: [String], ends: [String])] = [
            (
                "refund",
                ["I want my money back for", "please refund", "how do I get a refund of", "return the money of"],
                [
                    "the shoes", "this order", "my last purchase", "the broken lamp", "a hat", "two shirts", "it",
                    "the set",
                    "the blue coat", "everything",
                ]
            ),
            (
                "delivery", ["where is", "when will you deliver", "has the courier got", "how long until I receive"],
                [
                    "my parcel", "the package", "the order of monday", "the shipment", "a letter", "my books",
                    "the box",
                    "our delivery", "what I ordered", "the tracking number",
                ]
            ),
            (
                "password", ["I forgot", "how can I reset", "the site refuses", "let me change"],
                [
                    "my password", "the login", "my sign in", "the account password", "my pin", "the passphrase",
                    "my credentials", "this password", "the secret word", "our shared login",
                ]
            ),
        ]
        return try DataSet(
            parts.flatMap { part in
                part.starts.flatMap { start in part.ends.map { LabelledText("\(start) \($0)", part.label) } }
            })
    }
}
