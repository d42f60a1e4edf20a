internal import CLinux
internal import Glibc

/// One file of each of many processes, kept open between readings; belongs to one thread.
///
/// Opening and closing takes twice as long as reading. A descriptor of a process that has gone tells so, and never reads
/// of another that got its number; a copy of `/proc` cannot do that, so there each reading opens its file.
final class ProcessFiles {
    /// More are not kept open: the rest is opened for each reading.
    ///
    /// An eighth of what this process may open (`ulimit -n`), because connections need descriptors too.
    static let most = min(512, max(0, Int(sysconf(Int32(_SC_OPEN_MAX))) / 8))

    private struct Kept {
        let descriptor: Int32
        var round: UInt64
    }

    private let folder: ProcessFolder
    private let name: StaticString
    private let keepsOpen: Bool
    private var kept: [Int32: Kept] = [:]
    private var round: UInt64 = 0

    private let patience: UInt64

    /// Prepares to read a file of this name of each process.
    ///
    /// - Parameter patience: In how many rounds a file may not be read and stay open.
    init(_ name: StaticString, in folder: ProcessFolder, patience: UInt64) {
        self.name = name
        self.folder = folder
        self.patience = patience
        keepsOpen = folder.isProcessTable
    }

    deinit {
        for file in kept.values { wd_close_descriptor(file.descriptor) }
    }

    /// Whether the file of this process is or can be kept open.
    func keeps(_ pid: Int32) -> Bool { keepsOpen && (kept.count < ProcessFiles.most || kept[pid] != nil) }

    /// One read, at most as long as the buffer; `nil` when the process has gone or refuses.
    func read(of pid: Int32, into bytes: inout [UInt8]) -> Int? {
        guard keepsOpen else { return folder.read(name, of: pid, into: &bytes) }
        if let file = kept[pid] {
            let count = ProcessFiles.readAgain(file.descriptor, into: &bytes)
            if count >= 0 {
                kept[pid]?.round = round
                return count
            }
            kept[pid] = nil
            wd_close_descriptor(file.descriptor)
            // Its number may belong to another process by now; whoever refused refuses again.
            guard count == -2 else { return nil }
        }
        guard kept.count < ProcessFiles.most else { return folder.read(name, of: pid, into: &bytes) }
        guard let descriptor = folder.open(name, of: pid) else { return nil }
        let count = ProcessFiles.readAgain(descriptor, into: &bytes)
        guard count >= 0 else {
            wd_close_descriptor(descriptor)
            return nil
        }
        kept[pid] = Kept(descriptor: descriptor, round: round)
        return count
    }

    /// Closes the file of a process that has gone.
    func close(_ pid: Int32) {
        guard let file = kept.removeValue(forKey: pid) else { return }
        wd_close_descriptor(file.descriptor)
    }

    /// Ends a round of readings: what was not read for too many of them is closed.
    func endRound() {
        let ended = kept.filter { round - $0.value.round >= patience }
        for pid in ended.keys { close(pid) }
        round += 1
    }

    private static func readAgain(_ descriptor: Int32, into bytes: inout [UInt8]) -> Int {
        unsafe bytes.withUnsafeMutableBytes { room in unsafe wd_read_again(descriptor, room.baseAddress, room.count) }
    }
}
