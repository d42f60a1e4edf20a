import Testing
import Vocabulary

@testable import Learning

@Suite struct ClassifierStorageTests {
    @Test func `what is stored is read back, and says the same`() throws {
        let classifier = try small()
        let again = try TextClassifier(reading: classifier.bytes)
        #expect(again == classifier)
        #expect(again.predict("please refund the hat") == classifier.predict("please refund the hat"))
    }

    @Test func `a changed, cut or foreign file is refused in words`() throws {
        let bytes = try small().bytes
        var chance = SplitMix64(seed: 7)
        for _ in 0..<40 {
            var damaged = bytes
            damaged[Int.random(in: 20..<damaged.count, using: &chance)] ^= UInt8.random(in: 1...255, using: &chance)
            #expect(throws: LearningFailure.damaged("its checksum is wrong")) {
                _ = try TextClassifier(reading: damaged)
            }
            let cut = Array(bytes.prefix(Int.random(in: 0..<bytes.count, using: &chance)))
            #expect(throws: LearningFailure.self) { _ = try TextClassifier(reading: cut) }
        }
        #expect(throws: LearningFailure.notAClassifier) { _ = try TextClassifier(reading: Array("PK\u{3}\u{4}".utf8)) }
        var newer = bytes
        newer[16] = 3
        #expect(throws: LearningFailure.newerVersion(3)) { _ = try TextClassifier(reading: newer) }
    }

    private func small() throws -> TextClassifier {
        var spec = TrainingSpec()
        spec.features.bits = 10
        spec.features.leastTexts = 1
        spec.epochs = 1
        var training = try ClassifierTraining(try Questions.data(), spec: spec)
        while training.advance() != .over {}
        return training.finish().classifier
    }
}
