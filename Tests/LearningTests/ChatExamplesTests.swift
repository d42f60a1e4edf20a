import Testing

@testable import Learning

@Suite struct ChatExamplesTests {
    private let good =
        #"{"messages":[{"role":"user","content":"Where is it?"},{"role":"assistant","content":"On its way."}]}"#

    @Test func `ten good lines are taken, with or without an end of the last`() throws {
        let lines = [String](repeating: good, count: 10).joined(separator: "\n")
        #expect(try ChatExamples(checking: Array(lines.utf8)).count == 10)
        #expect(try ChatExamples(checking: Array((lines + "\n").utf8)).answers == 10)
        #expect(try ChatExamples(checking: Array((lines.replacing("\n", with: "\r\n") + "\r\n").utf8)).count == 10)
    }

    @Test(arguments: [
        ("[1]", "must be an object"), ("{}", "no list of messages"), (#"{"messages":"a"}"#, "no list of messages"),
        (#"{"messages":[]}"#, "nothing to learn"), (#"{"messages":[7]}"#, "message 1 is integer"),
        (#"{"messages":[{"content":"a"}]}"#, "message 1 has no role"),
        (#"{"messages":[{"role":"bot","content":"a"}]}"#, "has the role bot"),
        (#"{"messages":[{"role":"user","content":"a"}]}"#, "nothing to learn"),
        (#"{"messages":[{"role":"user"},{"role":"assistant","content":"a"}]}"#, "message 1 has no content"),
        (#"{"messages":[{"role":"user","content":5},{"role":"assistant","content":"a"}]}"#, "is no text"),
        (#"{"messages":[{"role":"assistant","content":" "}]}"#, "of the assistant is empty"),
        (#"{"messages":[{"role":"assistant","content":null}]}"#, "has no content"),
        ("{\"messages\"", "it is no JSON"), ("", "it is empty"), ("   ", "it is empty"),
    ])
    func `a fault is told with its line`(line: String, words: String) throws {
        var lines = [String](repeating: good, count: 10)
        lines.insert(line, at: 4)
        let failure = #expect(throws: LearningFailure.self) {
            _ = try ChatExamples(checking: Array(lines.joined(separator: "\n").utf8))
        }
        #expect(failure?.description.hasPrefix("line 5: ") == true, "\(failure?.description ?? "")")
        #expect(failure?.description.contains(words) == true, "\(failure?.description ?? "")")
    }

    @Test func `calls of tools and parts of content are examples too`() throws {
        let call =
            #"{"messages":[{"role":"user","content":[{"type":"text","text":"a"}]},{"role":"assistant","content":null,"#
            + #""tool_calls":[{"id":"1"}]},{"role":"tool","content":"b"},{"role":"assistant","content":"c","weight":1}],"#
            + #""tools":[]}"#
        let lines = [String](repeating: call, count: 10).joined(separator: "\n")
        #expect(try ChatExamples(checking: Array(lines.utf8)).answers == 20)
    }

    @Test func `what is not UTF-8, too little, too much or marked is refused`() throws {
        let lines = Array([String](repeating: good, count: 10).joined(separator: "\n").utf8)
        let latin = Array("\(good)\n{\"messages\":[\"".utf8) + [0xE9] + Array("\"]}".utf8)
        #expect(fault(latin).contains("line 2: it is not UTF-8"))
        #expect(fault([0xEF, 0xBB, 0xBF] + lines).contains("line 1: the file begins with a byte order mark"))
        #expect(fault(Array(lines.dropLast(good.utf8.count + 1))).contains("too few examples (9)"))
        #expect(fault([]).contains("too few examples (0)"))
        #expect(fault([UInt8](repeating: 32, count: ChatExamples.mostBytes + 1)).contains("more than 100000000"))
    }

    @Test func `of many faults a hundred are kept and all are counted`() throws {
        let text = [String](repeating: "x", count: 250).joined(separator: "\n")
        let failure = #expect(throws: LearningFailure.self) { _ = try ChatExamples(checking: Array(text.utf8)) }
        #expect(
            failure.map { if case .faultyData(let faults, 250) = $0 { faults.count == 100 } else { false } } == true)
        #expect(failure?.description.hasSuffix("and 230 more") == true)
    }

    private func fault(_ bytes: [UInt8]) -> String {
        do {
            _ = try ChatExamples(checking: bytes)
            return ""
        } catch {
            return "\(error)"
        }
    }
}
