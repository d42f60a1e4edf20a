internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// Which process a row is of: numbers are given out again, so the start belongs to it.
struct ProcessKey: Hashable, Sendable {
    let pid: Int64
    let started: Int64
}

/// A process as the console shows it, its texts made harmless.
struct ProcessRow: Equatable, Sendable {
    let key: ProcessKey
    let parent: Int64
    let name: SafeText
    /// The command line; parts of the kernel have their name in square brackets.
    let command: SafeText
    let hasCommand: Bool
    let user: SafeText
    let state: ProcessState
    let threads: Int64
    let nice: Int64?
    let cpu: Double?
    let memory: Int64
    let age: Int64
    let read: Double?
    let written: Double?
    let isKernel: Bool

    init(_ record: RunningProcess) {
        key = ProcessKey(pid: record.pid, started: record.started)
        parent = record.parent
        let name = SafeText(untrusted: record.name, limit: 64).oneLine
        self.name = name
        hasCommand = record.command != nil
        command =
            record.command.map { SafeText(untrusted: $0, limit: 20_000).oneLine }
            ?? (record.isKernel ? "[\(name)]" : name)
        user = SafeText(untrusted: record.user, limit: 64).oneLine
        state = record.state
        threads = record.threads
        nice = record.nice
        cpu = record.cpu
        memory = record.memory
        age = record.age
        read = record.read
        written = record.written
        isKernel = record.isKernel
    }

    /// Bytes a second from and to disks; `nil` when unknown.
    var traffic: Double? { read.flatMap { read in written.map { read + $0 } } }

    /// A sleeping process that uses nothing should not draw the eye.
    var load: StyledText {
        let role: Terminal.Role =
            switch cpu ?? 0 {
            case 50...: .strong
            case 0.05..<50: .text
            default: .dim
            }
        return Quantity(cpu, .percent).styled(role)
    }

    /// A process that waits for a device, or that nobody collects, is worth a look.
    var stateRole: Terminal.Role {
        switch state {
        case .waiting, .zombie: .warning
        case .running: .strong
        default: .dim
        }
    }
}
