import Foundation
import Settings
import Testing

@Suite struct FileSourceTests {
    @Test func `a file is read with its permissions`() throws {
        try inFolder { folder in
            let path = folder + "/secret"
            try Data("x\n".utf8).write(to: URL(filePath: path))
            try FileManager.default.setAttributes([.posixPermissions: 0o604], ofItemAtPath: path)
            let content = try FileSource.system.read(path)
            #expect(content == FileSource.Content([0x78, 0x0A], permissions: 0o604))
            #expect(content.isWorldReadable)
            #expect(FileSource.system.list(folder) == ["secret"])
        }
    }

    @Test func `what is no file is refused without waiting`() throws {
        try inFolder { folder in
            #expect(throws: FileFailure.missing) { try FileSource.system.read(folder + "/no") }
            #expect(throws: FileFailure.notAFile) { try FileSource.system.read(folder) }
            #expect(throws: FileFailure.notAFile) { try FileSource.system.read("/dev/zero") }
            #expect(mkfifo(folder + "/pipe", 0o600) == 0)
            #expect(throws: FileFailure.notAFile) { try FileSource.system.read(folder + "/pipe") }
            try Data(count: FileSource.sizeLimit + 1).write(to: URL(filePath: folder + "/big"))
            #expect(throws: FileFailure.tooLarge) { try FileSource.system.read(folder + "/big") }
        }
    }

    @Test func `the environment of this process is read`() throws {
        let environment = try ProcessEnvironment.current()
        #expect(environment["PATH"] == ProcessInfo.processInfo.environment["PATH"])
        #expect(!environment.isEmpty)
    }

    private func inFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "settings-\(UUID())").path()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(atPath: folder) } }
        try body(folder)
    }
}
