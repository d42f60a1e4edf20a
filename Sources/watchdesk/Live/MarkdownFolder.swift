internal import DeskAPI
internal import Glibc
internal import Settings
internal import Vocabulary

/// Finds and reads the Markdown files below a folder, in the order of their paths.
enum MarkdownFolder {
    /// Every `.md` file with its path relative to the folder; a single file is its own folder.
    ///
    /// - Throws: ``Failure`` that names the file which cannot be read, is no UTF-8, or is too large.
    static func files(at path: String) throws -> [PutArticle] {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { throw unreadable(path) }
        if status.st_mode & S_IFMT != S_IFDIR {
            return [try read(path, as: String(path.split(separator: "/").last ?? "article.md"))]
        }
        return try paths(below: path, prefix: "", depth: 0).sorted().map { try read("\(path)/\($0)", as: $0) }
    }

    private static func paths(below folder: String, prefix: String, depth: Int) throws -> [String] {
        guard depth < 16 else { throw Failure("\(folder): folders nest more than 16 deep") }
        guard let directory = unsafe opendir(folder) else { throw unreadable(folder) }
        defer { unsafe closedir(directory) }
        var found: [String] = []
        while let entry = unsafe readdir(directory) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            guard !name.hasPrefix(".") else { continue }
            var status = stat()
            // A symbolic link is not followed: a loop of them would never end.
            guard unsafe lstat("\(folder)/\(name)", &status) == 0 else { continue }
            if status.st_mode & S_IFMT == S_IFDIR {
                found += try paths(below: "\(folder)/\(name)", prefix: "\(prefix)\(name)/", depth: depth + 1)
            } else if status.st_mode & S_IFMT == S_IFREG, name.lowercased().hasSuffix(".md") {
                found.append(prefix + name)
            }
        }
        return found
    }

    private static func read(_ file: String, as path: String) throws -> PutArticle {
        let bytes = try FileSource.system.read(file).bytes
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Failure("\(file) is not UTF-8; convert it: iconv -t UTF-8")
        }
        guard !text.isEmpty else { throw Failure("\(file) is empty") }
        guard text.unicodeScalars.count <= 200_000 else {
            throw Failure("\(file) has more than 200000 characters; divide it into several articles")
        }
        return PutArticle(path: path, markdown: text)
    }

    private static func unreadable(_ path: String) -> Failure {
        Failure("cannot read \(path): \(unsafe String(cString: strerror(errno)))")
    }
}
