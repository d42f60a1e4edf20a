internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// The processes of a host: the second view of the system pane.
struct ProcessesView: Equatable, Sendable {
    /// Whether it is shown in place of the host's sheet.
    var isShown = false
    var list = ListState<ProcessKey>()
    private(set) var rows: [ProcessKey: ProcessRow] = [:]
    /// How deep each row lies while the list is a tree.
    private(set) var depths: [ProcessKey: Int] = [:]
    /// What the desk said about the list besides its rows; `nil` before the first answer.
    private(set) var heading: ProcessList?
    var filter = ProcessFilter()
    private(set) var sort = ProcessOrder.cpu
    private(set) var isReversed = false
    private(set) var isTree = false
    /// The process that the cursor stays on, whatever its place.
    private(set) var followed: ProcessKey?
    var isDetailed = false
    var form: SignalForm?
    /// Why the desk did not answer.
    private(set) var fault: SafeText?
    /// The question whose answer counts, and when it was asked.
    private var asked: Question?
    /// The question that the rows answer.
    private var answered: ListProcesses?

    private struct Question: Equatable {
        let request: ListProcesses
        let at: Timestamp
    }

    /// Rows that are asked for; the filter and the order find the others.
    static let mostRows: Int64 = 300
    /// A tree needs the parents too.
    static let mostTreeRows: Int64 = 1000

    /// The process under the cursor.
    var chosen: ProcessRow? { list.cursor.flatMap { rows[$0] } }

    /// What is asked of the desk.
    func request(host: String?) -> ListProcesses {
        var request = ListProcesses()
        request.host = host
        request.sort = sort
        request.isReversed = isReversed
        request.filter = filter.applied
        request.limit = isTree ? ProcessesView.mostTreeRows : ProcessesView.mostRows
        request.including = followed?.pid
        return request
    }
}

// MARK: Asking and hearing
extension ProcessesView {
    /// Asks for the list now.
    mutating func ask(host: String?, _ turn: inout Turn) {
        guard isShown else { return }
        var request = request(host: host)
        if turn.scene.isPast { request.at = turn.now }
        asked = Question(request: request, at: turn.now)
        turn.ask(.listProcesses(request))
    }

    /// Asks again when the last answer is as old as the desk's own scans are apart.
    mutating func askIfDue(host: String?, _ turn: inout Turn) {
        // The past does not change: its top twenty are asked for once.
        if turn.scene.isPast, asked?.request.at == turn.now { return }
        let pause = Duration.seconds(max(1, heading?.interval ?? 1)) - .milliseconds(100)
        if let asked, turn.now - asked.at < pause { return }
        ask(host: host, &turn)
    }

    /// Takes the list if it is the answer to the newest question.
    mutating func take(_ list: ProcessList, to request: ListProcesses, _ turn: inout Turn) {
        guard request == asked?.request else { return }
        fault = nil
        heading = list
        heading?.items = []
        let records = list.items.map { record in
            ProcessRow.row(of: record, after: rows[ProcessKey(pid: record.pid, started: record.started)])
        }
        rows = Dictionary(records.map { ($0.key, $0) }, uniquingKeysWith: { _, last in last })
        depths = [:]
        var keys = records.map(\.key)
        if let value = sort.calmValue, !isTree, !list.isPast, answered == request {
            keys = CalmOrder(of: self.list.rows).order(records, by: value)
        }
        answered = request
        if isTree {
            let tree = ProcessTree.order(records)
            keys = tree.map(\.key)
            depths = Dictionary(tree.map { ($0.key, $0.depth) }, uniquingKeysWith: { _, last in last })
        }
        self.list.take(keys)
        keepFollowing(&turn)
    }

    /// Takes why there is no answer to the newest question.
    mutating func take(_ problem: Problem, to request: ListProcesses) {
        guard request == asked?.request else { return }
        fault = SafeText(untrusted: problem.detail, limit: 300).oneLine
    }

    private mutating func keepFollowing(_ turn: inout Turn) {
        guard let followed else { return }
        guard rows[followed] != nil else {
            self.followed = nil
            turn.say("Process \(followed.pid) has ended; it is followed no more.", .info)
            return
        }
        list.showAll()
        list.select(followed)
        list.showAll()
    }
}

// MARK: Keys
extension ProcessesView {
    /// The orders from left to right, as the columns stand.
    static let orders: [ProcessOrder] = [.pid, .cpu, .memory, .io, .age, .name]

    mutating func move(_ move: ListMove, page: Int) {
        // Who moves the cursor by hand looks at something else now.
        followed = nil
        list.move(move, page: page)
    }

    mutating func sort(by step: Int) {
        let orders = ProcessesView.orders
        let index = orders.firstIndex(of: sort) ?? 0
        sort = orders[(index + step + orders.count) % orders.count]
        isReversed = false
        beginAnew()
    }

    mutating func reverse() {
        isReversed.toggle()
        beginAnew()
    }

    mutating func toggleTree() {
        isTree.toggle()
        beginAnew()
    }

    mutating func toggleFollowing() {
        followed = followed == nil ? list.cursor : nil
    }

    /// The list is another one now, by a key: it may move.
    mutating func beginAnew() {
        if followed == nil { list.moveToTop() }
    }

    /// Forgets the rows, because they are of another host.
    mutating func forget() {
        rows = [:]
        depths = [:]
        heading = nil
        followed = nil
        fault = nil
        form = nil
        answered = nil
        list = ListState()
    }
}
