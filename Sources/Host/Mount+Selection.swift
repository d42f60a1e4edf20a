/// Which mounts hold somebody's files, so that their space is worth watching.
extension Mount {
    /// Whether asking for its space can wait for another machine or another program, and so may hang for ever.
    var isRemote: Bool {
        Mount.remoteTypes.contains(type) || type.hasPrefix("fuse.") || type == "fuse"
    }

    /// The mounts to report, in the order of the table: each device once, at its shortest path, and of several mounts
    /// at one path the last, which hides the others.
    ///
    /// Containers mount single files (`/etc/hosts`); `isFile` tells, and is asked only about local mounts.
    static func worthWatching(_ mounts: [Mount], isFile: (Mount) -> Bool) -> [Mount] {
        var lastAt: [[UInt8]: Int] = [:]
        for (index, mount) in mounts.enumerated() { lastAt[mount.point] = index }
        let visible = mounts.enumerated().filter { index, mount in
            lastAt[mount.point] == index && mount.holdsFiles && (mount.isRemote || !isFile(mount))
        }.map(\.element)
        var shortest: [Device: Int] = [:]
        for mount in visible {
            shortest[mount.device] = min(shortest[mount.device] ?? .max, mount.point.count)
        }
        var taken: Set<Device> = []
        return visible.filter { $0.point.count == shortest[$0.device] && taken.insert($0.device).inserted }
    }

    /// Images are always full, and the kernel's own trees have no space; a container's root counts whatever it is.
    private var holdsFiles: Bool {
        guard !Mount.imageTypes.contains(type), type != "autofs" else { return false }
        let isRoot = point == [ASCII.slash] && ["overlay", "tmpfs"].contains(type)
        return isRoot || device.major != 0 || isRemote || Mount.poolTypes.contains(type)
    }

    private static let remoteTypes: Set<String> = [
        "nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "ceph", "lustre", "beegfs", "gfs2", "ocfs2", "9p",
        "virtiofs", "glusterfs", "gpfs", "orangefs",
    ]
    private static let imageTypes: Set<String> = ["squashfs", "erofs", "iso9660", "udf", "cramfs", "romfs"]
    /// They have no device number of their own.
    private static let poolTypes: Set<String> = ["btrfs", "zfs", "bcachefs"]
}
