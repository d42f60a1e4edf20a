import Settings
import Testing

@Suite struct ThemesByGatewayTests {
    private func settings(
        _ text: String, flags: [String: String] = [:], environment: [String: String] = [:]
    ) throws(SettingsFailure) -> Settings {
        try Settings.resolve(
            flags: flags.merging(["config": "/c.yaml"]) { $1 }, environment: environment.merging(["HOME": "/h"]) { $1 },
            files: MemoryFiles(["/c.yaml": text]).source)
    }

    private let file = """
        theme: ember
        themes:
          desk.example:7180: red-alert
          "Other.Example": paper
          "[::1]:7180": light
        """

    @Test(arguments: [
        ("http://desk.example:7180", "red-alert"), ("https://DESK.example:7180/api", "red-alert"),
        ("http://desk.example:8000", "ember"), ("http://other.example", "paper"), ("https://other.example:1", "paper"),
        ("http://[::1]:7180", "light"), ("http://[::1]", "ember"),
    ])
    func `a gateway has the theme of its address`(url: String, theme: String) throws {
        #expect(try settings(file, flags: ["url": url]).chosenTheme == theme)
    }

    @Test func `what is asked for at the start beats the gateway's, and without a gateway there is the usual one`()
        throws
    {
        let url = "http://desk.example:7180"
        #expect(try settings(file, flags: ["url": url, "theme": "mono"]).chosenTheme == "mono")
        #expect(try settings(file, flags: ["url": url], environment: ["WATCHDESK_THEME": "dark"]).chosenTheme == "dark")
        #expect(try settings(file).chosenTheme == "ember")
        #expect(try settings("theme: light").chosenTheme == "light")
    }

    @Test func `a variable gives the same as pairs`() throws {
        let pairs = "a.example=light, b.example:1=mono"
        let found = try settings("", flags: ["url": "http://b.example:1"], environment: ["WATCHDESK_THEMES": pairs])
        #expect(found.chosenTheme == "mono")
        #expect(found.themes.value.description == "a.example=light,b.example:1=mono")
    }

    @Test func `what is no address or no theme is told with its line`() {
        let failure = #expect(throws: SettingsFailure.self) {
            try settings("themes:\n  ok.example: light\n  http://x: light\n  b.example: no theme\n")
        }
        let problems = failure?.problems.map(\.text) ?? []
        #expect(problems.count == 2)
        #expect(problems.first?.hasPrefix("/c.yaml:3:") == true && problems.last?.hasPrefix("/c.yaml:4:") == true)
    }

    @Test func `charts are braille unless blocks are asked for`() throws {
        #expect(try settings("").charts.value == .braille)
        #expect(try settings("charts: blocks").charts.value == .blocks)
        #expect(throws: SettingsFailure.self) { try settings("charts: dots") }
    }
}
