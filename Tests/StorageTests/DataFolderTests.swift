import Foundation
import Storage
import Testing

struct DataFolderTests {
    private let folder = TemporaryFolder()

    @Test func `a new folder belongs to one user only`() throws {
        let data = try DataFolder(folder.file("share/watchdesk/"))
        #expect(data.path == folder.file("share/watchdesk"))
        let mode = try FileManager.default.attributesOfItem(atPath: data.path)[.posixPermissions] as? Int
        #expect(mode == 0o700)
    }

    @Test func `a second start learns who has the folder and where`() throws {
        let path = folder.file("data")
        #expect(DataFolder.owner(of: path) == nil)
        let first = try DataFolder(path)
        #expect(throws: DataFolderFailure.ownedByAnother(pid: getpid())) { try DataFolder(path) }
        #expect(DataFolder.owner(of: path)?.processID == getpid())
        try first.announce(address: "http://127.0.0.1:7180")
        #expect(DataFolder.owner(of: path)?.address == "http://127.0.0.1:7180")
        try first.announce(address: nil)
        #expect(DataFolder.owner(of: path)?.address == nil)
    }

    @Test func `the folder is free again when its owner lets go`() throws {
        let path = folder.file("data")
        do { _ = try DataFolder(path) }
        #expect(DataFolder.owner(of: path) == nil)
        _ = try DataFolder(path)
    }

    @Test func `the folder of a killed process is free`() async throws {
        let path = folder.file("data")
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            let data = try DataFolder(path)
            try data.announce(address: "http://127.0.0.1:1")
            kill(getpid(), SIGKILL)
        }
        #expect(FileManager.default.fileExists(atPath: path + "/watchdesk.lock"))
        #expect(DataFolder.owner(of: path) == nil)
        _ = try DataFolder(path)
    }

    @Test func `a file in the way is named`() throws {
        let path = folder.file("occupied")
        try Data().write(to: URL(fileURLWithPath: path))
        #expect(throws: DataFolderFailure.unusable(path: path, reason: "it is not a folder")) { try DataFolder(path) }
        #expect(throws: DataFolderFailure.unusable(path: path + "/below", reason: "Not a directory")) {
            try DataFolder(path + "/below")
        }
    }
}
