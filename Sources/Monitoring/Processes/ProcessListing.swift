internal import DeskAPI
internal import Host
internal import Vocabulary

/// Picks, sorts and cuts the processes that somebody asks for.
struct ProcessListing {
    let query: ProcessQuery
    let request: ListProcesses

    /// Reads the filter of a request.
    ///
    /// - Throws: ``Problem`` `.invalidField` that names the place in the filter.
    init(_ request: ListProcesses) throws(Problem) {
        self.request = request
        do throws(ProcessQueryFault) {
            query = try ProcessQuery(request.filter)
        } catch {
            throw Problem(error)
        }
    }

    /// What a record needs besides the scan; each costs a look at the process.
    struct Needs: Equatable {
        var user = true
        var command = true
        var traffic = true

        static let everything = Needs()

        var details: Bool { command || traffic }
    }

    /// What is needed of every process, and not only of those that are answered.
    var needs: Needs {
        Needs(
            user: query.readsUser, command: query.readsCommand, traffic: query.readsTraffic || request.sort == .io)
    }

    /// Fills in the records that pass, in order, at most as many as were asked for and the one that must be among them.
    func fill(_ list: inout ProcessList, from records: [RunningProcess]) {
        let passing = query.isEmpty ? records : records.filter(query.matches)
        // Places are sorted, because records are large.
        let places = passing.indices.sorted { precedes(passing[$0], passing[$1]) }
        list.matching = Int64(passing.count)
        list.items = places.prefix(Int(request.limit)).map { passing[$0] }
        if let wanted = request.including, !list.items.contains(where: { $0.pid == wanted }),
            let record = records.first(where: { $0.pid == wanted })
        {
            list.items.append(record)
        }
    }

    /// Whether one comes before another; the number decides between equals, so that rows do not dance.
    func precedes(_ left: RunningProcess, _ right: RunningProcess) -> Bool {
        let order = compare(left, right)
        guard order != 0 else { return left.pid < right.pid }
        return (order < 0) != request.isReversed
    }

    private func compare(_ left: RunningProcess, _ right: RunningProcess) -> Int {
        switch request.sort {
        case .cpu:
            ProcessListing.descending(left.cpu, right.cpu) ?? ProcessListing.descending(left.memory, right.memory) ?? 0
        case .memory: ProcessListing.descending(left.memory, right.memory) ?? 0
        case .io: ProcessListing.descending(left.traffic, right.traffic) ?? 0
        case .age: ProcessListing.descending(right.started, left.started) ?? 0
        case .pid: ProcessListing.descending(right.pid, left.pid) ?? 0
        case .name: left.name == right.name ? 0 : left.name < right.name ? -1 : 1
        }
    }

    /// -1 when the left one is larger, `nil` when they are equal.
    private static func descending<Value: Comparable>(_ left: Value, _ right: Value) -> Int? {
        left == right ? nil : left > right ? -1 : 1
    }

    /// Unknown values come after all that are known.
    private static func descending(_ left: Double?, _ right: Double?) -> Int? {
        descending(left ?? -1, right ?? -1)
    }
}

extension RunningProcess {
    /// A process of a scan; what comes from outside is made harmless here.
    init(_ entry: ProcessEntry, in scan: ProcessScan, user: String, _ detail: ProcessDetail?) {
        self.init()
        pid = Int64(entry.identity.pid)
        started = Int64(clamping: entry.identity.started)
        parent = Int64(max(0, entry.parent))
        name = SafeText(untrustedBytes: scan.name(of: entry), limit: 64).oneLine.text
        command = detail?.command.flatMap { $0.isEmpty ? nil : $0 }
        self.user = user
        state = ProcessState(letter: entry.state)
        threads = Int64(entry.threads)
        nice = Int64(min(max(entry.nice, -20), 19))
        cpu = entry.cpu.map { ($0 * 10).rounded() / 10 }
        memory = Int64(clamping: entry.memory.bytes)
        age = scan.age(of: entry).components.seconds
        read = detail?.traffic?.read
        written = detail?.traffic?.written
        isKernel = entry.isKernelThread
    }
}
