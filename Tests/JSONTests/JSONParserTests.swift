import JSON
import Testing

@Suite struct JSONParserTests {
    @Test(arguments: [
        #"{"a":[1,2.5,"x\n",true,null]}"#, "[]", "{}", #""\u0000""#, "-12", "1e+30", #"["\ud83d\ude00"]"#,
    ])
    func `what was written reads back the same`(text: String) throws {
        let value = try JSONParser.parse(text)
        #expect(try JSONParser.parse(value.encoded) == value)
    }

    @Test func `a whole number may carry a point`() throws {
        #expect(try JSONParser.parse("590.0") == .integer(590))
    }

    @Test(arguments: [
        ("", "line 1, column 1: the JSON ends too early"),
        ("{\"a\":1,\n \"a\":2}", "line 2, column 2: the name \"a\" stands twice in one object"),
        ("[1,]", "line 1, column 4: this character cannot stand here in JSON"),
        ("1 2", "line 1, column 3: there is more text behind the JSON value"),
        ("\"\\ud800\"", "line 1, column 2: half of a surrogate pair is no character"),
        ("\"\\x\"", "line 1, column 2: this is no JSON escape"),
        ("01", "line 1, column 2: there is more text behind the JSON value"),
        ("1e999", "line 1, column 1: this number is beyond 64-bit floating point"),
    ])
    func `a fault is named with its place`(text: String, message: String) {
        let failure = #expect(throws: JSONFailure.self) { try JSONParser.parse(text) }
        #expect(failure?.description == message)
    }

    @Test func `a hundred thousand brackets are refused without harm`() {
        let text = String(repeating: "[", count: 100_000)
        let failure = #expect(throws: JSONFailure.self) { try JSONParser.parse(text) }
        #expect(failure?.reason == .tooDeep(limit: 32))
    }

    @Test func `bytes that are not UTF-8 are refused with their place`() {
        let failure = #expect(throws: JSONFailure.self) { try JSONParser.parse([0x22, 0x61, 0xFF, 0x22] as [UInt8]) }
        #expect(failure == JSONFailure(reason: .invalidUTF8, line: 1, column: 3))
    }

    @Test func `control characters never leave as bytes`() {
        let text = JSONValue.string("\u{1b}[31m\u{7f}\u{9b}\u{2028}<").encoded
        #expect(text == #""\u001b[31m\u007f\u009b\u2028\u003c""#)
    }
}
