import DeskAPI
import Foundation
import Testing
import Vocabulary

@testable import Desk
@testable import Monitoring

struct NoticeMailTests {
    private func mail(_ summary: String, host: String = "desk-1") -> String {
        var alert = Alert()
        alert.summary = summary
        alert.host = host
        alert.severity = .critical
        alert.condition = .firing
        let at = Timestamp(milliseconds: 1_795_694_400_000)
        let message = NoticeMessage(
            receiver: "mail", key: "watchdesk-x-1", entries: [NoticeEntry(alert: alert, reason: .fired, at: at)], at: at
        )
        return NoticeMail(message: message, from: "a@example.org", to: ["b@example.org", "c@example.org"], date: at)
            .text
    }

    @Test func `nothing in an alert can add a header or end the message`() throws {
        let text = mail("busy\r\nBcc: x@evil.example\r\n\r\n.\r\nQUIT", host: "h\u{0}\r\nX: y")
        let head = try #require(text.components(separatedBy: "\r\n\r\n").first)
        #expect(!head.contains("\r\nBcc") && !head.contains("\r\nX: y"))
        for line in text.components(separatedBy: "\r\n") {
            #expect(!line.hasPrefix(".") && !line.contains("\n") && !line.contains("\r") && line.utf8.count <= 78)
        }
    }

    @Test func `a subject outside of ASCII is encoded and folded, and comes back whole`() throws {
        let summary = String(repeating: "Prozessoren überlastet 🔥 ", count: 8)
        let lines = mail(summary).components(separatedBy: "\r\n")
        let start = try #require(lines.firstIndex { $0.hasPrefix("Subject: ") })
        var words = [String(lines[start].dropFirst("Subject: ".count))]
        words += lines[(start + 1)...].prefix { $0.hasPrefix(" ") }.map { String($0.dropFirst()) }
        let decoded = try words.map { word in
            let base64 = word.dropFirst("=?utf-8?B?".count).dropLast(2)
            let data = try #require(Data(base64Encoded: String(base64)))
            return try #require(String(data: data, encoding: .utf8))
        }
        #expect(decoded.joined().contains("überlastet 🔥 Prozessoren"))
        #expect(lines.contains("Message-ID: <watchdesk-x-1@example.org>"))
        #expect(lines.contains("Date: Thu, 26 Nov 2026 12:00:00 +0000"))
    }
}
