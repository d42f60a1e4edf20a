internal import CLinux
internal import Vocabulary

/// Standard output and standard error, written whole.
enum Output {
    /// Writes text to standard output; a reader that went away ends nothing.
    static func write(_ text: String) {
        send(text, to: 1)
    }

    /// Writes one complaint to standard error.
    static func complain(_ text: String) {
        send(text + "\n", to: 2)
    }

    private static func send(_ text: String, to descriptor: Int32) {
        var text = text
        text.withUTF8 { bytes in
            // A closed standard output has no remedy, and the exit status says the rest.
            _ = unsafe wd_write_all(descriptor, bytes.baseAddress, bytes.count)
        }
    }
}
