import Testing

@testable import Learning

@Suite struct DataSetTests {
    @Test func `quotes, commas and line ends within quotes belong to the text`() throws {
        let csv =
            "\u{FEFF}Text,Category\r\n\"Where, \"\"exactly\"\",\nis it?\",a\r\n\r\nplain,b\r\n" + rows(3, "a")
            + rows(3, "b")
        let data = try read(csv)
        #expect(data.examples[0] == LabelledText("Where, \"exactly\",\nis it?", "a"))
        #expect(data.examples[1] == LabelledText("plain", "b"))
        #expect(data.labels == ["a", "b"])
    }

    @Test func `tabs and JSON lines are understood`() throws {
        let tabbed = try read("label\ttext\n" + (0..<4).map { "a\tone, \($0)\nb\ttwo \($0)\n" }.joined())
        #expect(tabbed.examples.count == 8 && tabbed.examples[0].text == "one, 0")
        let lines = (0..<4).map {
            "{\"text\": \"one \($0)\", \"intent\": \"a\"}\n{\"text\": \"zwei ä \($0)\", \"intent\": \"b\"}\n"
        }
        #expect(try read(lines.joined()).labels == ["a", "b"])
    }

    @Test func `every fault is told with its line`() throws {
        let csv = "text,label\nfine,a\n,a\nno label,\ntoo,many,fields\n\"two\nlines\",a\nonly\n"
        let found = faults(csv) ?? []
        #expect(found.map(\.line) == [3, 4, 5, 8])
        try #require(found.count == 4)
        #expect(found[0].text.contains("text is empty"))
        #expect(found[1].text.contains("label is empty"))
        #expect(found[2].text.contains("3 fields, the head has 2"))
    }

    @Test func `wrong columns, open quotes, other encodings and no JSON are refused`() throws {
        #expect(
            try #require(faults("question,answer\na,b\n"))[0].description.contains("the head names question, answer"))
        #expect(try #require(faults("text,label\n\"open,a\n"))[0].description.hasPrefix("line 2: a quote is opened"))
        #expect(try #require(faults(Array("text,label\n".utf8) + [0xE9, 0x2C, 0x61, 0x0A]))[0].text.contains("UTF-8"))
        #expect(try #require(faults("{\"text\": \"a\"}\n{broken\n")).map(\.line) == [1, 2])
        #expect(try #require(faults(""))[0].text == "the file is empty")
    }

    @Test func `one label, or labels with hardly a text, are too little`() throws {
        #expect(throws: LearningFailure.self) { _ = try read("text,label\n" + rows(9, "only")) }
        let error = #expect(throws: LearningFailure.self) {
            _ = try read("text,label\n" + rows(9, "a") + rows(2, "rare"))
        }
        #expect(error?.description == "the label rare has 2 different texts; it needs at least 4, to learn and to test")
    }

    @Test func `what says the same is learned once and never on both sides of the split`() throws {
        var csv = "text,label\n" + rows(40, "a") + rows(40, "b")
        csv += rows(40, "a").uppercased().replacing(",A", with: ",a") + "a text 1!!,b\n"
        let data = try read(csv)
        #expect(data.examples.count == 80 && data.repeated == 41 && data.contradicting == 1)
        let split = data.split(TrainingSpec())
        #expect(split.train.count + split.validation.count + split.test.count == 80)
        let said = (split.train + split.validation + split.test).map { TextTerms.words(of: $0.text) }
        #expect(Set(said).count == 80)
        #expect(
            split.test.count(where: { $0.label == 0 }) == 8 && split.validation.count(where: { $0.label == 1 }) == 3)
    }

    private func rows(_ count: Int, _ label: String) -> String {
        (0..<count).map { "\(label) text \($0),\(label)\n" }.joined()
    }

    private func read(_ text: String) throws -> DataSet { try DataSetReader().read(Array(text.utf8)) }

    private func faults(_ text: String) -> [DataFault]? { faults(Array(text.utf8)) }

    private func faults(_ bytes: [UInt8]) -> [DataFault]? {
        do throws(LearningFailure) {
            _ = try DataSetReader().read(bytes)
        } catch {
            if case .faultyData(let faults, _) = error { return faults }
        }
        return nil
    }
}
