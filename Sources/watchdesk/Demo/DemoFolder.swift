internal import Glibc
internal import Settings

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
        let parent = try ProcessEnvironment.current()["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
        var pattern = Array("\(parent)/watchdesk-demo-XXXXXX".utf8CString)
        guard unsafe mkdtemp(&pattern) != nil else { throw Failure("no folder for the demo can be made in \(parent)") }
        path = String(decoding: pattern.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        do {
            try PrivateFile.write("", to: path + "/config.yaml")
            try PrivateFile.write(DemoFolder.rules, to: path + "/alerts.yaml")
        } catch {
            remove()
            throw error
        }
    }

    /// Removes the folder and everything in it: the files made here, and those of the desk.
    func remove() {
        for folder in [path + "/data", path] {
            for name in FileSource.system.list(folder) { _ = unsafe unlink(folder + "/" + name) }
            _ = unsafe rmdir(folder)
        }
    }
}
