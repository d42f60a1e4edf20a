import Settings
import Testing

@Suite struct SecretTests {
    @Test func `a secret is never printed`() throws {
        let settings = try Settings.resolve(
            flags: ["config": "/c.yaml", "key": "hunter2"], environment: ["HOME": "/h"],
            files: MemoryFiles(["/c.yaml": "assistant: {key: hunter2}"]).source)
        var dumped = ""
        dump(settings, to: &dumped)
        for text in [dumped, "\(settings)", String(reflecting: settings), "\(settings.listing)"] {
            #expect(!text.contains("hunter2"))
        }
        #expect(settings.listing.filter { $0.value?.text == "********" }.map(\.name) == ["key", "assistant.key"])
        #expect(settings.key?.value.revealed == "hunter2")
    }

    @Test func `a secret from a file loses its line break`() throws {
        #expect(try key("file:/s", ["/s": "sk-1\r\n"]) == "sk-1")
        #expect(try key("file:~/s", ["/h/s": "sk-2"]) == "sk-2")
    }

    @Test(arguments: [
        ("file:/s", 0o604, "x", "names the file /s, which everybody can read; run: chmod 600 /s"),
        ("file:/s", 0o600, "", "names the file /s, which must hold one line and nothing else"),
        ("file:/s", 0o600, "a\nb", "names the file /s, which must hold one line and nothing else"),
        ("file:/no", 0o600, "x", "names the file /no: there is no such file"),
        ("env:NOBODY", 0o600, "x", "names the environment variable NOBODY, which is not set"),
    ])
    func `a reference that leads nowhere is told`(given: String, mode: UInt32, text: String, reason: String) {
        let failure = #expect(throws: SettingsFailure.self) { try key(given, ["/s": text], mode: mode) }
        #expect(failure?.description == "environment WATCHDESK_ASSISTANT_KEY: assistant.key \(reason)")
    }

    @Test func `a secret in a file that everybody can read is pointed out`() throws {
        let text = "key: env:K\nassistant:\n  key: sk\n"
        let settings = try Settings.resolve(
            flags: ["config": "/c.yaml"], environment: ["HOME": "/h", "K": "1"],
            files: MemoryFiles(["/c.yaml": text], permissions: 0o644).source)
        #expect(
            settings.warnings.map(\.text)
                == ["/c.yaml:3: assistant.key stands in a file that everybody can read; run: chmod 600 /c.yaml"])
    }

    private func key(_ given: String, _ files: [String: String], mode: UInt32 = 0o600) throws -> String? {
        try Settings.resolve(
            environment: ["HOME": "/h", "WATCHDESK_ASSISTANT_KEY": given],
            files: MemoryFiles(files, permissions: mode).source
        ).assistant.key?.value.revealed
    }
}
