import Settings

/// Files that exist only in a test.
struct MemoryFiles: Sendable {
    private let contents: [String: FileSource.Content]
    private let failures: [String: FileFailure]

    init(_ texts: [String: String] = [:], permissions: UInt32 = 0o600, failures: [String: FileFailure] = [:]) {
        contents = texts.mapValues { FileSource.Content(Array($0.utf8), permissions: permissions) }
        self.failures = failures
    }

    var source: FileSource {
        FileSource(
            read: { path throws(FileFailure) in
                if let failure = failures[path] { throw failure }
                guard let content = contents[path] else { throw .missing }
                return content
            },
            list: { folder in
                contents.keys.filter { $0.hasPrefix(folder + "/") }.map { String($0.dropFirst(folder.count + 1)) }
                    .sorted()
            })
    }
}
