internal import Threads
internal import Vocabulary

/// The file systems worth watching, and their space.
struct FileSystemTable {
    /// How often the space is asked for, and the mount table read even when the kernel marks no change.
    static let askInterval = Duration.seconds(5)
    static let tableInterval = Duration.seconds(30)
    /// How often the space of a remote file system is asked for.
    static let remoteInterval = Duration.seconds(10)

    struct Row {
        let mount: Mount
        let path: [UInt8]
        /// The mount point made harmless.
        let label: String
        let probe: BackgroundProbe<SpaceReading>?
        fileprivate(set) var reading = FileSystemReading()
    }

    private(set) var rows: [Row] = []
    /// Rises whenever a file system came or went.
    private(set) var version = 0
    private let root: String
    private let table: KeptFile
    private var tableReadAt: Monotonic?
    private var askedAt: Monotonic?

    init(root: String) {
        self.root = root
        table = KeptFile(root + "/proc/self/mountinfo")
    }

    /// Brings everything up to date that is due; never waits for a remote file system.
    mutating func refresh(at now: Monotonic, _ buffer: inout ReadBuffer) {
        if table.hasChanged() || isDue(tableReadAt, FileSystemTable.tableInterval, now) {
            tableReadAt = now
            askedAt = nil
            readTable(&buffer)
        }
        if isDue(askedAt, FileSystemTable.askInterval, now) {
            askedAt = now
            for index in rows.indices where rows[index].probe == nil { askLocal(index) }
        }
        for index in rows.indices { takeRemote(index, at: now) }
    }

    private func isDue(_ last: Monotonic?, _ interval: Duration, _ now: Monotonic) -> Bool {
        guard let last else { return true }
        return now - last >= interval
    }

    private mutating func readTable(_ buffer: inout ReadBuffer) {
        let isReadable = table.read(into: &buffer)
        let mounts = isReadable ? Mount.parse(buffer.bytes.span.extracting(0..<buffer.count)) : []
        let watched = Mount.worthWatching(mounts) { Paths.isFile(path(of: $0)) }
        guard watched != rows.map(\.mount) else { return }
        rows = watched.map { mount in rows.first { $0.mount == mount } ?? row(for: mount) }
        version += 1
    }

    private func path(of mount: Mount) -> [UInt8] { Array(root.utf8) + mount.point }

    private func row(for mount: Mount) -> Row {
        let path = path(of: mount)
        let label = SafeText(untrustedBytes: mount.point, limit: 256).oneLine.text
        return Row(mount: mount, path: path, label: label, probe: mount.isRemote ? probe(path) : nil)
    }

    /// Without a thread there is no safe way to ask, and the row stays without values.
    private func probe(_ path: [UInt8]) -> BackgroundProbe<SpaceReading>? {
        do throws(ThreadFailure) {
            return try BackgroundProbe("mount", every: FileSystemTable.remoteInterval) { SpaceReading(ofPath: path) }
        } catch {
            return nil
        }
    }

    private mutating func askLocal(_ index: Int) {
        guard !rows[index].mount.isRemote else { return }
        rows[index].reading = FileSystemReading(space: SpaceReading(ofPath: rows[index].path), isStale: nil)
    }

    private mutating func takeRemote(_ index: Int, at now: Monotonic) {
        guard let probe = rows[index].probe else { return }
        let (space, isStale) = probe.newest(at: now)
        rows[index].reading = FileSystemReading(space: space, isStale: isStale)
    }
}
