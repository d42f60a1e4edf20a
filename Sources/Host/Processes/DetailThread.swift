internal import NIOConcurrencyHelpers
internal import Threads

/// A thread that reads details, one errand after the other; it ends when nothing was asked for a while.
final class DetailThread: Sendable {
    /// One that had nothing to do for so long ends, and what it held open is closed.
    private static let rest = Duration.seconds(60)

    private let bell = Bell()
    private let errand = NIOLockedValueBox<DetailErrand?>(nil)

    /// Starts the thread.
    ///
    /// - Parameters:
    ///   - perform: does an errand on the thread, as long as it takes; with `false` the thread ends.
    ///   - mayEnd: asked after a long rest; with `true` the thread ends, and is given nothing more.
    /// - Throws: ``ThreadFailure`` when the system has no thread left.
    func start(
        makeReading: @escaping @Sendable () -> DetailReading,
        perform: @escaping @Sendable (DetailThread, DetailErrand, DetailReading) -> Bool,
        mayEnd: @escaping @Sendable (DetailThread) -> Bool
    ) throws(ThreadFailure) {
        try DedicatedThread.start("proc-detail") { [self] in
            let reading = makeReading()
            while true {
                let isRung = bell.wait(atMost: DetailThread.rest)
                let next = errand.withLockedValue { errand in
                    defer { errand = nil }
                    return errand
                }
                if let next {
                    guard perform(self, next, reading) else { return }
                } else if !isRung, mayEnd(self) {
                    return
                }
            }
        }
    }

    /// Hands it something to do; only while it rests.
    func take(_ new: DetailErrand) {
        errand.withLockedValue { $0 = new }
        bell.ring()
    }
}

/// How one thread reads files of processes; may block as long as it likes.
struct DetailReading {
    /// Reads a file of a process into a buffer.
    let read: (_ file: StaticString, _ pid: Int32, inout [UInt8]) -> Int?
    /// Called after each errand.
    var endRound: () -> Void = {}

    init(read: @escaping (_ file: StaticString, _ pid: Int32, inout [UInt8]) -> Int?) {
        self.read = read
    }

    /// Reads below a folder; disk traffic is asked for every second or two, so its files stay open.
    init(_ late: LateProcessFolder) {
        var traffic: ProcessFiles?
        read = { file, pid, bytes in
            guard let folder = late.folder else { return nil }
            guard file.utf8CodeUnitCount == DetailErrand.trafficFile.utf8CodeUnitCount else {
                return folder.read(file, of: pid, into: &bytes)
            }
            let files = traffic ?? ProcessFiles(DetailErrand.trafficFile, in: folder, patience: RestWatch.rounds)
            traffic = files
            return files.read(of: pid, into: &bytes)
        }
        endRound = { traffic?.endRound() }
    }
}
