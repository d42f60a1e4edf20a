import Settings
import Testing

@Suite struct EndpointSettingTests {
    private func settings(_ lines: String...) throws -> Settings {
        let file = "endpoints:\n" + lines.map { "  - \($0)\n" }.joined()
        return try Settings.resolve(
            flags: ["config": "/c.yaml"], environment: ["HOME": "/h"], files: MemoryFiles(["/c.yaml": file]).source)
    }

    @Test func `an endpoint has limits of its own, or those of the assistant`() throws {
        let endpoints = try settings(
            #"{name: local, url: "http://127.0.0.1:11434/v1", first_token: 60s, whole: 3m, retries: 0}"#,
            #"{name: claude, url: "https://api.anthropic.com", wire: anthropic, key: "env:KEY"}"#
        ).endpoints
        #expect(endpoints.map(\.firstToken) == [.seconds(60), nil])
        #expect(endpoints.map(\.whole) == [.seconds(180), nil])
        #expect(endpoints.map(\.retries) == [0, nil])
    }

    @Test(arguments: [
        ("first_token: 0s", "first_token"), ("first_token: 601s", "first_token"), ("whole: soon", "whole"),
        ("whole: 2h", "whole"), ("retries: 11", "retries"), ("retries: -1", "retries"), ("limit: 5", "limit"),
    ])
    func `a limit that cannot be is told with its name`(field: String, name: String) {
        let failure = #expect(throws: SettingsFailure.self) {
            _ = try settings(#"{name: local, url: "http://127.0.0.1:1/v1", \#(field)}"#)
        }
        #expect("\(String(describing: failure))".contains(name))
    }
}
