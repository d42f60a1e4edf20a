public import Vocabulary

/// A text that a person writes: a pure state machine from keys to text, cursor and history.
///
/// What is typed or pasted is made harmless as it comes in, so the text can be shown and sent as it stands.
public struct TextField: Hashable, Sendable {
    /// What a key did.
    public enum Outcome: Hashable, Sendable {
        /// The key means nothing here; somebody else may want it.
        case ignored
        /// The cursor moved.
        case moved
        /// The text changed.
        case edited
        /// The person is done: this is the text, and the field is empty again.
        case submitted(SafeText)
    }

    /// Whether Ctrl-J starts a new line; else line breaks become spaces.
    public let hasLines: Bool
    /// The most characters that are kept.
    public let limit: Int
    /// What an empty field says.
    public var hint: SafeText
    /// Earlier texts, oldest first.
    public private(set) var history: [SafeText] = []

    var characters: [Character] = []
    /// The characters before the cursor, 0 to all of them.
    public internal(set) var cursor = 0

    private var recalled: Int?
    private var draft: [Character] = []
    private var killed: [Character] = []
    private var undoable: [Snapshot] = []
    private var isTyping = false

    private struct Snapshot: Hashable {
        let characters: [Character]
        let cursor: Int
    }

    /// An empty field.
    public init(hint: SafeText = "", hasLines: Bool = false, limit: Int = 8192) {
        self.hint = hint
        self.hasLines = hasLines
        self.limit = max(1, limit)
    }

    /// What has been written.
    public var text: SafeText { SafeText(untrusted: String(characters), limit: limit * 8) }

    /// Whether nothing has been written.
    public var isEmpty: Bool { characters.isEmpty }

    /// Puts a text in place of what was written, with the cursor behind it; undo brings the old one back.
    public mutating func replace(with text: SafeText) {
        remember(typing: false)
        characters = []
        cursor = 0
        insert(text.text)
    }

    /// Forgets what was written; undo brings it back.
    public mutating func clear() {
        remember(typing: false)
        characters = []
        cursor = 0
        recalled = nil
    }

    /// Takes a key.
    public mutating func take(_ key: Key) -> Outcome {
        switch key {
        case .character(let character): return edit(typing: true) { $0.insert(String(character)) }
        case .paste(let text): return edit { $0.insert(text) }
        case .enter: return submit()
        case .alt("\n") where hasLines, .control("j") where hasLines: return edit { $0.insert("\n") }
        case .backspace: return edit { $0.delete(from: $0.cursor - 1, to: $0.cursor) }
        case .delete, .control("d"): return edit { $0.delete(from: $0.cursor, to: $0.cursor + 1) }
        case .control("w"), .alt("\u{7F}"): return edit { $0.kill(from: $0.wordStart, to: $0.cursor) }
        case .alt("d"): return edit { $0.kill(from: $0.cursor, to: $0.wordEnd) }
        case .control("u"): return edit { $0.kill(from: $0.lineStart, to: $0.cursor) }
        case .control("k"): return edit { $0.kill(from: $0.cursor, to: $0.lineEnd) }
        case .control("y"): return edit { $0.insert(String($0.killed)) }
        case .control("_"): return undo()
        default: return takeMotion(key)
        }
    }

    private mutating func takeMotion(_ key: Key) -> Outcome {
        switch key {
        case .move(.left, []), .control("b"): return go(to: cursor - 1)
        case .move(.right, []), .control("f"): return go(to: cursor + 1)
        case .move(.left, _), .alt("b"): return go(to: wordStart)
        case .move(.right, _), .alt("f"): return go(to: wordEnd)
        case .move(.home, _), .control("a"): return go(to: lineStart)
        case .move(.end, _), .control("e"): return go(to: lineEnd)
        case .move(.up, []), .control("p"): return up()
        case .move(.down, []), .control("n"): return down()
        default: return .ignored
        }
    }

    private mutating func submit() -> Outcome {
        guard !characters.allSatisfy(\.isWhitespace) else { return .ignored }
        let text = text
        if history.last != text { history.append(text) }
        if history.count > 200 { history.removeFirst() }
        characters = []
        cursor = 0
        recalled = nil
        undoable = []
        isTyping = false
        return .submitted(text)
    }
}

extension TextField {
    /// Runs a change and says whether the text is another one now; a run of typed characters is undone as one.
    private mutating func edit(typing: Bool = false, _ change: (inout TextField) -> Void) -> Outcome {
        let before = Snapshot(characters: characters, cursor: cursor)
        let wasTyping = isTyping
        change(&self)
        guard characters != before.characters else { return cursor == before.cursor ? .ignored : .moved }
        if !(typing && wasTyping) { keep(before) }
        isTyping = typing
        return .edited
    }

    private mutating func remember(typing: Bool) {
        keep(Snapshot(characters: characters, cursor: cursor))
        isTyping = typing
    }

    private mutating func keep(_ snapshot: Snapshot) {
        undoable.append(snapshot)
        if undoable.count > 100 { undoable.removeFirst() }
    }

    private mutating func undo() -> Outcome {
        guard let snapshot = undoable.popLast() else { return .ignored }
        characters = snapshot.characters
        cursor = snapshot.cursor
        isTyping = false
        return .edited
    }

    /// Inserts text at the cursor; a mark joins the character before it, what is too long is left out.
    private mutating func insert(_ text: String) {
        let line = hasLines ? text : String(text.map { $0.isNewline ? " " : $0 })
        let before = SafeText(untrusted: String(characters[..<cursor]) + line, limit: limit * 8)
        let room = limit - (characters.count - cursor)
        let head = Array(before.text.prefix(max(0, room)))
        guard head.count >= cursor else { return }
        characters = head + characters[cursor...]
        cursor = head.count
    }

    private mutating func delete(from start: Int, to end: Int) {
        guard start >= 0, end <= characters.count, start < end else { return }
        characters.removeSubrange(start..<end)
        cursor = start
    }

    private mutating func kill(from start: Int, to end: Int) {
        guard start >= 0, end <= characters.count, start < end else { return }
        killed = Array(characters[start..<end])
        delete(from: start, to: end)
    }

    private mutating func go(to place: Int) -> Outcome {
        isTyping = false
        guard place != cursor, place >= 0, place <= characters.count else { return .ignored }
        cursor = place
        return .moved
    }
}

extension TextField {
    private var wordStart: Int {
        var place = cursor
        while place > 0, !TextField.isWord(characters[place - 1]) { place -= 1 }
        while place > 0, TextField.isWord(characters[place - 1]) { place -= 1 }
        return place
    }

    private var wordEnd: Int {
        var place = cursor
        while place < characters.count, !TextField.isWord(characters[place]) { place += 1 }
        while place < characters.count, TextField.isWord(characters[place]) { place += 1 }
        return place
    }

    private static func isWord(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "_"
    }

    private var lineStart: Int {
        characters[..<cursor].lastIndex(of: "\n").map { $0 + 1 } ?? 0
    }

    private var lineEnd: Int {
        characters[cursor...].firstIndex(of: "\n") ?? characters.count
    }

    /// Up within the text, then into the history.
    private mutating func up() -> Outcome {
        let start = lineStart
        guard start > 0 else { return recall(older: true) }
        let previous = characters[..<(start - 1)].lastIndex(of: "\n").map { $0 + 1 } ?? 0
        return go(to: min(previous + cursor - start, start - 1))
    }

    private mutating func down() -> Outcome {
        let end = lineEnd
        guard end < characters.count else { return recall(older: false) }
        let column = cursor - lineStart
        let next = end + 1
        let nextEnd = characters[next...].firstIndex(of: "\n") ?? characters.count
        return go(to: min(next + column, nextEnd))
    }

    /// Shows an earlier text; what was being written comes back behind the newest.
    private mutating func recall(older: Bool) -> Outcome {
        let place = (recalled ?? history.count) + (older ? -1 : 1)
        guard place >= 0, place <= history.count, !(recalled == nil && !older) else { return .ignored }
        if recalled == nil { draft = characters }
        recalled = place == history.count ? nil : place
        characters = recalled.map { Array(history[$0].text) } ?? draft
        cursor = characters.count
        isTyping = false
        return .edited
    }
}
