internal import CLinux
internal import Console
internal import DeskAPI
internal import Glibc
internal import Vocabulary

/// The run loop of the plain console: lines in from standard input, lines out to standard output.
struct PlainLoop: ~Copyable {
    private let client: any DeskClient
    private let inbox: Inbox
    private let signals: WaitedSignals
    private var state: PlainConsole
    private var typed: [UInt8] = []
    private var isInputOpen = true
    private var isOver = false

    /// The longest line that is taken; the rest of a longer one is left out.
    private static let longestLine = 20_000

    init(client: any DeskClient, state: PlainConsole, signals: WaitedSignals) throws {
        self.client = client
        self.state = state
        self.signals = signals
        inbox = try Inbox()
    }

    /// Runs until the person or the system ends it; at the end of its input it goes on telling.
    mutating func run() {
        say(state.greeting)
        perform(state.firstRequests)
        let inbox = inbox
        let feed = client.follow { inbox.put(.news($0)) }
        defer { feed.stop() }
        while !isOver {
            wait()
            if signals.takeOne() { return }
            takeLines()
            takeInbox()
            carryOut(state.tick(at: .now))
        }
    }

    private func wait() {
        var watched = [
            pollfd(fd: inbox.descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: isInputOpen ? 0 : -1, events: Int16(POLLIN), revents: 0),
        ]
        _ = unsafe poll(&watched, nfds_t(watched.count), 500)
    }

    private mutating func takeLines() {
        guard isInputOpen else { return }
        var ready = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
        guard unsafe poll(&ready, 1, 0) > 0 else { return }
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(0, $0.baseAddress, $0.count) }
        guard count > 0 else {
            isInputOpen = count < 0 && errno == EINTR
            return
        }
        typed += buffer[..<count]
        while let end = typed.firstIndex(of: UInt8(ascii: "\n")) {
            let line = String(decoding: typed[..<end].prefix(PlainLoop.longestLine), as: UTF8.self)
            typed.removeFirst(end + 1)
            carryOut(state.enter(line, at: .now))
        }
        if typed.count > PlainLoop.longestLine { typed.removeLast(typed.count - PlainLoop.longestLine) }
    }

    private mutating func takeInbox() {
        for item in inbox.take() {
            switch item {
            case .news(let news): carryOut(state.take(news, at: .now))
            case .answer(let request, let answer): carryOut(state.answered(request, answer, at: .now))
            }
        }
    }

    private mutating func carryOut(_ outcome: PlainConsole.Outcome) {
        say(outcome.lines)
        perform(outcome.requests)
    }

    private func say(_ lines: [SafeText]) {
        guard !lines.isEmpty else { return }
        Output.write(lines.map { $0.text + "\n" }.joined())
    }

    private mutating func perform(_ requests: [DeskRequest]) {
        for request in requests {
            if request == .quit { isOver = true }
            guard !request.isForTerminal else { continue }
            let (client, inbox) = (client, inbox)
            Task(executorPreference: client.taskExecutor) {
                inbox.put(.answer(request, await request.perform(on: client)))
            }
        }
    }
}
