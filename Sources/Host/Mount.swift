/// One line of `/proc/self/mountinfo` (proc_pid_mountinfo(5)).
struct Mount: Equatable, Sendable {
    /// Which device is mounted; a bind mount shares it.
    let device: Device
    /// Where, as raw bytes: names are whatever somebody wrote to the disk.
    let point: [UInt8]
    /// Such as `ext4`.
    let type: String
    /// Such as `/dev/sda1` or `server:/export`.
    let source: String

    struct Device: Hashable, Sendable {
        let major: UInt64
        let minor: UInt64
    }

    /// Reads every line that has all its fields.
    static func parse(_ bytes: Span<UInt8>) -> [Mount] {
        var mounts: [Mount] = []
        var cursor = ByteCursor()
        while !cursor.isAtEnd(of: bytes) {
            if let mount = Mount(&cursor, in: bytes) { mounts.append(mount) }
            cursor.nextLine(in: bytes)
        }
        return mounts
    }

    private init?(_ cursor: inout ByteCursor, in bytes: Span<UInt8>) {
        guard cursor.number(in: bytes) != nil, cursor.number(in: bytes) != nil, let major = cursor.number(in: bytes),
            cursor.skip(ASCII.colon, in: bytes), let minor = cursor.number(in: bytes)
        else { return nil }
        _ = cursor.word(in: bytes)
        let point = cursor.word(in: bytes)
        guard !point.isEmpty, Mount.skipOptionalFields(&cursor, in: bytes) else { return nil }
        let type = cursor.word(in: bytes)
        let source = cursor.word(in: bytes)
        guard !type.isEmpty else { return nil }
        self.device = Device(major: major, minor: minor)
        self.point = Mount.unescape(point, in: bytes)
        self.type = String(decoding: bytes.array(type), as: UTF8.self)
        self.source = String(decoding: Mount.unescape(source, in: bytes), as: UTF8.self)
    }

    init(device: Device, point: String, type: String, source: String) {
        self.device = device
        self.point = Array(point.utf8)
        self.type = type
        self.source = source
    }

    /// Goes past the single dash that ends the options and the optional fields.
    private static func skipOptionalFields(_ cursor: inout ByteCursor, in bytes: Span<UInt8>) -> Bool {
        while !cursor.isAtLineEnd(of: bytes) {
            let word = cursor.word(in: bytes)
            guard !word.isEmpty else { return false }
            if word.count == 1, bytes[word.lowerBound] == ASCII.dash { return true }
        }
        return false
    }

    /// The kernel writes blanks, line feeds and backslashes in names as three octal digits.
    private static func unescape(_ range: Range<Int>, in bytes: Span<UInt8>) -> [UInt8] {
        var name: [UInt8] = []
        var index = range.lowerBound
        while index < range.upperBound {
            if bytes[index] == ASCII.backslash, let byte = octal(index + 1, upTo: range.upperBound, in: bytes) {
                name.append(byte)
                index += 4
            } else {
                name.append(bytes[index])
                index += 1
            }
        }
        return name
    }

    private static func octal(_ start: Int, upTo end: Int, in bytes: Span<UInt8>) -> UInt8? {
        guard start + 3 <= end else { return nil }
        var value = 0
        for index in start..<(start + 3) {
            let digit = bytes[index] &- ASCII.zero
            guard digit < 8 else { return nil }
            value = value * 8 + Int(digit)
        }
        return UInt8(exactly: value)
    }
}
