internal import CLinux
internal import Glibc
internal import NIOConcurrencyHelpers

/// The host's `/proc`, kept open: what is read below it needs no way from the root, and stays the same mount.
///
/// The descriptor serves any number of threads for reading; listing belongs to one.
final class ProcessFolder: Sendable {
    private let descriptor: Int32

    /// Opens `/proc` under a root; `nil` when there is none.
    init?(root: String) {
        descriptor = unsafe Glibc.open(root + "/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
    }

    deinit {
        close(descriptor)
    }

    /// The numbers of all processes, from small to large; `false` when the folder cannot be listed.
    func list(into pids: inout [Int32]) -> Bool {
        pids.removeAll(keepingCapacity: true)
        guard lseek(descriptor, 0, SEEK_SET) == 0 else { return false }
        var some = [Int32](repeating: 0, count: Int(WD_ENTRIES_AT_ONCE))
        while true {
            let count = unsafe wd_numbered_entries(descriptor, &some, Int32(some.count))
            guard count > 0 else {
                sort(&pids)
                return count == 0
            }
            pids.append(contentsOf: some[..<Int(count)])
        }
    }

    /// One read of a file of a process, at most as long as the buffer; `nil` when the process has gone or refuses.
    func read(_ name: StaticString, of pid: Int32, into bytes: inout [UInt8]) -> Int? {
        let count = unsafe bytes.withUnsafeMutableBytes { room in
            unsafe wd_read_numbered(
                descriptor, pid, UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self),
                room.baseAddress, room.count)
        }
        return count >= 0 ? count : nil
    }

    /// Opens a file of a process to be read again and again; `nil` when the process has gone, refuses, or the system has
    /// no descriptor left.
    func open(_ name: StaticString, of pid: Int32) -> Int32? {
        let file = unsafe wd_open_numbered(
            descriptor, pid, UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self))
        return file >= 0 ? file : nil
    }

    /// Whether it is the kernel's own table, and no copy of one.
    var isProcessTable: Bool { wd_is_process_table(descriptor) != 0 }

    /// The user that a process runs as; `nil` when it has gone.
    ///
    /// The folder is asked and not a file in it: files of a process that may not be dumped belong to root.
    func owner(of pid: Int32) -> UInt32? {
        UInt32(exactly: wd_owner_of_numbered(descriptor, pid))
    }

    /// The kernel lists them in order; another file system need not.
    private func sort(_ pids: inout [Int32]) {
        for index in pids.indices.dropFirst() where pids[index - 1] > pids[index] {
            pids.sort()
            return
        }
    }
}

/// A folder of processes that is opened when it is first needed, and again while it is not there.
final class LateProcessFolder: Sendable {
    private let root: String
    private let kept = NIOLockedValueBox<ProcessFolder?>(nil)

    init(root: String) {
        self.root = root.hasSuffix("/") ? String(root.dropLast()) : root
    }

    /// The folder; `nil` while there is none.
    var folder: ProcessFolder? {
        kept.withLockedValue { kept in
            if kept == nil { kept = ProcessFolder(root: root) }
            return kept
        }
    }
}
