internal import CNcurses

/// The control sequences that this terminal understands beyond what ncurses sends.
struct TerminalModes {
    /// Whether it has a second screen: then it is an xterm or one of its kin and understands private modes.
    let isModern: Bool
    /// What must be sent when the screen opens.
    let enter: String
    /// What must be sent when it closes.
    let leave: String
    /// What a crash sends: everything that may have been switched on is switched off.
    let restore: String

    init(hasMouse: Bool) {
        isModern = TerminalModes.capability("smcup") != nil
        let mouseOn = hasMouse ? TerminalModes.mouseOn : ""
        let off = "\u{1B}[?2026l\u{1B}[?1000l\u{1B}[?1002l\u{1B}[?1003l\u{1B}[?1006l\u{1B}[?2004l\u{1B}[?1004l"
        enter = isModern ? "\u{1B}[?2004h\u{1B}[?1004h" + mouseOn : ""
        leave = isModern ? off : ""
        let reset = ["sgr0", "cnorm"].compactMap(TerminalModes.capability).joined()
        let back = TerminalModes.capability("rmcup") ?? "\r\n"
        restore = isModern ? off + "\u{1B}[?25h\u{1B}[0m" + reset + back : reset + back
    }

    /// Clicks, drags and the wheel, with positions of any size.
    static let mouseOn = "\u{1B}[?1000h\u{1B}[?1002h\u{1B}[?1006h"
    static let mouseOff = "\u{1B}[?1006l\u{1B}[?1002l\u{1B}[?1000l"

    /// A string capability without its padding, which no terminal emulator needs.
    static func capability(_ name: String) -> String? {
        let text = unsafe wd_curses_capability(name).map { unsafe String(cString: $0) }
        guard let text, !text.isEmpty else { return nil }
        var kept = ""
        var rest = Substring(text)
        while let start = rest.firstIndex(of: "$"), rest[start...].hasPrefix("$<") {
            kept += rest[..<start]
            guard let end = rest[start...].firstIndex(of: ">") else { break }
            rest = rest[rest.index(after: end)...]
        }
        return kept + rest
    }
}
