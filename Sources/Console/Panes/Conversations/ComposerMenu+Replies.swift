internal import DeskAPI
internal import Terminal
internal import Vocabulary

extension ComposerMenu {
    /// The texts that are kept ready, while a reply begins with `/`; `nil` while it is no beginning of a name.
    ///
    /// Names that begin with what is typed come first, then those whose name or text holds it.
    init?(
        replies: [CannedReply], written: String, choice: Int, for row: ConversationRow, by name: SafeText?
    ) {
        guard written.hasPrefix("/"), !written.contains(where: \.isWhitespace) else { return nil }
        let wanted = written.dropFirst().lowercased()
        let named = replies.filter { $0.name.hasPrefix(wanted) }
        let holding = replies.filter { reply in
            !reply.name.hasPrefix(wanted) && (reply.name.contains(wanted) || reply.text.lowercased().contains(wanted))
        }
        guard !named.isEmpty || !holding.isEmpty else { return nil }
        let entries = (named + holding).map { reply in
            let filled = reply.filled(
                customer: row.customerName.text, agent: name?.text, conversation: row.id, subject: row.subject.text)
            return Entry(
                name: "/\(reply.name)", preview: SafeText(untrusted: reply.text, limit: 200).oneLine,
                text: SafeText(untrusted: filled, limit: Message.maximumLength))
        }
        self.init("Replies", entries, choice: choice)
    }
}
