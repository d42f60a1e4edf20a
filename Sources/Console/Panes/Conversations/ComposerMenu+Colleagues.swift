internal import DeskAPI
internal import Terminal
internal import Vocabulary

extension ComposerMenu {
    /// Who can be named, while a note ends with `@` and the beginning of a name; `nil` while it does not.
    init?(colleagues: [Colleague], written: String, choice: Int) {
        guard let at = written.lastIndex(of: "@") else { return nil }
        let before = written[..<at].last
        let begun = written[written.index(after: at)...]
        guard before.map({ !$0.isLetter && !$0.isNumber }) ?? true, begun.count <= 40, !begun.contains("\n") else {
            return nil
        }
        let wanted = begun.lowercased()
        let fitting = colleagues.filter { $0.name.lowercased().hasPrefix(wanted) }
        // A name that stands there whole needs no help.
        guard !fitting.isEmpty, !fitting.contains(where: { $0.name.lowercased() == wanted }) else { return nil }
        let entries = fitting.map { colleague in
            let name = SafeText(untrusted: colleague.name, limit: 80).oneLine
            let state = colleague.state.map { "is here, \(SafeText(untrusted: $0.rawValue))" as SafeText }
            let text = SafeText(untrusted: "\(written[...at])\(name.text) ", limit: Message.maximumLength)
            return Entry(name: "@\(name)", preview: state ?? "is away, and learns of it later", text: text)
        }
        self.init("Name a colleague", entries, choice: choice, isNote: true)
    }
}
