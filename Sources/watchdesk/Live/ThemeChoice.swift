internal import Settings
internal import Terminal

/// The console's theme as the settings choose it.
enum ThemeChoice {
    /// The theme; its file is looked for in the person's folder, beside the installed program and in the source tree.
    static func load(_ settings: Settings) throws -> Theme {
        try library().theme(settings.theme.value)
    }

    /// Where themes are found.
    static func library() throws -> ThemeLibrary {
        let context = SettingContext(environment: try ProcessEnvironment.current())
        return ThemeLibrary(context: context, program: RunningProgram.path() ?? "")
    }
}
