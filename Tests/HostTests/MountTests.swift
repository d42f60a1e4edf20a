import Testing

@testable import Host

@Suite struct MountTests {
    private func parse(_ text: String) -> [Mount] {
        let bytes = Array(text.utf8)
        return Mount.parse(bytes.span)
    }

    private func mount(_ minor: UInt64, _ point: String, _ type: String = "ext4", major: UInt64 = 8) -> Mount {
        Mount(device: .init(major: major, minor: minor), point: point, type: type, source: "x")
    }

    private func watched(_ mounts: [Mount], files: Set<String> = []) -> [String] {
        Mount.worthWatching(mounts) { files.contains(String(decoding: $0.point, as: UTF8.self)) }
            .map { String(decoding: $0.point, as: UTF8.self) }
    }

    @Test func `blanks in a mount point are written in octal`() {
        let mounts = parse("32 29 8:1 / /media/usb\\040stick\\134x rw,nosuid shared:3 master:1 - ext4 /dev/sda1 rw\n")
        #expect(mounts == [mount(1, "/media/usb stick\\x", "ext4")].map { $0.from("/dev/sda1") })
    }

    @Test(arguments: ["", "32 29 8:1 / /a rw\n", "32 29 8 / /a rw - ext4 x rw\n", "a b c\n", "32 29 8:1 / /a rw -\n"])
    func `a line that lacks a field is no mount`(text: String) {
        #expect(parse(text).isEmpty)
    }

    @Test func `a device is watched once, at its shortest path`() {
        #expect(watched([mount(1, "/data/deep"), mount(1, "/data"), mount(2, "/")]) == ["/data", "/"])
    }

    @Test func `of two mounts at one path only the upper one can be seen`() {
        #expect(watched([mount(1, "/data"), mount(2, "/data")]) == ["/data"])
        #expect(Mount.worthWatching([mount(1, "/data"), mount(2, "/data")]) { _ in false }.first?.device.minor == 2)
    }

    @Test func `images and the kernel's own trees are not watched`() {
        let mounts = [
            mount(1, "/snap/core", "squashfs", major: 7), mount(2, "/proc", "proc", major: 0),
            mount(3, "/run", "tmpfs", major: 0), mount(4, "/auto", "autofs", major: 0),
            mount(5, "/pool", "zfs", major: 0), mount(6, "/far", "nfs4", major: 0),
        ]
        #expect(watched(mounts) == ["/pool", "/far"])
    }

    @Test func `a container is watched at its root and its volumes, not at its mounted files`() {
        let mounts = [
            mount(50, "/", "overlay", major: 0), mount(1, "/etc/hosts"), mount(1, "/var/lib/postgres/data"),
        ]
        #expect(watched(mounts, files: ["/etc/hosts"]) == ["/", "/var/lib/postgres/data"])
    }

    @Test(arguments: ["nfs", "nfs4", "cifs", "fuse.sshfs", "ceph", "9p"])
    func `file systems that another machine can stop are remote`(type: String) {
        #expect(mount(1, "/x", type).isRemote)
        #expect(!mount(1, "/x", "ext4").isRemote)
    }
}

extension Mount {
    func from(_ source: String) -> Mount {
        Mount(device: device, point: String(decoding: point, as: UTF8.self), type: type, source: source)
    }
}
