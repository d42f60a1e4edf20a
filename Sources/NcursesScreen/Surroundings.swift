internal import CNcurses
internal import Terminal

/// What the environment says about the terminal.
struct Surroundings {
    let environment: [String: String]

    /// The descriptions to try, the right one first.
    var terminals: [String] {
        let named = environment["TERM"].flatMap { $0.isEmpty ? nil : $0 }
        let usual = ["xterm-256color", "xterm", "vt100"]
        return (named.map { [$0] } ?? []) + usual.filter { $0 != named }
    }

    /// Whether colours are unwanted (no-color.org: set to anything but nothing).
    var isColourless: Bool { environment["NO_COLOR"].map { !$0.isEmpty } ?? false }

    /// Whether the terminal says that it shows colours of 24 bits (github.com/termstandard/colors).
    var hasDirectColour: Bool { ["truecolor", "24bit"].contains(environment["COLORTERM"] ?? "") }

    /// The colours to use on a terminal that has this many, and chooses one in this way.
    func depth(colours: Int, setForeground: String?) -> ColourDepth {
        guard !isColourless else { return .none }
        guard colours >= 256 else { return ColourDepth(colours: colours) }
        // A description with more numbers than 256 has no palette to choose from: too rare to be worth another way.
        return hasDirectColour && DirectColours.canRewrite(setForeground) ? .direct : .twoFiftySix
    }

    /// The locale of characters, in the order in which POSIX looks for it; `C` when none is named.
    var locale: String {
        for name in ["LC_ALL", "LC_CTYPE", "LANG"] {
            if let value = environment[name], !value.isEmpty { return value }
        }
        return "C"
    }

    private var namesUTF8: Bool {
        let name = locale.lowercased()
        return name.contains("utf-8") || name.contains("utf8")
    }

    /// Sets the process's locale of characters and says which glyphs can be shown.
    ///
    /// A locale of UTF-8 that is not installed here (as behind ssh) is replaced by `C.UTF-8`, which always is.
    func chooseLocale(_ wanted: GlyphSet?) -> GlyphSet {
        let hasUTF8 = use(locale)
        switch wanted {
        case .ascii: return .ascii
        case .unicode: return hasUTF8 || use("C.UTF-8") ? .unicode : .ascii
        case .blocks: return hasUTF8 || (namesUTF8 && use("C.UTF-8")) ? .blocks : .ascii
        case nil: return hasUTF8 || (namesUTF8 && use("C.UTF-8")) ? .unicode : .ascii
        }
    }

    /// Whether the locale exists here and is one of UTF-8.
    private func use(_ locale: String) -> Bool {
        unsafe wd_use_locale(locale) == 1
    }
}
