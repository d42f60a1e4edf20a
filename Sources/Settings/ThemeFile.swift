public import Terminal
internal import Vocabulary
internal import YAML

/// Reads a theme from YAML: a name, and under `roles` a style in quotes for each role; or one of btop, see ``BtopTheme``.
public enum ThemeFile {
    /// The theme in a file.
    ///
    /// - Throws: ``SettingsFailure`` with every wrong role, or line of a btop theme, and where it stands.
    public static func load(_ path: String, from files: FileSource = .system) throws(SettingsFailure) -> Theme {
        let content: FileSource.Content
        do throws(FileFailure) {
            content = try files.read(path)
        } catch {
            throw SettingsFailure(["\(path): \(error)"])
        }
        guard !path.hasSuffix(".theme") else { return try BtopTheme.parse(content.bytes, file: path) }
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

    private static let style = YAMLType<Theme.Style>(Theme.Style.accepts) { scalar in
        scalar.isNull ? nil : Theme.Style(text: scalar.text)
    }
}
