internal import Console
internal import Glibc
internal import Vocabulary

/// Texts that leave the console because a person pressed the key for it.
enum Clipboard {
    /// The sequence that puts a text on the terminal's clipboard (OSC 52), wrapped where tmux or screen stand between.
    ///
    /// - Returns: `nil` for a text that terminals would cut off.
    static func sequence(for text: SafeText, environment: [String: String]) -> String? {
        let bytes = Array(text.text.utf8)
        guard bytes.count <= ConsoleState.longestCopy else { return nil }
        let plain = "\u{1B}]52;c;\(base64(bytes))\u{7}"
        if environment["TMUX"]?.isEmpty == false {
            return "\u{1B}Ptmux;"
                + plain.split(separator: "\u{1B}", omittingEmptySubsequences: false)
                .joined(separator: "\u{1B}\u{1B}") + "\u{1B}\\"
        }
        if environment["STY"]?.isEmpty == false { return "\u{1B}P\(plain)\u{1B}\\" }
        return plain
    }

    /// Writes a text to a new file that only this person can read; gives its path.
    static func save(_ text: SafeText, at now: Timestamp, environment: [String: String]) throws -> String {
        let folder = environment["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
        let path = "\(folder)/watchdesk-\(now.milliseconds).txt"
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Failure("\(path) cannot be written (errno \(errno))") }
        defer { close(descriptor) }
        var rest = Array((text.text + "\n").utf8)[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { throw Failure("\(path) cannot be written whole (errno \(errno))") }
            rest = rest.dropFirst(count)
        }
        return path
    }

    /// RFC 4648, with padding.
    static func base64(_ bytes: [UInt8]) -> String {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = (0..<3).reduce(0) { $0 << 8 | (start + $1 < group.endIndex ? Int(bytes[start + $1]) : 0) }
            for place in 0..<4 {
                text.append(place <= group.count ? letters[bits >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
