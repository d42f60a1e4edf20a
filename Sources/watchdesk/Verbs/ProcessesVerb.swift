internal import ArgumentParser
internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// `watchdesk processes`: what runs on the gateway's own host.
struct ProcessesVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "processes", abstract: "List the processes of the gateway's own host.",
        discussion: """
            CPU is a share of one core, memory the resident set (shared pages count in each process).
            A filter compares cpu, mem, name, user, pid, ppid, state, threads, io and cmd with = != > >= < <= ~ !~, \
            joined by and, or, not and brackets; a word alone is looked for in name and command line.

            EXAMPLE:
              watchdesk processes --filter "cpu>5 and name~post" --sort memory --limit 10
            """)

    @Option(help: "Only processes that pass, such as \"mem>1GiB and not user=root\".")
    var filter = ""

    @Option(help: "cpu, memory, io, age, pid or name.")
    var sort = "cpu"

    @Flag(help: "The other way round.")
    var reverse = false

    @Option(help: "At most so many, 1 to 1000.")
    var limit: Int64 = 30

    @Flag(help: "Each process below its parent.")
    var tree = false

    @Option(help: "A moment of the past, such as 2026-11-22T18:20:01Z: the top twenty of the nearest second before it.")
    var at: String?

    @OptionGroup var list: ListOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
        let question = try question()
        let processes = try DeskAccess.use(common) { client in
            try await ProcessesVerb.ask(client, question)
        }
        guard !list.json else { return Output.write(processes.json + "\n") }
        let depths = tree ? ProcessesVerb.depths(processes.items) : [:]
        var items = processes.items
        if tree { items = ProcessesVerb.ordered(items) }
        Listing(
            items: items,
            columns: [
                .init("PID") { "\($0.pid)" }, .init("USER") { $0.user },
                .init("CPU") { Quantity($0.cpu, .percent).text.text },
                .init("MEMORY") { Quantity(Double($0.memory), .bytes).text.text },
                .init("IO") { Quantity($0.traffic, .bytesPerSecond).text.text },
                .init("THREADS") { "\($0.threads)" }, .init("AGE") { Duration.seconds($0.age).age },
                .init("STATE") { $0.state.rawValue },
                .init("COMMAND") { process in
                    let depth = depths[process.pid] ?? 0
                    let indent = depth > 0 ? String(repeating: "  ", count: depth - 1) + "└ " : ""
                    return indent + (process.command ?? (process.isKernel ? "[\(process.name)]" : process.name))
                },
            ], empty: "No process passes."
        ).print(asJSON: false)
        if processes.isPartial { Output.complain("watchdesk: not all processes could be looked at in time; ask again") }
        guard processes.isPast else { return }
        Output.write("The top \(items.count) of \(processes.total) at \(processes.at.rfc3339).\n")
    }

    private func question() throws -> ListProcesses {
        var request = ListProcesses()
        guard let order = ProcessOrder(rawValue: sort) else {
            let known = ProcessOrder.allCases.map(\.rawValue)
            let hint = known.nearest(to: sort).map { ", did you mean \($0)?" } ?? ""
            throw Failure("--sort \(sort) is none of \(known.joined(separator: ", "))\(hint)", status: 2)
        }
        request.sort = order
        request.isReversed = reverse
        request.filter = filter
        request.limit = limit
        if let at {
            guard let moment = Timestamp(rfc3339: at) else {
                throw Failure("--at \(at) is no date and time such as 2026-11-22T18:20:01Z", status: 2)
            }
            request.at = moment
        }
        return request
    }

    /// Shares of CPU need two scans: a desk that was opened just now has them after a moment.
    private static func ask(_ client: any DeskClient, _ question: ListProcesses) async throws -> ProcessList {
        if question.at == nil { try await waitForShares(client) }
        return try await client.call(Operations.listProcesses, question)
    }

    private static func waitForShares(_ client: any DeskClient) async throws {
        for _ in 0..<20 {
            do throws(Problem) {
                let list = try await client.call(Operations.listProcesses, ListProcesses())
                if list.items.contains(where: { $0.cpu != nil }) { return }
            } catch {
                guard error.code == .unavailable, error.retryAfter != nil else { throw error }
            }
            try await Task.sleep(for: .milliseconds(100))
        }
    }
}

// MARK: The tree
extension ProcessesVerb {
    /// How deep each process lies below the topmost one that is listed.
    private static func depths(_ items: [RunningProcess]) -> [Int64: Int] {
        let parents = Dictionary(items.map { ($0.pid, $0.parent) }, uniquingKeysWith: { first, _ in first })
        var depths: [Int64: Int] = [:]
        for item in items {
            var depth = 0
            var pid = item.parent
            // A list that is not of one moment could hold a ring of parents.
            while let next = parents[pid], depth < items.count {
                depth += 1
                pid = next
            }
            depths[item.pid] = depth < items.count ? depth : 0
        }
        return depths
    }

    /// Parents before their children, the order of the list among brothers and sisters.
    private static func ordered(_ items: [RunningProcess]) -> [RunningProcess] {
        let pids = Set(items.map(\.pid))
        let children = Dictionary(grouping: items, by: \.parent)
        var ordered: [RunningProcess] = []
        var seen: Set<Int64> = []
        for root in items.filter({ !pids.contains($0.parent) }) + items {
            var open = [root]
            while let process = open.popLast() {
                guard seen.insert(process.pid).inserted else { continue }
                ordered.append(process)
                open += (children[process.pid] ?? []).reversed()
            }
        }
        return ordered
    }
}
