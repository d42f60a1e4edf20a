/// What has been used, or could be, to make a terminal do something through text that it shows.
///
/// Sources: spec of terminal escape injection (OSC 52 through model output, title reports, DECRQSS answers, Trojan Source,
/// tag-block prompt injection, Zalgo), xterm's ctlseqs, CVE-2003-0063, CVE-2008-2383, CVE-2021-33477, CVE-2022-45063,
/// CVE-2019-9535, CVE-2024-56803, GLSA-202105-11, CVE-2025-58160, CVE-2022-30123.
enum HostilePayloads {
    static let texts: [String] = [
        // Colours and attributes.
        "\u{1B}[31mred", "\u{1B}[1;5;7mblink", "\u{1B}[38;2;255;0;0mtrue", "\u{1B}[38:5:196mcolon",
        "\u{1B}[8mhidden\u{1B}[0m",
        // Cursor and screen.
        "\u{1B}[2J\u{1B}[H", "\u{1B}[1;1Hhome", "\u{1B}[999D", "\u{1B}[3A\u{1B}[K", "\u{1B}7\u{1B}8", "\u{1B}c",
        "\u{1B}[!p",
        "\u{1B}[?1049l", "\u{1B}[?1049h", "\u{1B}[?25l", "\u{1B}[?2004l", "\u{1B}[?1003h", "\u{1B}[?2026h",
        "\u{1B}[5;10r", "\u{1B}#8",
        "\u{1B}[3J", "\u{1B}D\u{1B}M\u{1B}E", "\u{1B}(0lqk\u{1B}(B", "\u{E}lqk\u{F}", "\u{1B}[20h", "\u{1B}[4h",
        "\u{1B}[?7l",
        // Answers that would arrive as typed text.
        "\u{1B}[c", "\u{1B}[>c", "\u{1B}[6n", "\u{1B}[21t", "\u{1B}[18t", "\u{1B}P$q\"p\u{1B}\\",
        "\u{1B}P+q544e\u{1B}\\", "\u{5}",
        // Strings to the terminal: title, clipboard, links, notifications, palette, fonts, files.
        "\u{1B}]0;owned\u{7}", "\u{1B}]2;owned\u{1B}\\", "\u{1B}]52;c;cm0gLXJmIC8K\u{7}", "\u{1B}]52;c;?\u{7}",
        "\u{1B}]8;;javascript:alert(1)\u{1B}\\click\u{1B}]8;;\u{1B}\\", "\u{1B}]9;note\u{7}",
        "\u{1B}]777;notify;a;b\u{7}",
        "\u{1B}]10;?\u{7}", "\u{1B}]4;1;rgb:00/00/00\u{7}", "\u{1B}]50;?\u{7}", "\u{1B}]1337;File=name=eA==:AAAA\u{7}",
        "\u{1B}]133;A\u{7}", "\u{1B}_Gi=1;AAAA\u{1B}\\", "\u{1B}^private\u{1B}\\", "\u{1B}Xsos\u{1B}\\",
        "\u{1B}Pq#0;2;0;0;0\u{1B}\\",
        "\u{1B}]52;c;unterminated", "\u{1B}[", "\u{1B}", "a\u{1B}[31", "\u{1B}\u{1B}[A",
        // The same in eight bits.
        "\u{9B}31m", "\u{9D}0;owned\u{9C}", "\u{90}$q\u{9C}", "\u{85}next line", "\u{8D}", "\u{9E}\u{9F}\u{98}",
        // Control characters that act.
        "good\rbad", "abc\u{8}\u{8}\u{8}xyz", "bell\u{7}", "form\u{C}feed", "vertical\u{B}tab", "nul\u{0}byte",
        "del\u{7F}", "\u{1A}", "a\tb",
        // Direction and invisibility.
        "access\u{202E}gnp.exe", "\u{202D}left\u{202C}", "\u{2066}a\u{2069}", "\u{200F}rtl", "\u{61C}",
        "user\u{200B}name", "\u{2060}",
        "\u{FEFF}bom", "soft\u{AD}hyphen", "a\u{200D}b", "a\u{200C}b", "\u{2028}line\u{2029}", "\u{180E}",
        "\u{3164}hangul filler", "\u{2062}",
        String(String.UnicodeScalarView((0xE0041...0xE005A).compactMap(Unicode.Scalar.init))), "\u{E0001}",
        "\u{FFF9}a\u{FFFA}b\u{FFFB}", "\u{1D173}",
        // Marks, selectors, things that are no characters.
        "Z" + String(repeating: "\u{300}", count: 200), "e\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}",
        "\u{300}\u{301}no base",
        "x\u{FE0F}\u{FE0E}\u{FE0F}", "\u{E000}private", "\u{F8FF}", "\u{10FFFD}", "\u{378}",
        // Logs and exports.
        "line\nfake: 2026-01-01 admin logged in", "line\r\nSet-Cookie: a=b", "=cmd|'/c calc'!A1",
    ]

    static let bytes: [[UInt8]] = [
        [0x9B, 0x33, 0x31, 0x6D], [0xFF, 0xFE, 0xC0], [0xC0, 0x9B], [0xC2, 0x9B, 0x41], [0xE0, 0x80, 0x9B],
        [0xED, 0xA0, 0x80],
        [0xF4, 0x90, 0x80, 0x80], [0xC2], [0xE2, 0x80], [0xF0, 0x9F, 0x98], [0x1B, 0xC2, 0x5B, 0x41],
        [0x41, 0x80, 0x80, 0x1B],
    ]

    /// Scalars that are no characters, which cannot be written as literals.
    static let noncharacters: [[UInt8]] = [0xFFFE, 0xFFFF, 0xFDD0, 0x1FFFF, 0x10FFFF].compactMap { (value: UInt32) in
        Unicode.Scalar(value).map { Array(String($0).utf8) }
    }

    static let all: [[UInt8]] = texts.map { Array($0.utf8) } + bytes + noncharacters
}
