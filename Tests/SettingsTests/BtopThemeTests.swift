import Settings
import Terminal
import Testing

@Suite struct BtopThemeTests {
    private let dusk = """
        # A sample of our own.
        theme[main_bg]="#20222a"
        theme[main_fg]="#c8ccd6"
        theme[title]="#eeeef4"
        theme[hi_fg]='#e0a050'   # keys
        theme[selected_bg]="#4a5a8a"
        theme[inactive_fg]="#40"
        theme[graph_text]="120 124 136"
        theme[cpu_start]=#5080c0
        theme[cpu_mid]=""
        theme[cpu_end]="#e06050"
        theme[some_new_name]="#123456"
        theme[div_line]="#23252d"\r

        """

    @Test func `a file of btop is read as it is`() throws {
        let theme = try load(dusk)
        #expect(theme.name == "dusk")
        #expect(theme[.text].background == Colour(hex: "20222a"))
        #expect(theme[.text].foreground == Colour(hex: "c8ccd6"))
        #expect(theme[.accent].foreground == Colour(hex: "e0a050"))
        #expect(theme[.chartLow].foreground == Colour(hex: "5080c0"))
        #expect(theme[.critical].foreground != theme[.warning].foreground)
    }

    @Test func `what could not be read becomes lighter or darker until it can`() throws {
        let theme = try load(dusk)
        let ground = try #require(Colour(hex: "20222a"))
        let quiet = try #require(theme[.dim].foreground)
        #expect(quiet != Colour(red: 120, green: 124, blue: 136))
        #expect(quiet.contrast(with: ground) >= 4.5)
        #expect(try #require(theme[.frame].foreground).contrast(with: ground) >= 1.5)
    }

    @Test func `every broken line is told with its number`() {
        let problems = problems(
            """
            theme[main_bg]="#20222a"
            theme[main_fg]="#20222"
            main_bg="#20222a"
            theme[title]="1 2 300"
            theme[hi_fg]="#ffffff
            [31m
            """)
        let numbers = problems.map { $0.split(separator: ":").dropFirst().first.map(String.init) }
        #expect(numbers == ["2", "3", "4", "5", "6"])
        #expect(
            problems.first == "/themes/dusk.theme:2: `theme[main_fg]=\"#20222\"` is no line of a btop theme; "
                + "expected theme[NAME]=\"#rrggbb\"")
    }

    @Test func `a file without a colour is no theme`() {
        #expect(problems("# nothing\n").count == 1)
        #expect(problems("").count == 1)
    }

    /// Any colours at all, dark on light, light on dark, or unreadable: the console can be read.
    @Test func `whatever the colours are, text can be read on every ground that it meets`() throws {
        var colours = SeededColours(seed: 11)
        let names = [
            "main_bg", "main_fg", "title", "hi_fg", "selected_bg", "graph_text", "cpu_start", "cpu_mid", "cpu_end",
            "div_line", "download_start", "upload_end", "temp_start", "free_end", "used_start",
        ]
        for round in 0..<200 {
            let lines = names.enumerated().filter { (round >> ($0.offset % 7)) & 1 == 0 || $0.offset == 1 }.map {
                let colour = colours.next()
                return "theme[\($0.element)]=\"\(colour.red) \(colour.green) \(colour.blue)\""
            }
            let theme = try load(lines.joined(separator: "\n"))
            try expectReadable(theme, round)
        }
    }

    private func expectReadable(_ theme: Theme, _ round: Int) throws {
        let ink = try #require(theme[.text].foreground)
        let screen = try #require(
            theme[.text].background ?? Colour(hex: ink.luminance < 0.179 ? "ffffff" : "1e1e2e"))
        let grounds = [screen] + [Role.selection, .selectionDim].compactMap { theme[$0].background }
        #expect(grounds.count == 3)
        let shapes: Set<Role> = [.chartLow, .chartMid, .chartHigh, .threshold]
        for role in Role.allCases where ![.frame, .selection, .selectionDim, .searchHit].contains(role) {
            let colour = try #require(theme[role].foreground, "\(role)")
            for ground in shapes.contains(role) ? [screen] : grounds {
                let found = colour.contrast(with: ground)
                #expect(found >= (shapes.contains(role) ? 3 : 4.5), "round \(round): \(role.name) \(found)")
            }
        }
        let hit = theme[.searchHit]
        #expect(try #require(hit.foreground).contrast(with: try #require(hit.background)) >= 4.5)
    }

    @Test func `the library finds them beside ours, and a name can be a file`() throws {
        let files = MemoryFiles(["/h/.config/watchdesk/themes/dusk.theme": dusk, "/x/other.theme": dusk])
        let library = ThemeLibrary(
            context: SettingContext(environment: ["HOME": "/h"]), program: "/usr/bin/watchdesk", files: files.source)
        #expect(library.names == ["dark", "dusk"])
        #expect(try library.theme("dusk").name == "dusk")
        #expect(try library.theme("/x/other.theme").name == "other")
        #expect(DeskSettings.theme.isAccepted("dusk.theme", in: SettingContext(environment: [:])))
    }

    private func load(_ text: String) throws(SettingsFailure) -> Theme {
        try ThemeFile.load("/themes/dusk.theme", from: MemoryFiles(["/themes/dusk.theme": text]).source)
    }

    private func problems(_ text: String) -> [String] {
        do throws(SettingsFailure) {
            _ = try load(text)
            return []
        } catch {
            return error.problems.map(\.text)
        }
    }
}
