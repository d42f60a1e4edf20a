import Settings
import Terminal
import Testing

@Suite struct ThemeLibraryTests {
    private let files = MemoryFiles([
        "/h/.config/watchdesk/themes/mine.yaml": "name: mine",
        "/h/.config/watchdesk/themes/light.yaml": "name: my light",
        "/usr/share/watchdesk/themes/light.yaml": "name: light",
        "/usr/share/watchdesk/themes/notes.txt": "",
        "/src/themes/tree.yaml": "name: tree",
        "/elsewhere/own.yaml": "name: own",
    ])

    private func library(program: String) -> ThemeLibrary {
        ThemeLibrary(
            context: SettingContext(environment: ["HOME": "/h"]), program: program, files: files.source)
    }

    @Test func `a person's own theme hides the installation's`() throws {
        let library = library(program: "/usr/bin/watchdesk")
        #expect(library.names == ["dark", "light", "mine"])
        #expect(try library.theme("light").name == "my light")
        #expect(try library.theme("mine").name == "mine")
    }

    @Test(arguments: ["/src/.build/x86_64-unknown-linux-gnu/debug/watchdesk", "/src/.build-release/release/watchdesk"])
    func `a program that was just built finds the themes of its source tree`(program: String) throws {
        #expect(try library(program: program).theme("tree").name == "tree")
    }

    @Test func `the built-in theme needs no file`() throws {
        let library = ThemeLibrary(folders: [], files: MemoryFiles().source)
        #expect(try library.theme("dark") == Theme.dark)
        #expect(library.names == ["dark"])
    }

    @Test func `a file can be named by its path`() throws {
        #expect(try library(program: "/usr/bin/watchdesk").theme("/elsewhere/own.yaml").name == "own")
    }

    @Test(arguments: [
        ("ligth", "theme: there is no theme \"ligth\"; did you mean light?"),
        ("solarized", "theme: there is no theme \"solarized\"; there are: dark, light, mine"),
        ("/no.yaml", "/no.yaml: there is no such file"),
    ])
    func `a theme that is not there is named`(name: String, problem: String) {
        let failure = #expect(throws: SettingsFailure.self) { try library(program: "/usr/bin/watchdesk").theme(name) }
        #expect(failure?.description == problem)
    }

    @Test func `the themes of this source tree are found by a program of its build`() throws {
        let program = try #require(RunningProgram.path())
        let library = ThemeLibrary(context: SettingContext(environment: [:]), program: program)
        #expect(library.folders.contains(Repository.themes))
        #expect(library.names.contains("light"))
    }
}
