import Foundation

/// The files of this repository, as the rules see them.
struct Repository {
    let root: URL

    /// The repository that this test file stands in.
    static let here = Repository(
        root: URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent())

    /// All Swift files below a folder, in alphabetical order.
    func swiftFiles(below folder: String) throws -> [SourceFile] {
        try files(below: folder).filter { $0.hasSuffix(".swift") }.map(file)
    }

    /// The paths of all files below a folder, without hidden ones, in alphabetical order.
    func files(below folder: String) throws -> [String] {
        let manager = FileManager.default
        let names = manager.subpaths(atPath: root.appending(path: folder).path()) ?? []
        return names.map { "\(folder)/\($0)" }
            .filter { path in
                var isFolder: ObjCBool = false
                let isThere = manager.fileExists(atPath: root.appending(path: path).path(), isDirectory: &isFolder)
                return isThere && !isFolder.boolValue && !path.contains("/.")
            }
            .sorted()
    }

    /// The names of the folders directly inside a folder.
    func folders(in folder: String) throws -> Set<String> {
        Set(
            try files(below: folder).compactMap {
                $0.split(separator: "/").dropFirst().dropLast().first.map(String.init)
            })
    }

    /// One file by its path from the root.
    func file(_ path: String) throws -> SourceFile {
        SourceFile(path: path, text: try String(contentsOf: root.appending(path: path), encoding: .utf8))
    }
}

/// A text file with its path from the repository's root.
struct SourceFile {
    let path: String
    let lines: [Substring]
    private let text: String

    init(path: String, text: String) {
        self.path = path
        self.text = text
        lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map(Substring.init)
    }

    /// The folder inside `Sources` or `Tests`, which is the target's name.
    var target: String {
        let parts = path.split(separator: "/")
        return parts.count > 2 ? String(parts[1]) : ""
    }

    /// The name without folder and extension.
    var name: String {
        path.split(separator: "/").last?.split(separator: ".").first.map(String.init) ?? ""
    }

    /// Whether a word stands anywhere in the file; much faster than a pattern.
    func holds(_ word: String) -> Bool { strstr(text, word) != nil }

    /// The number of lines, the empty piece behind the last line feed not counted.
    var length: Int { lines.last == "" ? lines.count - 1 : lines.count }
}

/// A rule that a line breaks.
struct Violation: Equatable, CustomStringConvertible {
    let path: String
    let line: Int
    let reason: String

    var description: String { "\(path):\(line): \(reason)" }
}
