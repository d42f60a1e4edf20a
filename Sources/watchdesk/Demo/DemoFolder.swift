internal import Glibc

/// The folder of a demo: made for it, removed after it, never that of a real desk.
final class DemoFolder {
    /// Where it is.
    let path: String

    /// What stands in its `alerts.yaml`: rules that a few minutes of a demo can show.
    private static let rules = """
        rules:
          - name: demo-waiting
            summary: A demo customer waits for a person
            metric: desk.oldest_wait
            above: 40
            clear: 10
            for: 3s
            severity: warning
            category: conversation

        """

    init() throws {
        var pattern = Array("/tmp/watchdesk-demo-XXXXXX".utf8CString)
        guard unsafe mkdtemp(&pattern) != nil else { throw Failure("no folder for the demo can be made in /tmp") }
        path = String(decoding: pattern.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        do {
            try PrivateFile.write("", to: path + "/config.yaml")
            try PrivateFile.write(DemoFolder.rules, to: path + "/alerts.yaml")
        } catch {
            remove()
            throw error
        }
    }

    /// Removes the folder and everything in it.
    func remove() {
        DemoFolder.removeAll(path)
    }

    private static func removeAll(_ path: String) {
        guard let folder = unsafe opendir(path) else {
            unlink(path)
            return
        }
        var names: [String] = []
        while let entry = unsafe readdir(folder) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        unsafe closedir(folder)
        for name in names {
            var status = stat()
            let inner = path + "/" + name
            guard unsafe lstat(inner, &status) == 0 else { continue }
            if status.st_mode & S_IFMT == S_IFDIR { removeAll(inner) } else { unlink(inner) }
        }
        rmdir(path)
    }
}
