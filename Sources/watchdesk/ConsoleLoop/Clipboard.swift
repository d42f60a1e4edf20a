internal import Console
internal import Digests
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
        let plain = "\u{1B}]52;c;\(Base64.encode(bytes))\u{7}"
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
}
