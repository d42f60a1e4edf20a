import Settings
import Testing
import Vocabulary

@Suite struct SettingsTests {
    @Test func `without anything each setting has its default`() throws {
        let settings = try Settings.resolve(environment: ["HOME": "/home/ana"], files: MemoryFiles().source)
        #expect(settings.data == Resolved("/home/ana/.local/share/watchdesk", from: .default))
        #expect(settings.config == Resolved("/home/ana/.config/watchdesk/config.yaml", from: .default))
        #expect(settings.listen == Resolved(ListenAddress(host: "127.0.0.1", port: 7180), from: .default))
        #expect(settings.theme.value == "dark")
        #expect(settings.ascii.value == false)
        #expect(settings.assistant.wire.value == .openai)
        #expect(settings.url == nil && settings.key == nil && settings.assistant.url == nil)
        #expect(settings.warnings.isEmpty)
    }

    @Test func `a flag beats the environment, which beats the file, which beats the default`() throws {
        let files = MemoryFiles(["/c.yaml": "theme: light\n"])
        let theme = { (flags: [String: String], environment: [String: String]) throws in
            try Settings.resolve(
                flags: flags.merging(["config": "/c.yaml"]) { $1 },
                environment: environment.merging(["HOME": "/h"]) { $1 }, files: files.source
            ).theme
        }
        #expect(try theme(["theme": "a"], ["WATCHDESK_THEME": "b"]) == Resolved("a", from: .flag("--theme")))
        #expect(try theme([:], ["WATCHDESK_THEME": "b"]) == Resolved("b", from: .environment("WATCHDESK_THEME")))
        #expect(try theme([:], ["WATCHDESK_THEME": ""]) == Resolved("light", from: .file("/c.yaml", line: 1)))
        #expect(try Settings.resolve(environment: ["HOME": "/h"], files: files.source).theme.origin == .default)
    }

    @Test func `XDG folders are used when they are absolute`() throws {
        let environment = ["HOME": "/h", "XDG_DATA_HOME": "/d", "XDG_CONFIG_HOME": "relative"]
        let settings = try Settings.resolve(environment: environment, files: MemoryFiles().source)
        #expect(settings.data.value == "/d/watchdesk")
        #expect(settings.config.value == "/h/.config/watchdesk/config.yaml")
    }

    @Test func `without a home the person is told what to give`() {
        #expect(
            problems(environment: [:]) == [
                "config is not set: give --config, WATCHDESK_CONFIG"
            ])
        #expect(
            problems(flags: ["config": "/c.yaml"], environment: [:], files: ["/c.yaml": ""]) == [
                "data is not set: give --data, WATCHDESK_DATA or `data:` in the configuration file"
            ])
    }

    @Test func `the whole file is read`() throws {
        let text = """
            data: ~/desk
            listen: "[::1]:0"
            ascii: true
            url: https://desk.example/api/
            key: wd_1
            assistant:
              url: http://127.0.0.1:11434/v1
              model: llama3.2:3b
              wire: anthropic
              key: env:LLM_KEY
              system: Be brief.
            """
        let settings = try Settings.resolve(
            flags: ["config": "/c.yaml"], environment: ["HOME": "/h", "LLM_KEY": "sk-1"],
            files: MemoryFiles(["/c.yaml": text]).source)
        #expect(settings.data == Resolved("/h/desk", from: .file("/c.yaml", line: 1)))
        #expect(settings.listen.value == ListenAddress(host: "::1", port: 0))
        #expect(settings.ascii.value)
        #expect(settings.url?.value.text == "https://desk.example/api")
        #expect(settings.key?.value.revealed == "wd_1")
        #expect(settings.assistant.url?.value.text == "http://127.0.0.1:11434/v1")
        #expect(settings.assistant.model?.value == "llama3.2:3b")
        #expect(settings.assistant.wire == Resolved(.anthropic, from: .file("/c.yaml", line: 9)))
        #expect(settings.assistant.key?.value.revealed == "sk-1")
        #expect(settings.assistant.system?.value == "Be brief.")
    }

    @Test func `everything that is wrong is told at once, with its line`() {
        let text = """
            thme: dark
            listen: 7180
            assistant:
              wire: azure
              modell: x
              url: ftp://x
            """
        #expect(
            problems(
                flags: ["config": "/c.yaml", "url": "desk"], environment: ["HOME": "/h", "WATCHDESK_ASCII": "perhaps"],
                files: ["/c.yaml": text]) == [
                    "/c.yaml:1:1: unknown key `thme`, did you mean `theme`?",
                    "/c.yaml:2:9: `listen` is \"7180\"; expected HOST:PORT, such as 127.0.0.1:7180",
                    "/c.yaml:4:9: `assistant.wire` is \"azure\"; expected openai or anthropic",
                    "/c.yaml:5:3: unknown key `modell`, did you mean `model`?",
                    "/c.yaml:6:8: `assistant.url` is \"ftp://x\"; expected an address that begins with http:// or https://",
                    "flag --url: \"desk\" for url is not an address that begins with http:// or https://",
                    "environment WATCHDESK_ASCII: \"perhaps\" for ascii is not true or false",
                ])
    }

    @Test func `the history's lengths must fit together and within bounds`() throws {
        let good = try Settings.resolve(
            flags: ["config": "/c.yaml"], environment: ["HOME": "/h"],
            files: MemoryFiles(["/c.yaml": "history: {seconds: 2h, ten_seconds: 2d, minutes: 62d, hours: 1000d}"])
                .source)
        #expect(good.history.seconds.value == .seconds(7200))
        #expect(good.history.hours.value == .seconds(1000 * 86_400))
        #expect(
            problems(
                flags: ["config": "/c.yaml"], environment: ["HOME": "/h"],
                files: ["/c.yaml": "history: {ten_seconds: 60d}"])
                == [
                    "default: history.minutes must not be shorter than history.ten_seconds (60d): "
                        + "older times would have no history"
                ])
        #expect(
            problems(
                flags: ["config": "/c.yaml"], environment: ["HOME": "/h"], files: ["/c.yaml": "history: {seconds: 1m}"])
                == [
                    "/c.yaml:1:20: `history.seconds` is \"1m\"; expected a duration from 1h to 7d, such as 90m, 1d or 31d"
                ])
    }

    @Test func `exporters are read with their defaults, and wrong ones are told`() throws {
        let settings = try Settings.resolve(
            flags: ["config": "/c.yaml"], environment: ["HOME": "/h"],
            files: MemoryFiles(["/c.yaml": "scrape: [{name: db1, url: 'http://db1:9100/metrics'}]"]).source)
        #expect(settings.scrapes.map(\.url) == ["http://db1:9100/metrics"])
        #expect(settings.scrapes.map(\.every) == [.seconds(10)])
        for entry in [
            "{name: 'a b', url: 'http://x'}", "{name: a}", "{name: a, url: x}", "{name: a, url: 'http://x', every: 6m}",
        ] {
            let found = problems(
                flags: ["config": "/c.yaml"], environment: ["HOME": "/h"], files: ["/c.yaml": "scrape: [\(entry)]"])
            #expect(found.count == 1 && found[0].hasPrefix("/c.yaml:1:"), "\(found)")
        }
    }

    @Test func `services are read with their defaults`() throws {
        let text = """
            services:
              - {name: web, http: "https://shop.example/health?deep=1", every: 30s, timeout: 2s, expect: 204}
              - {name: db, postgresql: "[::1]:5432"}
            """
        let settings = try Settings.resolve(
            flags: ["config": "/c.yaml"], environment: ["HOME": "/h"], files: MemoryFiles(["/c.yaml": text]).source)
        #expect(settings.services.map(\.name) == ["web", "db"])
        #expect(settings.services[0].target == "https://shop.example/health?deep=1")
        #expect(settings.services[0].every == .seconds(30) && settings.services[0].expect == 204)
        #expect(settings.services[1].kind == .postgresql && settings.services[1].timeout == .seconds(3))
    }

    @Test(arguments: [
        ("{name: web}", "a service needs one of http, tcp, postgresql, redis, llm"),
        ("{name: web, http: 'http://a', tcp: 'b:1'}", "a service needs one of http, tcp, postgresql, redis, llm"),
        ("{name: Web.1, tcp: 'b:1'}", "expected a name of 1 to 64 lower-case letters"),
        ("{name: web, http: 'ftp://a'}", "expected an address that begins with http:// or https://"),
        ("{name: web, http: 'http://me:pw@a'}", "expected an address that begins with http:// or https://"),
        ("{name: web, tcp: 'b:0'}", "expected HOST:PORT"), ("{name: web, tcp: b}", "expected HOST:PORT"),
        ("{name: web, tcp: 'b:1', expect: 200}", "`expect` is for http and llm"),
        ("{name: web, tcp: 'b:1', every: 1s}", "`timeout` must not be longer than `every` (1s)"),
        ("{name: web, tcp: 'b:1', evry: 1s}", "unknown key `evry`, did you mean `every`?"),
        ("{name: a, tcp: 'b:1'}, {name: a, tcp: 'b:2'}", "there is already a service `a`"),
    ])
    func `a service that cannot be watched is told with its line`(entry: String, fault: String) {
        let found = problems(
            flags: ["config": "/c.yaml"], environment: ["HOME": "/h"], files: ["/c.yaml": "services: [\(entry)]"])
        #expect(found.contains { $0.hasPrefix("/c.yaml:1:") && $0.contains(fault) }, "\(found)")
    }

    @Test func `a section that is no mapping is told once`() {
        let found = problems(
            flags: ["config": "/c.yaml"], environment: ["HOME": "/h"], files: ["/c.yaml": "assistant: x"])
        #expect(found == ["/c.yaml:1:12: `assistant` is \"x\"; expected a mapping (name: value)"])
    }

    @Test func `a named file must be there, the default one need not`() throws {
        #expect(
            problems(flags: ["config": "/no.yaml"], environment: ["HOME": "/h"])
                == ["/no.yaml: there is no such file"])
        #expect(
            problems(environment: ["HOME": "/h", "WATCHDESK_CONFIG": "/no.yaml"])
                == ["/no.yaml: there is no such file"])
    }

    @Test func `a default file that cannot be read is told, not skipped`() {
        let files = MemoryFiles(failures: ["/h/.config/watchdesk/config.yaml": .refused(errno: 13)])
        #expect(
            problems(environment: ["HOME": "/h"], files)
                == ["/h/.config/watchdesk/config.yaml: reading it is not permitted"])
    }

    @Test func `relative paths count from the file that holds them`() throws {
        let files = MemoryFiles([
            "/etc/desk/c.yaml": "data: var\nassistant: {key: 'file:llm.key'}", "/etc/desk/llm.key": "sk\n",
        ])
        let settings = try Settings.resolve(
            flags: ["config": "/etc/desk/c.yaml"], environment: ["HOME": "/h"], files: files.source)
        #expect(settings.data.value == "/etc/desk/var")
        #expect(settings.assistant.key?.value.revealed == "sk")
        let flag = try Settings.resolve(flags: ["data": "var"], environment: ["HOME": "/h"], files: files.source)
        #expect(flag.data.value == "var")
    }

    @Test func `a misspelt variable is pointed out`() throws {
        let environment = ["HOME": "/h", "WATCHDESK_ASISTANT_URL": "http://x", "WATCHDESK_SOMETHING_ELSE": "1"]
        let settings = try Settings.resolve(environment: environment, files: MemoryFiles().source)
        #expect(
            settings.warnings.map(\.text)
                == ["WATCHDESK_ASISTANT_URL is no setting; did you mean WATCHDESK_ASSISTANT_URL?"])
    }

    @Test func `every setting has names of its own and is listed once, in order`() throws {
        let settings = try Settings.resolve(environment: ["HOME": "/h"], files: MemoryFiles().source)
        #expect(settings.listing.map(\.name).sorted() == DeskSettings.all.map(\.name).sorted())
        for names in [DeskSettings.all.map(\.name), DeskSettings.all.map(\.flag), DeskSettings.all.map(\.variable)] {
            #expect(Set(names).count == names.count)
        }
        #expect(DeskSettings.assistantURL.flag == "--assistant-url")
        #expect(DeskSettings.assistantURL.variable == "WATCHDESK_ASSISTANT_URL")
    }

    private func problems(
        flags: [String: String] = [:], environment: [String: String], files: [String: String] = [:]
    ) -> [String] {
        problems(flags: flags, environment: environment, MemoryFiles(files))
    }

    private func problems(
        flags: [String: String] = [:], environment: [String: String], _ files: MemoryFiles
    ) -> [String] {
        do throws(SettingsFailure) {
            _ = try Settings.resolve(flags: flags, environment: environment, files: files.source)
            return []
        } catch {
            return error.problems.map(\.text)
        }
    }
}
