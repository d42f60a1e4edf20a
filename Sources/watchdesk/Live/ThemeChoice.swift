internal import Console
internal import Settings
internal import Terminal
internal import Vocabulary

/// The console's theme as the settings choose it.
enum ThemeChoice {
    /// The theme; its file is looked for in the person's folder, beside the installed program and in the source tree.
    static func load(_ settings: Settings) throws -> Theme {
        try library().theme(settings.chosenTheme)
    }

    /// All themes that can be chosen, the broken ones with what is wrong with them.
    static func offered(by library: ThemeLibrary) -> [OfferedTheme] {
        library.names.map { name in
            let shown = SafeText(untrusted: name, limit: 60).oneLine
            let source = library.file(of: name).map(source) ?? "built in"
            do throws(SettingsFailure) {
                return OfferedTheme(shown, source: source, theme: try library.theme(name))
            } catch {
                let fault = SafeText(untrusted: error.description, limit: 400)
                return OfferedTheme(shown, source: source, fault: fault)
            }
        }
    }

    private static func source(of file: String) -> SafeText {
        file.hasSuffix(".theme") ? "btop" : file.contains("/.config/") ? "yours" : "watchdesk"
    }

    /// Where themes are found.
    static func library() throws -> ThemeLibrary {
        let context = SettingContext(environment: try ProcessEnvironment.current())
        return ThemeLibrary(context: context, program: RunningProgram.path() ?? "")
    }
}
