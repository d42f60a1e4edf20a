/// Tells disks from their parts and from what is made of other disks.
struct BlockDevice {
    /// The folder that stands for `/`.
    let root: String

    /// Whether it is a whole disk of its own: no partition, loop, RAM disk, mapped or composed device, CD or floppy.
    ///
    /// By `/sys` where it is readable, else by the usual names.
    func isWhole(major: UInt64, minor: UInt64, name: String) -> Bool {
        guard !BlockDevice.changeableMedia.contains(major) else { return false }
        let folder = "\(root)/sys/dev/block/\(major):\(minor)"
        guard let target = Paths.link(folder) else { return BlockDevice.looksWhole(name) }
        return !target.contains("/virtual/block/") && !Paths.exists(folder + "/partition")
    }

    /// Major numbers of floppy and CD drives (Documentation/admin-guide/devices.txt).
    private static let changeableMedia: Set<UInt64> = [2, 11]

    private static func looksWhole(_ name: String) -> Bool {
        guard !composed.contains(where: name.hasPrefix), let last = name.last else { return false }
        guard last.isNumber else { return true }
        let stem = name.reversed().drop { $0.isNumber }
        let numbersItsDisks = ["nvme", "mmcblk", "nbd", "cciss/"].contains(where: name.hasPrefix)
        return numbersItsDisks && stem.first != "p"
    }

    private static let composed = ["loop", "ram", "zram", "dm-", "md", "drbd", "bcache", "sr", "fd"]
}
