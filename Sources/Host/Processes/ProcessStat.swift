/// What one line of `/proc/PID/stat` says (proc_pid_stat(5)).
struct ProcessStat: Equatable {
    /// Where the name lies in the bytes: up to 63 bytes of anything, brackets, blanks and escapes included.
    let name: Range<Int>
    let state: UInt8
    let parent: Int32
    let isKernelThread: Bool
    /// User and system time in clock ticks.
    let ticks: UInt64
    let nice: Int32
    let threads: UInt32
    /// In clock ticks after the start of the machine.
    let started: UInt64
    let residentPages: UInt64

    /// Whether it has ended: its children have another parent already.
    var isDead: Bool { state == UInt8(ascii: "Z") || state == UInt8(ascii: "X") }

    /// `PF_KTHREAD` of the kernel's `include/linux/sched.h`.
    private static let kernelThread: UInt64 = 0x0020_0000

    /// Reads the line; `nil` when it is not one.
    ///
    /// The name may hold anything, `) (` too: it reaches from the first opening to the last closing bracket.
    static func parse(_ bytes: Span<UInt8>) -> ProcessStat? {
        guard let open = bytes.indices.first(where: { bytes[$0] == ASCII.open }),
            let close = bytes.indices.last(where: { bytes[$0] == ASCII.close }), open < close
        else { return nil }
        return ProcessStat(name: open + 1..<close, rest: bytes.extracting(close + 1..<bytes.count))
    }

    private init?(name: Range<Int>, rest: Span<UInt8>) {
        var cursor = ByteCursor()
        let state = cursor.word(in: rest)
        guard state.count == 1, let parent = cursor.integer(in: rest) else { return nil }
        cursor.skipWords(4, in: rest)
        guard let flags = cursor.number(in: rest) else { return nil }
        cursor.skipWords(4, in: rest)
        guard let user = cursor.number(in: rest), let system = cursor.number(in: rest) else { return nil }
        cursor.skipWords(3, in: rest)
        guard let nice = cursor.integer(in: rest), let threads = cursor.integer(in: rest) else { return nil }
        cursor.skipWords(1, in: rest)
        guard let started = cursor.number(in: rest) else { return nil }
        cursor.skipWords(1, in: rest)
        guard let pages = cursor.integer(in: rest) else { return nil }
        self.name = name
        self.state = rest[state.lowerBound]
        self.parent = Int32(clamping: parent)
        isKernelThread = flags & ProcessStat.kernelThread != 0
        ticks = user &+ system
        self.nice = Int32(clamping: nice)
        self.threads = UInt32(clamping: threads)
        self.started = started
        // A sum over processors that are read one after the other may be below nothing for a moment.
        residentPages = UInt64(max(0, pages))
    }
}

extension ByteCursor {
    /// Decimal digits with an optional minus after optional blanks; `nil` without digits or beyond `Int64`.
    mutating func integer(in bytes: Span<UInt8>) -> Int64? {
        skipBlanks(in: bytes)
        let isNegative = skip(ASCII.dash, in: bytes)
        guard let size = number(in: bytes), let value = Int64(exactly: size) else { return nil }
        return isNegative ? -value : value
    }

    /// Steps over this many words of the line.
    mutating func skipWords(_ count: Int, in bytes: Span<UInt8>) {
        for _ in 0..<count { _ = word(in: bytes) }
    }
}
