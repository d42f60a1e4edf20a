internal import DeskAPI
internal import Vocabulary

/// Prints an answer while it grows, and its sources when it is whole.
struct AnswerPrinter {
    private var printed = ""

    /// Whether something of an unfinished answer stands on the screen.
    var isUnderWay: Bool { !printed.isEmpty }

    /// Prints what is new; an answer that began anew starts on a line of its own.
    mutating func grow(_ text: String) {
        let safe = SafeText(untrusted: text).text
        guard safe.utf8.starts(with: printed.utf8) else {
            Output.write("\n-- the answer begins anew --\n" + safe)
            printed = safe
            return
        }
        let index = safe.utf8.index(safe.startIndex, offsetBy: printed.utf8.count)
        Output.write(String(safe[index...]))
        printed = safe
    }

    /// Prints the rest of the committed answer and its sources.
    mutating func finish(_ message: Message) {
        grow(message.text)
        Output.write("\n")
        printed = ""
        for source in message.answer?.sources.prefix(3) ?? [] {
            let section = source.section.isEmpty ? "" : " § \(source.section)"
            let text = SafeText(untrusted: "\(source.title)\(section) (\(source.path))").oneLine.text
            Output.write("  source: \(text)\n")
        }
    }
}
