internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// Which process a row is of: numbers are given out again, so the start belongs to it.
struct ProcessKey: Hashable, Sendable {
    let pid: Int64
    let started: Int64
}

/// A process as the console shows it, its texts made harmless.
///
/// Most processes do nothing most of the time: a row that would look the same stays the row that it was.
final class ProcessRow: Equatable, Sendable {
    let key: ProcessKey
    let name: SafeText
    /// The command line; parts of the kernel have their name in square brackets.
    let command: SafeText
    let user: SafeText
    /// What stands in the columns of the list.
    let texts: ProcessTexts
    private let record: RunningProcess

    /// The row of a process.
    convenience init(_ record: RunningProcess) {
        self.init(record, after: nil)
    }

    /// The row of a process whose row was another one a moment ago.
    static func row(of record: RunningProcess, after old: ProcessRow?) -> ProcessRow {
        if let old, old.isSameProgram(as: record), old.record.looksLike(record) { return old }
        return ProcessRow(record, after: old)
    }

    private init(_ record: RunningProcess, after old: ProcessRow?) {
        key = ProcessKey(pid: record.pid, started: record.started)
        self.record = record
        if let old, old.isSameProgram(as: record) {
            (name, command, user) = (old.name, old.command, old.user)
        } else {
            let name = SafeText(untrusted: record.name, limit: 64).oneLine
            self.name = name
            command =
                record.command.map { SafeText(untrusted: $0, limit: 20_000).oneLine }
                ?? (record.isKernel ? "[\(name)]" : name)
            user = SafeText(untrusted: record.user, limit: 64).oneLine
        }
        texts = ProcessTexts(record, user: user, command: command)
    }

    private func isSameProgram(as other: RunningProcess) -> Bool {
        record.name == other.name && record.command == other.command && record.user == other.user
            && record.isKernel == other.isKernel && record.parent == other.parent && record.nice == other.nice
    }

    var parent: Int64 { record.parent }
    var hasCommand: Bool { record.command != nil }
    var state: ProcessState { record.state }
    var threads: Int64 { record.threads }
    var nice: Int64? { record.nice }
    var cpu: Double? { record.cpu }
    var memory: Int64 { record.memory }
    /// In seconds; of an hour and more it may be a minute old, which its text does not show.
    var age: Int64 { record.age }
    var read: Double? { record.read }
    var written: Double? { record.written }
    var isKernel: Bool { record.isKernel }
    /// Bytes a second from and to disks; `nil` when unknown.
    var traffic: Double? { record.traffic }

    /// Everything else is made of the record.
    static func == (left: ProcessRow, right: ProcessRow) -> Bool { left === right || left.record == right.record }
}

/// What stands in the columns of a process.
struct ProcessTexts: Sendable {
    let pid: StyledText
    let user: StyledText
    let cpu: StyledText
    let memory: StyledText
    let traffic: StyledText
    let threads: StyledText
    let age: StyledText
    let state: StyledText
    /// The letter that everybody knows from other programs.
    let stateLetter: StyledText
    let command: StyledText

    fileprivate init(_ record: RunningProcess, user: SafeText, command: SafeText) {
        pid = StyledText("\(record.pid)", .dim)
        self.user = StyledText(user, .dim)
        cpu = Quantity(record.cpu, .percent).styled(record.loadRole)
        memory = Quantity(Double(record.memory), .bytes).styled(record.memory == 0 ? .dim : .text)
        traffic = Quantity(record.traffic, .bytesPerSecond).styled(record.traffic == 0 ? .dim : .text)
        threads = Quantity(count: Int(clamping: record.threads)).styled(record.threads == 1 ? .dim : .text)
        age = StyledText("\(Duration.seconds(record.age).age)", .dim)
        state = StyledText("\(record.state.rawValue)", record.stateRole)
        stateLetter = StyledText("\(String(record.state.letter))", record.stateRole)
        self.command = StyledText(command, record.isKernel ? .dim : .text)
    }
}

extension RunningProcess {
    /// Whether every column shows the same of both; ages of an hour and more change once a minute.
    fileprivate func looksLike(_ other: RunningProcess) -> Bool {
        let isAsOld = age == other.age || (min(age, other.age) >= 3600 && age / 60 == other.age / 60)
        return isAsOld && cpu == other.cpu && memory == other.memory && read == other.read && written == other.written
            && threads == other.threads && state == other.state
    }

    /// A sleeping process that uses nothing should not draw the eye.
    fileprivate var loadRole: Terminal.Role {
        switch cpu ?? 0 {
        case 50...: .strong
        case 0.05..<50: .text
        default: .dim
        }
    }

    /// A process that waits for a device, or that nobody collects, is worth a look.
    fileprivate var stateRole: Terminal.Role {
        switch state {
        case .waiting, .zombie: .warning
        case .running: .strong
        default: .dim
        }
    }
}
