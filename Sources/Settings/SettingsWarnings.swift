internal import Vocabulary

/// What works but should be looked at: misspelt variables, secrets that everybody can read.
enum SettingsWarnings {
    static func all(environment: [String: String], file: SettingsFile?) -> [SafeText] {
        (misspelt(in: environment) + exposed(in: file)).map { SafeText(untrusted: $0).oneLine }
    }

    /// Variables that are no setting but look like one; others with our prefix belong to somebody else.
    private static func misspelt(in environment: [String: String]) -> [String] {
        let known = DeskSettings.all.map(\.variable)
        return environment.keys.sorted().compactMap { name in
            guard name.hasPrefix("WATCHDESK_"), !known.contains(name) else { return nil }
            return known.nearest(to: name).map { "\(name) is no setting; did you mean \($0)?" }
        }
    }

    private static func exposed(in file: SettingsFile?) -> [String] {
        guard let file, file.isWorldReadable else { return [] }
        return DeskSettings.all.compactMap { setting in
            guard setting.isSecret, let entry = file.entries[setting.name] else { return nil }
            guard SecretReference(Secret(entry.text)).isLiteral else { return nil }
            return "\(file.path):\(entry.line): \(setting.name) stands in a file that everybody can read; "
                + "run: chmod 600 \(file.path)"
        }
    }
}
