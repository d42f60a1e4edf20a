import Foundation
import Settings
import Terminal
import Testing

@Suite struct ThemeFileTests {
    @Test func `a style is read in all its parts`() throws {
        let theme = try load(
            """
            name: test
            roles:
              text: "#010203 on #0a0b0c"
              critical: "#FF0000 bold underline"
              selection: "on #112233"
              dim: italic dim
              searchHit: "bold #000000 on #ffffff reverse"
            """)
        #expect(theme.name == "test")
        #expect(theme[.text] == style("010203", "0a0b0c"))
        #expect(theme[.critical] == style("ff0000", nil, [.bold, .underline]))
        #expect(theme[.selection] == style(nil, "112233"))
        #expect(theme[.dim] == style(nil, nil, [.italic, .dim]))
        #expect(theme[.searchHit] == style("000000", "ffffff", [.bold, .reverse]))
        #expect(theme[.accent] == Theme.dark[.accent])
    }

    @Test func `colours of the terminal are named or numbered, and stay its own`() throws {
        let theme = try load(
            """
            name: test
            roles:
              text: "default on default bold"
              dim: "grey on 0"
              ok: "brightgreen"
              info: "12"
              link: "208 underline"
            """)
        #expect(theme[.text] == style(nil, nil, .bold))
        #expect(theme[.dim].foreground?.palette == 8 && theme[.dim].background?.palette == 0)
        #expect(theme[.ok].foreground?.palette == 10)
        #expect(theme[.info].foreground == Colour(palette: 12))
        #expect(theme[.link] == style("ff8700", nil, .underline), "from 16 on all terminals look alike")
    }

    @Test(arguments: ["256", "-1", "+1", "１", "Red", "default default", "red green", "on default on red", "1.0"])
    func `what is no style is refused`(text: String) {
        #expect(problems("name: x\nroles:\n  ok: \"\(text)\"").count == 1)
    }

    @Test func `every wrong role is named with its line`() {
        let wanted = ##"expected a style in quotes, such as "#ff6b63 bold", "red on 236" or "on #2a3850 underline""##
        #expect(
            problems(
                """
                name: test
                roles:
                  critcal: "#ff0000"
                  text: #c8ccd4
                  dim: "reddish"
                  ok: "#12345"
                  info: "#1234567"
                  accent: "#111111 #222222"
                  link: "on"
                  note: "on 112233"
                  agent: ["#112233"]
                  title: ""
                """) == [
                    "/t.yaml:3:3: unknown key `critcal`, did you mean `critical`?",
                    "/t.yaml:4:8: `roles.text` is empty; \(wanted)",
                    "/t.yaml:5:8: `roles.dim` is \"reddish\"; \(wanted)",
                    "/t.yaml:6:7: `roles.ok` is \"#12345\"; \(wanted)",
                    "/t.yaml:7:9: `roles.info` is \"#1234567\"; \(wanted)",
                    "/t.yaml:8:11: `roles.accent` is \"#111111 #222222\"; \(wanted)",
                    "/t.yaml:9:9: `roles.link` is \"on\"; \(wanted)",
                    "/t.yaml:10:9: `roles.note` is \"on 112233\"; \(wanted)",
                    "/t.yaml:11:10: `roles.agent` is a list; \(wanted)",
                    "/t.yaml:12:10: `roles.title` is \"\"; \(wanted)",
                ])
    }

    @Test func `a theme must have a name`() {
        #expect(problems("roles: {}") == ["/t.yaml:1:1: the file lacks `name` (text that is not empty)"])
    }

    @Test func `the file of the built-in theme says what is built in`() throws {
        let theme = try ThemeFile.load(Repository.themes + "/dark.yaml")
        for role in Role.allCases {
            #expect(theme[role] == Theme.dark[role], "themes/dark.yaml differs from the built-in theme in \(role.name)")
        }
    }

    @Test(arguments: Repository.themeNames)
    func `a theme that ships gives every role its style`(name: String) throws {
        let text = try String(contentsOfFile: "\(Repository.themes)/\(name).yaml", encoding: .utf8)
        for role in Role.allCases {
            #expect(text.contains("\n  \(role.name): \""), "themes/\(name).yaml lacks \(role.name)")
        }
        #expect(try ThemeFile.load("\(Repository.themes)/\(name).yaml").name == name)
    }

    private func load(_ text: String) throws(SettingsFailure) -> Theme {
        try ThemeFile.load("/t.yaml", from: MemoryFiles(["/t.yaml": text]).source)
    }

    private func problems(_ text: String) -> [String] {
        do throws(SettingsFailure) {
            _ = try load(text)
            return []
        } catch {
            return error.problems.map(\.text)
        }
    }

    private func style(_ ink: String?, _ paper: String?, _ attributes: Attributes = []) -> Theme.Style {
        Theme.Style(
            foreground: ink.flatMap { Colour(hex: $0) }, background: paper.flatMap { Colour(hex: $0) },
            attributes: attributes)
    }
}

/// The themes of the source tree.
enum Repository {
    static let themes = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "themes").path()

    /// The names of the themes that ship, from their files.
    static let themeNames: [String] = FileSource.system.list(themes).filter { $0.hasSuffix(".yaml") }
        .map { String($0.dropLast(5)) }

    /// Those whose colours are not the terminal's own, so that they can be measured.
    static let colouredNames = themeNames.filter { $0 != "mono" && $0 != "sixteen" }
}
