internal import Terminal
internal import Vocabulary

/// The short messages that are on the screen, the newest last.
struct Notices: Equatable, Sendable {
    struct Notice: Equatable, Sendable {
        var text: SafeText
        var mark: Mark
        var until: Timestamp
    }

    private(set) var shown: [Notice] = []

    /// Shows a message; the same one again only stays longer.
    ///
    /// Problems stay longer than news.
    mutating func show(_ text: SafeText, _ mark: Mark, at now: Timestamp) {
        let isProblem = mark == .warning || mark == .critical
        shown.removeAll { $0.text == text }
        shown.append(Notice(text: text, mark: mark, until: now + .seconds(isProblem ? 8 : 4)))
        if shown.count > 3 { shown.removeFirst() }
    }

    /// Takes away what has been shown long enough.
    mutating func expire(at now: Timestamp) {
        if shown.contains(where: { $0.until <= now }) { shown.removeAll { $0.until <= now } }
    }

    /// When the next message goes.
    var nextExpiry: Timestamp? { shown.map(\.until).min() }

    /// Takes away why an earlier key did nothing, as soon as another does something.
    mutating func dismissExplanations() {
        if shown.contains(where: { $0.mark == .info }) { shown.removeAll { $0.mark == .info } }
    }
}
