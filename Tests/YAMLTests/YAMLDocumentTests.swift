import Testing
import Vocabulary
import YAML

@Suite struct YAMLDocumentTests {
    @Test func `each value knows where it stands`() throws {
        let root = try parse("listen: 127.0.0.1:7180\nassistant:\n  model: \"a b\"\n  tags: [x, 'y']\n")
        #expect(
            root
                == mapping(
                    (1, 1),
                    [
                        YAMLMember("listen", at: at(1, 1), value: scalar("127.0.0.1:7180", 1, 9)),
                        YAMLMember(
                            "assistant", at: at(2, 1),
                            value: mapping(
                                (3, 3),
                                [
                                    YAMLMember("model", at: at(3, 3), value: scalar("a b", 3, 10, plain: false)),
                                    YAMLMember(
                                        "tags", at: at(4, 3),
                                        value: YAMLNode(
                                            .sequence([scalar("x", 4, 10), scalar("y", 4, 13, plain: false)]),
                                            at: at(4, 9))),
                                ])),
                    ]))
    }

    @Test(arguments: ["", "\n\n", "# only a comment\n", "---\n", "~", "null", "\u{FEFF}"])
    func `a document without content is null`(text: String) throws {
        #expect(try parse(text).isNull)
    }

    @Test(arguments: ["\"\"", "'~'", "\"null\"", "0", "false"])
    func `what is written is not null`(text: String) throws {
        #expect(try !parse(text).isNull)
    }

    @Test(arguments: [
        ("a: 1\nb: 2\na: 3\n", "f.yaml:3:1: `a` stands twice here: the first is in line 1"),
        ("a: &x 1\n", "f.yaml:1:4: anchors (&name) are not read; write the value where it is used"),
        ("a: *x\n", "f.yaml:1:4: aliases (*x) are not read; write the value out, or put it in quotes if it is text"),
        ("a: !!python/object x\n", "f.yaml:1:4: tags (!name) are not read; write the plain value"),
        ("? [a, b]\n: 1\n", "f.yaml:1:3: a name must be plain text"),
        ("a: 1\n---\nb: 2\n", "f.yaml:2:1: a second document begins here; only one is read"),
        (
            "a:\n\t- 1\n",
            "f.yaml:2:1: this character cannot begin a value; use spaces, not tabs, and put text that begins "
                + "with it in quotes"
        ),
        ("a: b: c\n", "f.yaml:1:5: a second `: ` in this line; put the text in quotes, or begin a new line"),
        (
            "a: [1, 2\nb: 3\n",
            "f.yaml:2:2: did not find expected ',' or ']' (while parsing a flow sequence from line 1)"
        ),
        ("a: \"x", "f.yaml:1:6: found unexpected end of stream (while scanning a quoted scalar from line 1)"),
    ])
    func `what is not read is refused with its place`(text: String, message: String) {
        #expect(refusal(Array(text.utf8)) == message)
    }

    @Test func `bytes that are not UTF-8 are refused with their place`() {
        #expect(refusal(Array("a: 1\nbc".utf8) + [0xFF, 0x0A]) == "f.yaml:2:3: these bytes are not UTF-8")
    }

    @Test func `an escape character is refused`() {
        #expect(refusal(Array("a: x\u{1B}[31m\n".utf8)) == "f.yaml:1:5: control characters are not allowed")
    }

    @Test func `UTF-16 is refused`() {
        let bytes: [UInt8] = [0xFF, 0xFE, 0x61, 0, 0x3A, 0, 0x20, 0, 0x31, 0]
        #expect(refusal(bytes) == "f.yaml:1:1: these bytes are not UTF-8")
    }

    @Test func `every name that stands twice is told at once`() {
        let failure = #expect(throws: YAMLFailure.self) { try parse("a: 1\na: 2\nb: {c: 1, c: 2}\n") }
        #expect(failure?.faults.map(\.position) == [at(2, 1), at(3, 11)])
    }

    @Test func `thirty-two levels are read and the thirty-third is refused`() throws {
        let deep = { (levels: Int) in String(repeating: "[", count: levels) + String(repeating: "]", count: levels) }
        _ = try parse(deep(32))
        #expect(refusal(Array(deep(33).utf8)) == "f.yaml:1:33: lists and mappings may nest at most 32 deep")
    }

    @Test(arguments: ["[", "{", "- ", "? ", "a: [", "{a: "])
    func `endless nesting is refused without harm`(opening: String) {
        let text = String(repeating: opening, count: 200_000 / opening.utf8.count)
        #expect(refusal(Array(text.utf8)) != nil)
    }

    @Test func `an alias bomb is refused at its first anchor`() {
        let bomb = "a: &a [x,x,x]\nb: &b [*a,*a,*a]\nc: &c [*b,*b,*b]\n"
        #expect(refusal(Array(bomb.utf8))?.hasPrefix("f.yaml:1:4: anchors") == true)
    }

    @Test func `a text beyond the limit is refused`() {
        let bytes = [UInt8](repeating: 0x20, count: YAMLDocument.sizeLimit + 1)
        #expect(refusal(bytes) == "f.yaml:1:1: the file has 1048577 bytes; at most 1048576 are read")
    }

    @Test func `a refusal cannot carry an escape sequence to the terminal`() {
        let message = refusal(Array(#"{"a\e[2J": 1, "a\e[2J": 2}"#.utf8)) ?? ""
        #expect(message.contains("a␛[2J"))
        #expect(message.unicodeScalars.allSatisfy { $0.value >= 0x20 })
    }

    private func parse(_ text: String) throws -> YAMLNode {
        try YAMLDocument.parse(Array(text.utf8), file: "f.yaml")
    }

    private func refusal(_ bytes: [UInt8]) -> String? {
        do throws(YAMLFailure) {
            _ = try YAMLDocument.parse(bytes, file: "f.yaml")
            return nil
        } catch {
            return error.description
        }
    }

    private func at(_ line: Int, _ column: Int) -> YAMLPosition { YAMLPosition(line: line, column: column) }

    private func scalar(_ text: String, _ line: Int, _ column: Int, plain: Bool = true) -> YAMLNode {
        YAMLNode(.scalar(YAMLScalar(text, isPlain: plain)), at: at(line, column))
    }

    private func mapping(_ place: (Int, Int), _ members: [YAMLMember]) -> YAMLNode {
        YAMLNode(.mapping(members), at: at(place.0, place.1))
    }
}
