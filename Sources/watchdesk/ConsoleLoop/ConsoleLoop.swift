internal import CLinux
internal import Console
internal import DeskAPI
internal import Glibc
internal import NcursesScreen
internal import Settings
internal import Terminal
internal import Vocabulary

/// The console's run loop: one thread, one poll on the keyboard, the signals, the inbox and the next deadline.
struct ConsoleLoop: ~Copyable {
    private let screen: Screen
    private let client: any DeskClient
    private let themes: ThemeOffer
    private let inbox: Inbox
    private var state: ConsoleState
    private var schedule: DrawSchedule
    private var meter = CostMeter(at: .now)
    private let calls: CallWay
    private let environment: [String: String]
    private var unanswered = 0
    private var isOver = false

    init(
        screen: Screen, client: any DeskClient, state: ConsoleState, calls: CallWay, themes: ThemeOffer,
        environment: [String: String]
    ) throws {
        self.screen = screen
        self.calls = calls
        self.environment = environment
        self.client = client
        self.state = state
        self.themes = themes
        inbox = try Inbox()
        schedule = DrawSchedule(at: .now)
    }

    /// Runs until the person, the system or the terminal ends it.
    mutating func run() {
        state.resize(to: screen.size)
        let first = state.firstRequests
        perform(first)
        let inbox = inbox
        let feed = client.follow { inbox.put(.news($0)) }
        defer { feed.stop() }
        while !isOver {
            let came = wait()
            if came.signals || schedule.isResizing { takeSignals() }
            if came.keys || screen.expectsKeys { takeKeys() }
            feed.rest(!state.isFocused)
            if came.inbox { takeInbox() }
            tick()
            drawIfDue()
        }
        sayFarewell()
    }

    /// Colleagues need not wait a minute to learn that nobody sits here any more; a desk that is away is not waited for.
    private mutating func sayFarewell() {
        guard let farewell = state.farewell() else { return }
        perform([farewell])
        let deadline = Monotonic.now + .milliseconds(200)
        while true {
            let left = (deadline - .now).wholeMilliseconds
            guard left > 0 else { return }
            var watched = pollfd(fd: inbox.descriptor, events: Int16(POLLIN), revents: 0)
            _ = unsafe poll(&watched, 1, Int32(left))
            for case .answer(farewell, _) in inbox.take() { return }
        }
    }

    /// What has to be looked at.
    private struct Arrivals {
        var keys = true
        var signals = true
        var inbox = true
    }

    /// Sleeps until something comes or the next deadline.
    private func wait() -> Arrivals {
        var watched = [
            pollfd(fd: screen.inputDescriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: screen.signalDescriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: inbox.descriptor, events: Int16(POLLIN), revents: 0),
        ]
        let milliseconds = schedule.millisecondsUntilNext(from: .now)
        // After an interrupted poll everything is looked at.
        guard unsafe poll(&watched, nfds_t(watched.count), milliseconds) >= 0 else { return Arrivals() }
        if !state.isFocused, watched[2].revents != 0 {
            // Nobody looks, and news come many at a time: whoever waits a moment takes them together.
            guard unsafe poll(&watched, nfds_t(watched.count - 1), ConsoleLoop.unseenGathering) >= 0 else {
                return Arrivals()
            }
        }
        return Arrivals(
            keys: watched[0].revents != 0, signals: watched[1].revents != 0, inbox: watched[2].revents != 0)
    }

    /// Milliseconds for which news are gathered while the window is not in front.
    private static let unseenGathering: Int32 = 50

    private mutating func takeSignals() {
        for signal in screen.takeSignals() {
            switch signal {
            case .resized: schedule.resized(at: .now)
            case .exitWanted: isOver = true
            case .stopWanted: suspend()
            case .continued: resize()
            }
        }
        if schedule.takeResize(at: .now) { resize() }
    }

    private mutating func takeKeys() {
        for key in screen.nextKeys() {
            perform(state.press(key, at: .now))
            // A window that goes to the back needs no frame for it.
            if key != .focusOut { schedule.wantsFrameNow(at: .now) }
        }
        schedule.isFocused = state.isFocused
        if screen.isInputClosed { isOver = true }
    }

    private mutating func takeInbox() {
        var isAnswered = false
        for item in inbox.take() {
            switch item {
            case .news(let news): perform(state.take(news, at: .now))
            case .answer(let request, let answer):
                unanswered -= 1
                isAnswered = true
                perform(state.answered(request, answer, at: .now))
            }
            schedule.wantsFrameSoon(at: .now)
        }
        if isAnswered, unanswered == 0 { schedule.everythingCame(at: .now) }
    }

    private mutating func tick() {
        if let cost = meter.measure(at: .now) { state.measured(cost) }
        if schedule.takeTick(at: .now) {
            perform(state.tick(at: .now))
            schedule.wantsFrameSoon(at: .now)
        }
        schedule.wantsTick(in: state.nextTick - .now, at: .now)
    }

    private mutating func drawIfDue() {
        guard schedule.takeFrame(at: .now) else { return }
        perform(state.settle())
        screen.show(state.view(screen.size))
    }

    private mutating func perform(_ requests: [DeskRequest]) {
        for request in requests {
            guard !request.isForTerminal else {
                performAtTerminal(request)
                continue
            }
            unanswered += 1
            let client = client
            let inbox = inbox
            Task(executorPreference: client.taskExecutor) {
                inbox.put(.answer(request, await request.perform(on: client)))
            }
        }
    }

    private mutating func performAtTerminal(_ request: DeskRequest) {
        switch request {
        case .quit: isOver = true
        case .suspend: suspend()
        case .redraw:
            screen.redrawAll()
            schedule.wantsFrameNow(at: .now)
        case .call(let text): screen.signal(Calls.sequence(for: text, calls))
        case .copy(let text): copy(text)
        case .save(let text): save(text)
        case .edit(let text): edit(text)
        case .toggleMouse: toggleMouse()
        case .readThemes:
            state.offer(themes.read(), configuration: themes.configuration)
            schedule.wantsFrameNow(at: .now)
        case .wear(let theme):
            screen.theme = theme
            schedule.wantsFrameNow(at: .now)
        default: break
        }
    }

    private mutating func copy(_ text: SafeText) {
        if let sequence = Clipboard.sequence(for: text, environment: environment) {
            screen.signal(sequence)
            state.tell("\(text.text.utf8.count) bytes sent to the terminal's clipboard; Y writes a file instead.")
        } else {
            state.tell(
                "Too long for a terminal's clipboard (\(text.text.utf8.count) bytes); Y writes a file.", isProblem: true
            )
        }
        schedule.wantsFrameNow(at: .now)
    }

    private mutating func save(_ text: SafeText) {
        do {
            let path = try Clipboard.save(text, at: .now, environment: environment)
            state.tell("Written to \(SafeText(untrusted: path)).")
        } catch {
            tell(error)
        }
        schedule.wantsFrameNow(at: .now)
    }

    /// The desk goes on meanwhile; what it tells is taken when the person is back.
    private mutating func edit(_ text: SafeText) {
        let editor = DraftEditor(environment: environment)
        var outcome: Result<String, any Error> = .success("")
        screen.lend { outcome = Result { try editor.edit(text, at: .now) } }
        resize()
        switch outcome {
        case .success(let edited): perform(state.edited(edited, at: .now))
        case .failure(let error): tell(error)
        }
    }

    private mutating func tell(_ error: any Error) {
        let words = (error as? Failure).map { String($0.message.drop { $0 != " " }.dropFirst()) } ?? "\(error)"
        state.tell(SafeText(untrusted: words, limit: 200).oneLine, isProblem: true)
    }

    private mutating func toggleMouse() {
        screen.hasMouse.toggle()
        state.tell(
            screen.hasMouse
                ? "The mouse is the console's; selecting text takes Shift. M gives it back."
                : "The mouse is the terminal's again.")
        schedule.wantsFrameNow(at: .now)
    }

    private mutating func suspend() {
        screen.suspend()
        resize()
    }

    private mutating func resize() {
        screen.resize()
        state.resize(to: screen.size)
        schedule.wantsFrameNow(at: .now)
    }
}
