import Foundation
import Testing

@testable import Host

@Suite struct FileSystemTests {
    @Test func `file systems are named by where they are mounted`() throws {
        let root = try TestRoot("workstation")
        var rig = Rig(root)
        let sample = rig.sample()
        #expect(
            sample.names("fs.").filter { $0.hasSuffix(".used_percent") && !$0.contains("inodes") } == [
                "fs./.used_percent", "fs./boot/efi.used_percent", "fs./media/usb stick.used_percent",
                "fs./home/anna/remote.used_percent", "fs./mnt/films.used_percent",
            ])
        let used = try #require(sample["fs./.used_percent"])
        #expect((0...100).contains(used))
        #expect(sample["fs./.stale"] == nil, "a local one cannot be stale")
        #expect(sample["fs./media/usb stick.total"] == nil, "there is nothing at that path here")
        #expect(sample["fs./mnt/films.stale"] == 0)
    }

    @Test func `a container's mounted files are not file systems`() throws {
        let root = try TestRoot("container")
        var rig = Rig(root)
        let taken1 = rig.sample()
        #expect(taken1.names("fs.").filter { $0.hasSuffix(".total") } == ["fs./.total"])
    }

    @Test func `a new mount is found at the next full reading of the table`() throws {
        let root = try TestRoot("container")
        var rig = Rig(root)
        _ = rig.sample()
        try root.replace(
            "704 700", with: "705 700 254:1 / /etc/ssl rw - ext4 /dev/vda1 rw\n704 700", in: "proc/self/mountinfo")
        try FileManager.default.createDirectory(atPath: root.path + "/etc/ssl", withIntermediateDirectories: true)
        let taken2 = rig.sample(after: 29)
        #expect(taken2.names("fs./etc/ssl").isEmpty)
        let sample = rig.sample(after: 1)
        #expect(try #require(sample["fs./etc/ssl.total"]) > 0)
    }

    @Test func `space agrees with what the system's own tool says`() throws {
        let space = try #require(SpaceReading(ofPath: Array("/".utf8)))
        let attributes = try FileManager.default.attributesOfFileSystem(forPath: "/")
        let size = try #require(attributes[.systemSize] as? NSNumber).doubleValue
        #expect(space.total == size)
        #expect(space.used + space.available <= space.total)
        #expect(SpaceReading(ofPath: Array("/no/such/folder".utf8)) == nil)
    }
}
