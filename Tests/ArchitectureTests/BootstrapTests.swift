import Foundation
import Testing

/// `script/bootstrap` on machines that lack one thing or another, played by stand-ins for apt, dpkg and Swift.
@Suite struct BootstrapTests {
    @Test func `a machine that has everything hears nothing`() throws {
        let machine = try Machine()
        defer { machine.remove() }
        #expect(try machine.bootstrap() == Machine.Result(status: 0, output: ""))
        #expect(machine.calls.isEmpty)
    }

    @Test func `missing packages are named and installed, once`() throws {
        let machine = try Machine(lacking: ["libyaml-dev", "libsqlite3-dev"])
        defer { machine.remove() }
        let result = try machine.bootstrap()
        #expect(result.status == 0)
        #expect(
            result.lines.first
                == "bootstrap: missing packages: libsqlite3-dev libyaml-dev; installing them with apt")
        #expect(machine.calls.last?.hasSuffix("install -y --no-install-recommends libsqlite3-dev libyaml-dev") == true)
        #expect(try machine.bootstrap() == Machine.Result(status: 0, output: ""))
    }

    @Test func `without root the packages are installed through sudo`() throws {
        let machine = try Machine(lacking: ["libyaml-dev"], user: 1000)
        defer { machine.remove() }
        #expect(try machine.bootstrap().status == 0)
        #expect(machine.calls.contains { $0.hasPrefix("sudo -- env DEBIAN_FRONTEND=noninteractive apt-get") })
    }

    @Test func `without root and sudo the command to run is named`() throws {
        let machine = try Machine(lacking: ["libyaml-dev"], user: 1000, without: ["sudo"])
        defer { machine.remove() }
        let result = try machine.bootstrap()
        #expect(result.status == 1)
        #expect(
            result.lines.last
                == "bootstrap: not root and no sudo here: run `apt-get install libyaml-dev` as root, then run this again."
        )
    }

    @Test func `without Swift nothing is installed`() throws {
        let machine = try Machine(lacking: ["libyaml-dev"], without: ["swift"])
        defer { machine.remove() }
        let result = try machine.bootstrap()
        #expect(result.status == 1)
        #expect(
            result.lines == [
                "bootstrap: Swift 6.2 or newer is needed: install it from https://www.swift.org/install/linux, then run this again."
            ])
        #expect(machine.calls.isEmpty)
    }

    @Test(arguments: [("5.10.1", 1), ("6.1", 1), ("6.2", 0), ("6.10", 0), ("7.0.1", 0)])
    func `an old Swift is refused by its number`(version: String, status: Int32) throws {
        let machine = try Machine(swift: version)
        defer { machine.remove() }
        let result = try machine.bootstrap()
        #expect(result.status == status)
        #expect(result.lines.count == Int(status))
        #expect(status == 0 || result.output.contains("6.2 or newer is needed and this is \(version)"))
    }

    @Test func `packages that apt does not have end the run`() throws {
        let machine = try Machine(lacking: ["libyaml-dev"], aptStatus: 100)
        defer { machine.remove() }
        let result = try machine.bootstrap()
        #expect(result.status == 1)
        #expect(result.lines.last == "bootstrap: apt could not install libyaml-dev; see above.")
    }

    @Test func `without apt the missing libraries are named`() throws {
        let machine = try Machine(without: ["apt-get", "dpkg-query"])
        defer { machine.remove() }
        #expect(
            try machine.bootstrap()
                == Machine.Result(
                    status: 1,
                    output:
                        "bootstrap: no apt here: install the development files of libyaml with your package manager, "
                        + "then run this again.\n"))
    }
}

/// A folder of stand-ins that is the whole `PATH`, and a record of what was called.
private struct Machine {
    struct Result: Equatable {
        var status: Int32
        var output: String
        var lines: [String] { output.split(separator: "\n").map(String.init) }
    }

    private let folder: URL

    init(
        lacking: [String] = [], user: Int = 0, without: [String] = [], swift version: String = "6.3.1",
        aptStatus: Int = 0
    ) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "bootstrap-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for package in lacking { try Data().write(to: folder.appending(path: "lacks-\(package)")) }
        for tool in ["bash", "uname", "grep", "head", "sort", "env", "rm"] { try link(tool) }
        let standIns = [
            "swift": "echo 'Swift version \(version) (swift-\(version)-RELEASE)'",
            "id": "echo \(user)",
            "dpkg-query": "[ -e \"$MACHINE/lacks-$4\" ] || echo installed",
            "sudo": "echo \"sudo $*\" >>\"$MACHINE/calls\"\nshift\nexec \"$@\"",
            "apt-get": """
            echo "apt-get $*" >>"$MACHINE/calls"
            [ \(aptStatus) = 0 ] || exit \(aptStatus)
            for package; do rm -f "$MACHINE/lacks-$package"; done
            """,
            "clang": "read -r line\n[ \"$line\" != '#include <yaml.h>' ]",
            "git": "", "ld": "",
        ]
        for (name, script) in standIns where !without.contains(name) {
            let path = folder.appending(path: name)
            try Data("#!/bin/bash\n\(script)\n".utf8).write(to: path)
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path.path())
        }
    }

    /// What was called, one command a line.
    var calls: [String] {
        let text = try? String(contentsOf: folder.appending(path: "calls"), encoding: .utf8)
        return text?.split(separator: "\n").map(String.init) ?? []
    }

    func bootstrap() throws -> Result {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: "/bin/bash")
        process.arguments = [Repository.here.root.appending(path: "script/bootstrap").path()]
        process.environment = ["PATH": folder.path(), "MACHINE": folder.path()]
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return Result(status: process.terminationStatus, output: String(decoding: output, as: UTF8.self))
    }

    func remove() {
        #expect(throws: Never.self) { try FileManager.default.removeItem(at: folder) }
    }

    private func link(_ tool: String) throws {
        let candidates = ["/usr/bin/\(tool)", "/bin/\(tool)"]
        let path = try #require(candidates.first { FileManager.default.isExecutableFile(atPath: $0) })
        try FileManager.default.createSymbolicLink(
            atPath: folder.appending(path: tool).path(), withDestinationPath: path)
    }
}
