import Digests
import Testing

@testable import Learning

/// Classifiers that were stored before the words of the training were.
@Suite struct OldFormatTests {
    @Test func `one without words is written and read as programs from before did`() throws {
        let bytes = try classifier().bytes
        // What the program wrote that knew this format only.
        #expect(
            SHA256Digest(of: bytes).description == "879fc45863c4833a75383c858dd71145e8954580dcc2aa9b1695c7fee9e20f9e")
        let again = try TextClassifier(reading: bytes)
        #expect(again.words == nil && again.predict("a hat").words == nil)
        #expect(again.bytes == bytes)
    }

    @Test func `the words do not change what is said`() throws {
        let old = try classifier()
        let new = try classifier(WordFilter([1, 2, 3]))
        let again = try TextClassifier(reading: new.bytes)
        #expect(again.words == new.words && again.bytes == new.bytes)
        #expect(again.probabilities(of: "where is it") == old.probabilities(of: "where is it"))
        #expect(again.predict("where is order 77").words == WordCount(words: 3, new: 3))
    }

    /// A classifier of made-up numbers: nothing is trained, so that its bytes are the same on every machine.
    private func classifier(_ words: WordFilter? = nil) throws -> TextClassifier {
        var spec = FeatureSpec()
        (spec.bits, spec.leastTexts) = (10, 1)
        let features = try #require(FeatureWeights(spec, buckets: [3, 77, 400, 1023], rarity: [1, 1.5, 2.25, 3]))
        var linear = LinearModel(rows: 4, labels: 2, filled: 0.5)
        linear.weights.blocks[1][1] = -2
        var hidden = HiddenModel(rows: 4, labels: 2, first: 0.25, second: 0.125)
        hidden.outputs.blocks[5][0] = 1.75
        return TextClassifier(
            labels: ["no", "yes"], threshold: 0.25, temperature: 1.5, features: features, linear: linear,
            hidden: hidden, words: words)
    }
}
