import Terminal
import Vocabulary

/// What a terminal of xterm's kind would show after these bytes: only what ncurses sends for it, everything else is noted.
struct TerminalModel {
    private(set) var cells: [[String]]
    private(set) var cursor = Position(column: 0, row: 0)
    private(set) var isCursorVisible = true
    private(set) var isOnSecondScreen = false
    private(set) var modes: Set<String> = []
    private(set) var unknown: [String] = []
    private var last = " "
    private let size: Size

    init(_ size: Size) {
        self.size = size
        cells = Array(repeating: Array(repeating: " ", count: size.columns), count: size.rows)
    }

    var lines: [String] {
        cells.map { row in
            var line = row.joined()
            while line.last == " " { line.removeLast() }
            return line
        }
    }

    mutating func take(_ bytes: [UInt8]) {
        var scalars = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)[...]
        while let scalar = scalars.popFirst() {
            switch scalar {
            case "\u{1B}": escape(&scalars)
            case "\r": cursor.column = 0
            case "\n": move(rows: 1)
            case "\u{8}": move(columns: -1)
            case "\u{F}", "\0": continue
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}": unknown.append(String(scalar.value, radix: 16))
            default: draw(scalar)
            }
        }
    }

    private mutating func draw(_ scalar: Unicode.Scalar) {
        if scalar.properties.generalCategory == .nonspacingMark {
            let place = cells[cursor.row][max(0, cursor.column - 1)].isEmpty ? 2 : 1
            cells[cursor.row][max(0, cursor.column - place)].unicodeScalars.append(scalar)
            return
        }
        let width = SafeText(untrusted: String(scalar)).columns
        guard cursor.column + width <= size.columns else { return }
        last = String(scalar)
        for column in cursor.column..<cursor.column + width { separate(column) }
        cells[cursor.row][cursor.column] = last
        if width == 2 { cells[cursor.row][cursor.column + 1] = "" }
        cursor.column += width
    }

    /// A wide glyph that loses a half shows nothing in the other.
    private mutating func separate(_ column: Int) {
        if cells[cursor.row][column].isEmpty { cells[cursor.row][column - 1] = " " }
        if column + 1 < size.columns, cells[cursor.row][column + 1].isEmpty { cells[cursor.row][column + 1] = " " }
        cells[cursor.row][column] = " "
    }

    private mutating func escape(_ scalars: inout ArraySlice<Unicode.Scalar>) {
        guard let kind = scalars.popFirst() else { return }
        switch kind {
        case "[": control(&scalars)
        case "(", ")": _ = scalars.popFirst()
        case "7", "8", "=", ">": break
        default: unknown.append("ESC \(kind)")
        }
    }

    private mutating func control(_ scalars: inout ArraySlice<Unicode.Scalar>) {
        var parameters = ""
        while let scalar = scalars.popFirst() {
            guard (0x40...0x7E).contains(scalar.value) else {
                parameters.unicodeScalars.append(scalar)
                continue
            }
            return perform(String(scalar), parameters)
        }
    }

    private mutating func perform(_ final: String, _ parameters: String) {
        let numbers = parameters.split(separator: ";", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
        let first = numbers.first ?? 0
        let count = max(1, first)
        switch final {
        case "H": cursor = bounded(column: (numbers.count > 1 ? max(1, numbers[1]) : 1) - 1, row: count - 1)
        case "d": cursor = bounded(column: cursor.column, row: count - 1)
        case "G": cursor = bounded(column: count - 1, row: cursor.row)
        case "A": move(rows: -count)
        case "B": move(rows: count)
        case "C": move(columns: count)
        case "D": move(columns: -count)
        case "J" where first == 2 || cursor == Position(column: 0, row: 0): self.clear()
        case "J":
            erase(cursor.column..<size.columns)
            for row in min(size.rows, cursor.row + 1)..<size.rows {
                cells[row] = Array(repeating: " ", count: size.columns)
            }
        case "K": erase(first == 1 ? 0..<min(size.columns, cursor.column + 1) : cursor.column..<size.columns)
        case "X": erase(cursor.column..<min(size.columns, cursor.column + count))
        case "b": for _ in 0..<count { draw(last.unicodeScalars.first ?? " ") }
        case "P": shift(by: -count)
        case "@": shift(by: count)
        case "h": set(parameters, true)
        case "l": set(parameters, false)
        case "m", "r", "t": break
        default: unknown.append("CSI \(parameters)\(final)")
        }
    }

    private mutating func set(_ mode: String, _ isOn: Bool) {
        if mode == "?25" { isCursorVisible = isOn }
        if mode == "?1049" { isOnSecondScreen = isOn }
        if isOn { modes.insert(mode) } else { modes.remove(mode) }
    }

    private mutating func clear() {
        cells = Array(repeating: Array(repeating: " ", count: size.columns), count: size.rows)
    }

    private mutating func erase(_ columns: Range<Int>) {
        for column in columns { separate(column) }
    }

    private mutating func shift(by distance: Int) {
        var row = cells[cursor.row]
        let blank = Array(repeating: " ", count: min(abs(distance), size.columns - cursor.column))
        if distance > 0 {
            row.insert(contentsOf: blank, at: cursor.column)
        } else {
            row.removeSubrange(cursor.column..<cursor.column + blank.count)
            row += blank
        }
        cells[cursor.row] = Array(row.prefix(size.columns))
    }

    private mutating func move(columns: Int = 0, rows: Int = 0) {
        cursor = bounded(column: min(cursor.column, size.columns - 1) + columns, row: cursor.row + rows)
    }

    private func bounded(column: Int, row: Int) -> Position {
        Position(column: min(max(0, column), size.columns - 1), row: min(max(0, row), size.rows - 1))
    }
}
