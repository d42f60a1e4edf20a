import Settings
import Testing
import YAML

@Suite struct KeyFileTests {
    private func read(_ text: String?) throws -> [KeyFile.Entry] {
        try KeyFile.read("/etc/watchdesk/keys.yaml", files: memory(text))
    }

    private func memory(_ text: String?) -> FileSource {
        FileSource(
            read: { _ throws(FileFailure) in
                guard let text else { throw .missing }
                return FileSource.Content(Array(text.utf8))
            }, list: { _ in [] })
    }

    @Test func `a command has a key, several, or none`() throws {
        let entries = try read("alerts.acknowledge: A\neverywhere.quit: [Q, Ctrl-Q]\nmodels.filter:\n")
        #expect(entries.map(\.command) == ["alerts.acknowledge", "everywhere.quit", "models.filter"])
        #expect(entries.map(\.keys) == [["A"], ["Q", "Ctrl-Q"], []])
        #expect(entries.map(\.line) == [1, 2, 3])
    }

    @Test func `no file is no wish`() throws {
        #expect(try read(nil).isEmpty && read("").isEmpty)
    }

    @Test(arguments: ["alerts.acknowledge: {a: b}", "- a", "a: 'b", "a: [[b]]"])
    func `a wrong file is refused with its line`(_ text: String) {
        #expect {
            try read(text)
        } throws: {
            "\($0)".contains("/etc/watchdesk/keys.yaml:1")
        }
    }

    @Test func `it stands beside the configuration`() {
        #expect(
            KeyFile.path(beside: "/home/ana/.config/watchdesk/config.yaml") == "/home/ana/.config/watchdesk/keys.yaml")
        #expect(KeyFile.path(beside: "config.yaml") == "keys.yaml")
    }
}
