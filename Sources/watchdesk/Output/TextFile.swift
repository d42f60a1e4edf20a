internal import Storage

/// A file of texts that is sent to the desk.
enum TextFile {
    /// Reads a whole file.
    ///
    /// - Throws: ``Failure`` that names the file: it is not there, too large, empty, or not UTF-8, with the line.
    static func read(_ path: String, atMost limit: Int) throws -> String {
        guard let bytes = try StoredFile.read(path) else { throw Failure("there is no file \(path)") }
        guard bytes.count <= limit else {
            throw Failure("\(path) has more than \(limit / 1_000_000) MB; take fewer texts")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Failure("\(path) is not UTF-8 (line \(badLine(bytes))); save it as UTF-8")
        }
        guard !text.isEmpty else { throw Failure("\(path) is empty") }
        return text
    }

    /// The first line that is not UTF-8.
    private static func badLine(_ bytes: [UInt8]) -> Int {
        let lines = bytes.split(separator: 10, omittingEmptySubsequences: false)
        return (lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0) + 1
    }
}
