internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// The filter of the processes: a text in the filter language, and what is wrong with it while it is written.
struct ProcessFilter: Equatable, Sendable {
    private(set) var field = TextField(hint: "cpu>5 and name~post", limit: ProcessQuery.mostCharacters)
    /// Whether keys go to it.
    var isOpen = false
    /// The last text that was right; the list obeys it.
    private(set) var applied = ""
    private(set) var fault: SafeText?

    /// Whether rows are left out.
    var isActive: Bool { !applied.isEmpty }

    /// The rows it takes on the screen.
    var rows: Int { isOpen || isActive ? (fault == nil ? 1 : 2) : 0 }

    /// Takes a key.
    ///
    /// - Returns: whether the list has to obey another text now.
    mutating func take(_ key: Key) -> Bool {
        guard field.take(key) == .edited else { return false }
        return read()
    }

    /// Closes the field; a text that is wrong stays open, because nothing obeys it.
    mutating func keep() {
        isOpen = fault != nil
    }

    mutating func clear() {
        field.clear()
        isOpen = false
        fault = nil
        applied = ""
    }

    private mutating func read() -> Bool {
        let text = field.text.text
        do throws(ProcessQueryFault) {
            let isEmpty = try ProcessQuery(text).isEmpty
            fault = nil
            let wanted = isEmpty ? "" : text
            defer { applied = wanted }
            return wanted != applied
        } catch {
            fault = SafeText(untrusted: error.description, limit: 300).oneLine
            return false
        }
    }

    func draw(in rect: Rect, matches: Int64?, on frame: inout Frame) {
        let line = rect.line(0)
        frame.write("/", in: line, .accent, .bold)
        let count: SafeText = matches.map { "\($0) found" } ?? ""
        field.draw(in: line.droppingLeft(2).droppingRight(count.columns + 2), isFocused: isOpen, on: &frame)
        frame.write(count, in: line, .dim, align: .right)
        if let fault, rect.rows > 1 { frame.write("▲ \(fault)", in: rect.line(1), .warning) }
    }
}
