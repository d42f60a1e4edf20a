internal import Terminal
internal import Vocabulary

/// Reads the theme files of btop as they are: `theme[cpu_start]="#4897d4"`, one colour a line.
///
/// The format is that of btop's README: `#` begins a comment, a colour is `#rrggbb`, `#bw` for a grey or three decimal
/// numbers, and an empty one is the terminal's own. Names that are not known are left out.
enum BtopTheme {
    /// The theme in a text; `file` is the path that faults carry and whose last part names the theme.
    ///
    /// - Throws: ``SettingsFailure`` with every line that is no colour.
    static func parse(_ bytes: [UInt8], file: String) throws(SettingsFailure) -> Theme {
        var colours: [String: Colour] = [:]
        var problems: [String] = []
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, bytes) in lines.enumerated() {
            let line = String(decoding: bytes, as: UTF8.self)
            switch Line(line) {
            case .nothing: continue
            case .colour(let name, let colour): colours[name] = colour
            case .broken:
                let shown = SafeText(untrusted: line, limit: 80).oneLine
                problems.append("\(file):\(index + 1): `\(shown)` is no line of a btop theme; expected \(accepts)")
            }
        }
        guard problems.isEmpty else { throw SettingsFailure(problems) }
        guard !colours.isEmpty else {
            throw SettingsFailure(["\(file): no colour in it; expected lines of \(accepts)"])
        }
        return BtopRoles(colours).theme(named: name(of: file))
    }

    private static let accepts = "theme[NAME]=\"#rrggbb\""

    private static func name(of file: String) -> String {
        let last = file.split(separator: "/").last.map(String.init) ?? file
        return SafeText(untrusted: String(last.dropLast(6)), limit: 60).oneLine.text
    }

    /// What a line says.
    private enum Line {
        case nothing
        case colour(name: String, Colour?)
        case broken

        init(_ text: String) {
            let line = text.trimmed
            guard !line.isEmpty, !line.hasPrefix("#") else {
                self = .nothing
                return
            }
            let pattern = /theme\[([A-Za-z0-9_]+)\]\s*=\s*(?:"([^"]*)"|'([^']*)'|(\S+))\s*(?:#.*)?/
            guard let parts = line.wholeMatch(of: pattern)?.output, let value = parts.2 ?? parts.3 ?? parts.4,
                let colour = Line.colour(Substring(String(value).trimmed))
            else {
                self = .broken
                return
            }
            self = .colour(name: String(parts.1), colour)
        }

        /// A colour, the terminal's own (`.some(nil)`), or `nil` for what is neither.
        private static func colour(_ text: Substring) -> Colour?? {
            if text.isEmpty { return .some(nil) }
            if text.hasPrefix("#"), text.utf8.count == 3, let grey = UInt8(text.dropFirst(), radix: 16) {
                return Colour(red: grey, green: grey, blue: grey)
            }
            if let colour = Colour(hex: text) { return colour }
            let parts = text.split(separator: " ").map { UInt8($0) }
            guard parts.count == 3, let red = parts[0], let green = parts[1], let blue = parts[2] else { return nil }
            return Colour(red: red, green: green, blue: blue)
        }
    }
}

extension String {
    /// The text without spaces, tabs and carriage returns at its ends.
    fileprivate var trimmed: String {
        var rest = self[...]
        while let first = rest.first, first.isWhitespace { rest.removeFirst() }
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        return String(rest)
    }
}
