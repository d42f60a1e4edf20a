internal import Digests
internal import Monitoring
internal import Vocabulary

/// The text of an e-mail: head and body as RFC 5322 and RFC 2047 want them.
struct NoticeMail {
    let message: NoticeMessage
    let from: String
    let to: [String]
    let date: Timestamp
    var isTest = false

    /// Head and body with CRLF line ends; every line but the addresses has at most 78 characters.
    var text: String {
        let words = NoticeText(message: message, isTest: isTest)
        let body = words.lines.joined(separator: "\n\n") + "\n\n-- \nWatchdesk, receiver \(message.receiver)\n"
        let domain = from.split(separator: "@").last ?? "watchdesk"
        let head = [
            "Date: \(NoticeMail.date(date))", "From: \(from)", "To: \(to.joined(separator: ",\r\n "))",
            "Subject: \(NoticeMail.encoded(words.subject))", "Message-ID: <\(message.key)@\(domain)>",
            "Auto-Submitted: auto-generated", "X-Watchdesk-Key: \(message.key)", "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64",
        ]
        // Base64 has neither long lines nor lines that begin with a dot, and passes servers without 8BITMIME.
        return head.joined(separator: "\r\n") + "\r\n\r\n" + NoticeMail.lines(of: Base64.encode(Array(body.utf8)))
    }

    /// A header's text as encoded words, folded; plain ASCII that fits stays as it is.
    static func encoded(_ text: String) -> String {
        let text = NoticeText.plain(text)
        if text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }), text.utf8.count <= 65, !text.contains("=?") {
            return text
        }
        var words: [String] = []
        var part: [UInt8] = []
        // A character is never split between two words, and a word has at most 75 characters.
        for character in text.unicodeScalars {
            let bytes = Array(String(character).utf8)
            if part.count + bytes.count > 36 {
                words.append("=?utf-8?B?\(Base64.encode(part))?=")
                part = []
            }
            part += bytes
        }
        words.append("=?utf-8?B?\(Base64.encode(part))?=")
        return words.joined(separator: "\r\n ")
    }

    private static func lines(of text: String) -> String {
        var rest = Array(text.utf8)[...]
        var lines = ""
        while !rest.isEmpty {
            lines += String(decoding: rest.prefix(76), as: UTF8.self) + "\r\n"
            rest = rest.dropFirst(76)
        }
        return lines
    }

    /// `Thu, 26 Nov 2026 12:00:00 +0000`.
    static func date(_ moment: Timestamp) -> String {
        let civil = moment.civil
        let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let day = Int((moment.milliseconds / 86_400_000 % 7 + 7) % 7)
        let time = [civil.hour, civil.minute, civil.second].map { $0 < 10 ? "0\($0)" : "\($0)" }
        return "\(days[day]), \(civil.day) \(months[civil.month - 1]) \(civil.year) "
            + "\(time.joined(separator: ":")) +0000"
    }
}
