/// What filters can compare.
enum ProcessField: String, CaseIterable, Sendable {
    /// Percent of one core.
    case cpu
    /// The resident set in bytes.
    case mem
    case name
    case user
    case pid
    /// The number of the parent.
    case ppid
    case state
    case threads
    /// Bytes a second read from and written to disks.
    case io
    /// The command line.
    case cmd

    /// The operators that make sense.
    var operators: [QueryOperator] {
        switch self {
        case .cpu, .mem, .pid, .ppid, .threads, .io: [.equal, .unequal, .above, .atLeast, .below, .atMost]
        case .name, .user, .cmd: [.equal, .unequal, .holds, .lacks]
        case .state: [.equal, .unequal]
        }
    }

    /// What a value must be, for people.
    var expectation: String {
        switch self {
        case .cpu: "a number of percent"
        case .mem: "a size such as 512MiB or 1.5GiB"
        case .io: "bytes a second such as 100KiB"
        case .pid, .ppid, .threads: "a whole number"
        case .name, .user, .cmd: "a text"
        case .state:
            "one of " + ProcessState.allCases.dropLast().map { "\($0.letter) \($0.rawValue)" }.joined(separator: ", ")
        }
    }

    /// Reads a value; `nil` when it is not one.
    func value(_ text: String) -> QueryValue? {
        switch self {
        case .name, .user, .cmd: .text(text)
        case .state: ProcessField.state(text).map { .state($0) }
        case .cpu: number(text, ["": 1, "%": 1])
        case .pid, .ppid, .threads: text.contains(".") ? nil : number(text, ["": 1])
        case .mem: number(text, ProcessField.sizes)
        case .io: number(text.lowercased().hasSuffix("/s") ? String(text.dropLast(2)) : text, ProcessField.sizes, text)
        }
    }

    /// Whether a process fulfils a comparison; what is not known fulfils none.
    func compares(_ process: RunningProcess, _ comparison: QueryOperator, _ value: QueryValue) -> Bool {
        switch value {
        case .number(let wanted, _): number(of: process).map { comparison.compares($0, wanted) } ?? false
        case .text(let wanted): text(of: process).map { comparison.compares($0, wanted) } ?? false
        case .state(let wanted): (process.state == wanted) == (comparison == .equal)
        }
    }

    private func number(of process: RunningProcess) -> Double? {
        switch self {
        case .cpu: process.cpu
        case .mem: Double(process.memory)
        case .pid: Double(process.pid)
        case .ppid: Double(process.parent)
        case .threads: Double(process.threads)
        case .io: process.traffic
        case .name, .user, .state, .cmd: nil
        }
    }

    private func text(of process: RunningProcess) -> String? {
        switch self {
        case .name: process.name
        case .user: process.user
        case .cmd: process.command
        default: nil
        }
    }

    private func number(_ text: String, _ units: [String: Double], _ written: String? = nil) -> QueryValue? {
        let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        guard let factor = units[text.dropFirst(digits.count).lowercased()], digits.first != ".", digits.last != ".",
            let value = Double(digits), value * factor <= 1e18
        else { return nil }
        return .number(value * factor, written ?? text)
    }

    private static func state(_ text: String) -> ProcessState? {
        let known = ProcessState.allCases.dropLast()
        return known.first { String($0.letter) == text } ?? known.first { $0.rawValue == text.lowercased() }
            ?? known.first { String($0.letter) == text.uppercased() }
    }

    private static let sizes: [String: Double] = {
        var sizes = ["": 1.0, "b": 1]
        for (power, letter) in ["k", "m", "g", "t"].enumerated() {
            let binary = Double(UInt64(1) << UInt64(10 * (power + 1)))
            sizes[letter] = binary
            sizes[letter + "ib"] = binary
            sizes[letter + "b"] = [1e3, 1e6, 1e9, 1e12][power]
        }
        return sizes
    }()
}

extension QueryOperator {
    fileprivate func compares(_ left: Double, _ right: Double) -> Bool {
        switch self {
        case .equal: left == right
        case .unequal: left != right
        case .above: left > right
        case .atLeast: left >= right
        case .below: left < right
        case .atMost: left <= right
        case .holds, .lacks: false
        }
    }

    fileprivate func compares(_ left: String, _ right: String) -> Bool {
        switch self {
        case .equal: left == right
        case .unequal: left != right
        case .holds: left.holds(right)
        case .lacks: !left.holds(right)
        default: false
        }
    }
}
