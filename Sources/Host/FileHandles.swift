/// Open files in the whole system (`/proc/sys/fs/file-nr`).
struct FileHandles: Equatable, Sendable {
    let open: UInt64
    let limit: UInt64

    /// Reads the file: allocated, free (always 0 since 2.6), limit.
    static func parse(_ bytes: Span<UInt8>) -> FileHandles? {
        var cursor = ByteCursor()
        guard let open = cursor.number(in: bytes), let free = cursor.number(in: bytes),
            let limit = cursor.number(in: bytes)
        else { return nil }
        return FileHandles(open: open > free ? open - free : 0, limit: limit)
    }
}
