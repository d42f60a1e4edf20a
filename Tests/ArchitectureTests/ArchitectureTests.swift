import Testing

@Suite struct ArchitectureTests {
    private let repository = Repository.here

    @Test func `each target imports only what the manifest allows`() throws {
        let rule = ImportRule(manifest: try manifest())
        report(try sources().flatMap(rule.violations))
    }

    @Test func `each door to a C library has one importer`() throws {
        let manifest = try manifest()
        var importers: [String: Set<String>] = [:]
        for file in try sources() {
            for (_, module) in ImportRule.imports(of: file) where manifest.doors.contains(module) {
                importers[module, default: []].insert(file.target)
            }
        }
        importers["CLinux"] = nil
        #expect(importers.count >= 1)
        for (door, targets) in importers where targets.count > 1 {
            Issue.record("\(door) is imported by \(targets.sorted().joined(separator: " and ")); a door has one owner")
        }
    }

    @Test func `each folder in Sources is a target and each target has its folder`() throws {
        let manifest = try manifest()
        for folder in try repository.folders(in: "Sources").sorted() where manifest.imports[folder] == nil {
            Issue.record("Sources/\(folder) is no target of Package.swift")
        }
        let folders = try repository.folders(in: "Sources").union(repository.folders(in: "Tests"))
        for target in manifest.imports.keys.sorted() where !folders.contains(target) {
            Issue.record("Package.swift has the target \(target), which has no folder")
        }
        for file in try sources() where file.target.isEmpty { Issue.record("\(file.path) belongs to no target") }
    }

    @Test func `no file is longer than 400 lines`() throws {
        report(try (sources() + tests()).compactMap(LengthRule.violation))
    }

    @Test func `no file has a name that says nothing`() throws {
        for file in try sources() + tests() where BannedIdiom.isVague(file.name) {
            Issue.record("\(file.path): \(file.name) says nothing about what is inside")
        }
    }

    @Test func `no source uses a banned idiom`() throws {
        let sources = try sources()
        report(BannedIdiom.inSources.flatMap { idiom in sources.flatMap(idiom.violations) })
    }

    @Test func `no test uses a banned idiom`() throws {
        let tests = try tests().filter { $0.target != "ArchitectureTests" }
        report(BannedIdiom.inTests.flatMap { idiom in tests.flatMap(idiom.violations) })
    }

    @Test func `each exception is still needed`() throws {
        for exception in BannedIdiom.exceptions {
            let file = try repository.file(exception.path)
            let idiom = (BannedIdiom.inSources + BannedIdiom.inTests).first { $0.name == exception.idiom }
            let isNeeded = file.lines.contains { idiom?.isOffence($0, file) ?? false }
            #expect(isNeeded, "\(exception.path) no longer needs its exception for \(exception.idiom)")
            #expect(!exception.reason.isEmpty)
        }
    }

    @Test func `the C side of a door holds nothing but C`() throws {
        for door in try manifest().doors {
            for path in try repository.files(below: "Sources/\(door)") {
                #expect([".c", ".h", ".modulemap"].contains { path.hasSuffix($0) }, "\(path) is no C")
            }
        }
    }

    @Test func `the map names every target`() throws {
        let map = try repository.file("docs/architecture.md")
        for target in try manifest().imports.keys.sorted() where !map.holds("| `\(target)` |") {
            Issue.record("docs/architecture.md does not say what \(target) is for")
        }
    }

    @Test func `what a build leaves behind is not kept`() throws {
        let ignored = try repository.file(".gitignore").lines
        for name in [".build/", ".build-*/", "Package.resolved"] {
            #expect(ignored.contains(Substring(name)), ".gitignore lacks \(name)")
        }
    }

    /// Read once for all tests, because reading everything takes most of the time.
    private static let manifest = Result {
        Manifest(try Repository.here.file("Package.swift").lines.joined(separator: "\n"))
    }
    private static let sources = Result { try Repository.here.swiftFiles(below: "Sources") }
    private static let tests = Result { try Repository.here.swiftFiles(below: "Tests") }

    private func manifest() throws -> Manifest { try Self.manifest.get() }

    private func sources() throws -> [SourceFile] { try Self.sources.get() }

    private func tests() throws -> [SourceFile] { try Self.tests.get() }

    private func report(_ violations: [Violation]) {
        for violation in violations { Issue.record("\(violation)") }
    }
}
