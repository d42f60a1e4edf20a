import DeskAPI
import Foundation
import JSON
import Testing
import Vocabulary

@testable import Gateway

/// The examples of `docs/realtime.md` are one session: it is held here, and every frame must be as it stands there.
@Suite struct DocumentedFramesTests {
    /// One example: who sends or receives which frame.
    private struct Example {
        let client: String
        let isSent: Bool
        let frame: String
        let line: Int
    }

    @Test func `every frame in the documentation is what is sent`() async throws {
        let desk = FakeDesk()
        let conversation = desk.newConversation(of: ID(7), subject: "Returns").id
        let examples = try examples()
        #expect(examples.count > 40)
        try await withGateway(desk, now: { Timestamp(milliseconds: 1_795_371_601_000) }) { gateway in
            var clients: [String: WebSocketClient] = [:]
            var skipped: [String: [JSONValue]] = [:]
            var growth = ["Items can be", "Items can be returned within 90 days."].makeIterator()
            for example in examples {
                let client: WebSocketClient
                if let known = clients[example.client] {
                    client = known
                } else {
                    let tokens = ["agent": "agent", "other": "admin"]
                    client = try await WebSocketClient.open(port: gateway.port, token: tokens[example.client])
                    clients[example.client] = client
                }
                if example.isSent {
                    try await client.send(example.frame)
                    continue
                }
                let wanted = try JSONParser.parse(example.frame)
                switch wanted["event"]?.text {
                case "answer"?:
                    let text = growth.next()
                    desk.bus.publish(
                        .answerGrew(
                            AnswerProgress(
                                conversation: conversation, question: 1,
                                text: text ?? "Items can be returned within 90 days.", isOver: text == nil)))
                case "notification"? where wanted["offset"] != nil: desk.notify("u:3", "@agent have a look")
                case "alert"?: desk.bus.publish(.alertChanged(.example))
                default: break
                }
                let came = try await next(like: wanted, at: client, &skipped[example.client, default: []])
                #expect(came == wanted, "docs/realtime.md:\(example.line)")
            }
        }
    }

    /// The next frame that answers the same request or is the same kind of event.
    ///
    /// A reply and an event that it causes may come in either order: what was skipped before is looked at first.
    private func next(
        like wanted: JSONValue, at client: WebSocketClient, _ skipped: inout [JSONValue]
    ) async throws -> JSONValue {
        if let place = skipped.firstIndex(of: wanted) { return skipped.remove(at: place) }
        while true {
            let object = try await client.object()
            if let id = wanted["id"] {
                if object["id"] == id { return object }
            } else if object["event"] == wanted["event"], object["room"] == wanted["room"] {
                return object
            }
            skipped.append(object)
        }
    }

    private func examples() throws -> [Example] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "docs/realtime.md")
        let lines = try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n")
        return lines.enumerated().compactMap { index, line in
            let words = line.split(separator: " ")
            guard words.count == 3, words[0] == "```json" else { return nil }
            return Example(
                client: String(words[1]), isSent: words[2] == "sends", frame: lines[index + 1], line: index + 2)
        }
    }
}
