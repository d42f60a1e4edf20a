public import Vocabulary

/// The names of users by their numbers, from the host's `/etc/passwd`; users of a directory service have only numbers.
public struct UserNames: Sendable {
    /// The file is read again when it is this old.
    static let lifetime = Duration.seconds(60)

    private let file: String
    private var buffer = ReadBuffer()
    private var names: [UInt32: String] = [:]
    private var readAt: Monotonic?

    /// Prepares to read below a root.
    public init(root: String = "/") {
        file = (root.hasSuffix("/") ? String(root.dropLast()) : root) + "/etc/passwd"
    }

    /// The name of a user, made harmless; the number as text where there is no name.
    public mutating func name(of user: UInt32, at now: Monotonic) -> String {
        refresh(at: now)
        return names[user] ?? "\(user)"
    }

    private mutating func refresh(at now: Monotonic) {
        if let readAt, now - readAt < UserNames.lifetime { return }
        readAt = now
        // Opened anew each time: it is replaced when it changes, and an open file would stay the old one.
        guard KeptFile(file).read(into: &buffer) else { return }
        names = UserNames.parse(buffer.bytes.span.extracting(0..<buffer.count))
    }

    /// Reads the lines `name:password:number:…`; of several names for a number the first counts.
    static func parse(_ bytes: Span<UInt8>) -> [UInt32: String] {
        var names: [UInt32: String] = [:]
        var cursor = ByteCursor()
        while !cursor.isAtEnd(of: bytes) {
            if let name = cursor.field(endingIn: ASCII.colon, in: bytes),
                cursor.field(endingIn: ASCII.colon, in: bytes) != nil,
                let number = cursor.number(in: bytes).flatMap(UInt32.init(exactly:)), names[number] == nil
            {
                names[number] = SafeText(untrustedBytes: bytes.array(name), limit: 64).oneLine.text
            }
            cursor.nextLine(in: bytes)
        }
        return names
    }
}
