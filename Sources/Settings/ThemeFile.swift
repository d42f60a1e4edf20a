public import Terminal
internal import Vocabulary
internal import YAML

/// Reads a theme from YAML: a name, and under `roles` a style in quotes for each role.
public enum ThemeFile {
    /// The theme in a file.
    ///
    /// - Throws: ``SettingsFailure`` with every wrong role and its line.
    public static func load(_ path: String, from files: FileSource = .system) throws(SettingsFailure) -> Theme {
        let content: FileSource.Content
        do throws(FileFailure) {
            content = try files.read(path)
        } catch {
            throw SettingsFailure(["\(path): \(error)"])
        }
        return try parse(content.bytes, file: path)
    }

    /// The theme in a text; `file` is the name that faults carry.
    ///
    /// - Throws: ``SettingsFailure`` with every wrong role and its line.
    static func parse(_ bytes: [UInt8], file: String) throws(SettingsFailure) -> Theme {
        do throws(YAMLFailure) {
            return try YAMLDocument.read(bytes, file: file, theme)
        } catch {
            throw SettingsFailure(error.description.split(separator: "\n").map(String.init))
        }
    }

    private static func theme(_ root: YAMLMapping) -> Theme? {
        let name = root.required("name", as: .name)
        var styles: [Role: Theme.Style] = [:]
        if let roles = root.mapping("roles") {
            for role in Role.allCases {
                styles[role] = roles.reader(role.name)?.value(as: style)
            }
        }
        return name.map { Theme(name: SafeText(untrusted: $0, limit: 60).oneLine.text, styles: styles) }
    }

    private static let style = YAMLType<Theme.Style>(
        "a style in quotes, such as \"#ff6b63 bold\", \"on #2a3850\" or \"#14161a on #e8c35a\""
    ) { scalar in
        scalar.isNull ? nil : Theme.Style(text: scalar.text)
    }
}

extension Theme.Style {
    /// A style from words: `#rrggbb` for the glyphs, `on #rrggbb` for what is behind them, and attributes.
    fileprivate init?(text: String) {
        self.init()
        var words = text.split(separator: " ")[...]
        guard !words.isEmpty else { return nil }
        while let word = words.popFirst() {
            guard take(word, &words) else { return nil }
        }
    }

    private mutating func take(_ word: Substring, _ rest: inout ArraySlice<Substring>) -> Bool {
        switch word {
        case "on" where background == nil:
            background = rest.popFirst().flatMap(Theme.Style.colour)
            return background != nil
        case _ where word.hasPrefix("#") && foreground == nil && background == nil:
            foreground = Theme.Style.colour(word)
            return foreground != nil
        default:
            guard let attribute = Theme.Style.attributeNames[String(word)] else { return false }
            attributes.formUnion(attribute)
            return true
        }
    }

    private static func colour(_ word: Substring) -> Colour? {
        word.hasPrefix("#") ? Colour(hex: word) : nil
    }

    private static let attributeNames: [String: Attributes] = [
        "bold": .bold, "dim": .dim, "italic": .italic, "underline": .underline, "reverse": .reverse,
    ]
}
