import Testing

/// The rules find what is planted; a rule that finds nothing would hold for ever.
@Suite struct RuleTests {
    private let manifest = Manifest(
        """
        func slice(_ name: String, _ dependencies: Target.Dependency...) -> Target {
            .target(name: name, dependencies: dependencies)
        }
        let doors = [door("CThing", links: "thing"), door("CLinux")]
        let all = [
            slice("Vocabulary"), slice("Bus", "Vocabulary", locks),
            slice(
                "Desk", "Vocabulary",
                "Bus", "CThing"),
            Target.target(
                name: "Gateway",
                dependencies: ["Vocabulary", locks] + nio,
                swiftSettings: strict),
        ]
        """)

    @Test func `the manifest is read`() {
        #expect(
            manifest.imports == [
                "CThing": [], "CLinux": [], "Vocabulary": [], "Bus": ["Vocabulary", "NIOConcurrencyHelpers"],
                "Desk": ["Vocabulary", "Bus", "CThing"],
                "Gateway": [
                    "Vocabulary", "NIOConcurrencyHelpers", "NIOCore", "NIOPosix", "NIOHTTP1", "NIOWebSocket",
                ],
            ])
        #expect(manifest.doors == ["CThing", "CLinux"])
    }

    @Test func `the real manifest is read whole`() throws {
        let real = Manifest(try Repository.here.file("Package.swift").lines.joined(separator: "\n"))
        #expect(real.imports["watchdesk"]?.contains("ArgumentParser") == true)
        #expect(real.imports["YAML"] == ["Vocabulary", "CYAML"])
        #expect(real.imports["Gateway"]?.contains("NIOWebSocket") == true)
        #expect(real.imports.count >= 25)
        #expect(real.doors.count >= 6)
    }

    @Test(
        arguments: [
            ("import Bus", "Bus"), ("public import Bus", "Bus"), ("internal import struct Bus.Seat", "Bus"),
            ("  @testable import Bus", "Bus"), ("@_spi(Inner) private import Bus", "Bus"), ("// import Bus", nil),
            ("let text = \"import Bus\"", nil),
        ] as [(String, String?)])
    func `an import is seen in every form`(line: String, module: String?) {
        #expect(ImportRule.imports(of: file("Sources/Desk/A.swift", line)).first?.module == module)
    }

    @Test(arguments: [
        ("Vocabulary", "import Bus", "Sources/Vocabulary/A.swift:2: Vocabulary may not import Bus"),
        ("Bus", "import CThing", "Sources/Bus/A.swift:2: Bus may not import CThing"),
        ("Bus", "import NIOCore", "Sources/Bus/A.swift:2: Bus may not import NIOCore"),
        (
            "Bus", "internal import Glibc",
            "Sources/Bus/A.swift:2: Bus may not import Glibc: only what touches files, threads or the terminal calls "
                + "the system"
        ),
        (
            "Gateway", "public import Foundation",
            "Sources/Gateway/A.swift:2: Foundation is banned: it adds megabytes to the binary and slow JSON"
        ),
        ("Unheard", "import Bus", "Sources/Unheard/A.swift:2: Unheard is no target of Package.swift"),
    ])
    func `a forbidden import is found`(target: String, line: String, finding: String) {
        let found = ImportRule(manifest: manifest).violations(in: file("Sources/\(target)/A.swift", "// one\n" + line))
        #expect(found.map(\.description) == [finding])
    }

    @Test func `an allowed import is let through`() {
        let rule = ImportRule(manifest: manifest)
        #expect(rule.violations(in: file("Sources/Desk/A.swift", "internal import CThing\npublic import Bus")) == [])
        #expect(rule.violations(in: file("Sources/Gateway/A.swift", "internal import NIOHTTP1")) == [])
        #expect(rule.violations(in: file("Sources/Host/A.swift", "")) == [])
    }

    @Test(arguments: [
        "final class A: @unchecked Sendable {", "nonisolated(unsafe) var a = 1", "Task.detached { }",
        "let q = DispatchQueue(label: a)", "let a = NSLock()", "let a = Mutex<Int>(1)", "let a = try! b()",
        "let a = b as! C", "// TODO: later", "// FIXME", "// a placeholder", "struct TextUtils {", "class AManager {",
        "enum Base {", "@preconcurrency import Glibc", "let a = \"/root/x\"",
    ])
    func `a banned idiom is found everywhere`(line: String) {
        #expect(!findings(BannedIdiom.inSources, line).isEmpty)
        #expect(!findings(BannedIdiom.inTests, line).isEmpty)
    }

    @Test(arguments: [
        "@MainActor func a() {}", "fatalError()", "    try? b()", "_ = try? b()", "defer { try? b() }", "print(a)",
    ])
    func `an idiom that only sources may not use is found`(line: String) {
        #expect(findings(BannedIdiom.inSources, line).count == 1)
    }

    @Test(arguments: [
        "try await Task.sleep(for: .seconds(1))", "usleep(10)", "sleep(1)", "@Test(.disabled()) func a() {}",
    ])
    func `an idiom that only tests may not use is found`(line: String) {
        #expect(findings(BannedIdiom.inTests, line).count == 1)
    }

    @Test func `an error may be dropped when the line above says why`() {
        #expect(findings(BannedIdiom.inSources, "// Nobody can act on it.\ntry? b()").isEmpty)
        #expect(findings(BannedIdiom.inSources, "// Nobody can act on it.\n\ntry? b()").count == 1)
        #expect(findings(BannedIdiom.inSources, "// Nobody can act on it.\nlet a = try! b()").count == 1)
    }

    @Test func `a server of a test may trickle`() {
        #expect(findings(BannedIdiom.inTests, "while connection.send(a) { usleep(5000) }").isEmpty)
    }

    @Test(arguments: [
        "let a = try b()", "let a = try? b()", "guard let a = try? b() else { throw c }", "struct KnowledgeBase {",
        "let a = b as? C", "let database = Database()", "fingerprint(a)", "frame.print(a)", "func base() {",
    ])
    func `what is fine is let through`(line: String) {
        #expect(findings(BannedIdiom.inSources, line).isEmpty)
    }

    @Test func `the command line may print`() {
        let printing = file("Sources/watchdesk/A.swift", "print(1)")
        #expect(BannedIdiom.inSources.flatMap { $0.violations(in: printing) } == [])
    }

    @Test func `a finding names its file, its line and the remedy`() {
        #expect(
            findings(BannedIdiom.inSources, "\n\nlet a = try! b()")
                == ["Sources/Desk/A.swift:3: try!: let the error through"])
    }

    @Test func `the line after the four-hundredth is one too many`() {
        let just = file("Sources/Desk/A.swift", String(repeating: "a\n", count: 400))
        let over = file("Sources/Desk/A.swift", String(repeating: "a\n", count: 401))
        #expect(LengthRule.violation(in: just) == nil)
        #expect(
            LengthRule.violation(in: over)?.description
                == "Sources/Desk/A.swift:401: 401 lines; split it, 400 is the most")
    }

    private func file(_ path: String, _ text: String) -> SourceFile { SourceFile(path: path, text: text) }

    private func findings(_ idioms: [BannedIdiom], _ text: String) -> [String] {
        idioms.flatMap { $0.violations(in: file("Sources/Desk/A.swift", text)) }.map(\.description)
    }
}
