internal import CLinux
internal import CNcurses
public import Terminal

/// The terminal, which shows frames and yields keys; one in a process, used from one thread.
///
/// ncurses works out the difference and writes it into a memory file; what it wrote leaves in one write, inside of the
/// marks of synchronized output where the terminal knows them, so that no half frame is ever seen.
public final class Screen {
    /// The size of the terminal as last asked.
    public private(set) var size: Size
    /// The colours that it shows.
    public let depth: ColourDepth
    /// The glyphs that it shows.
    public let glyphs: GlyphSet
    /// Whether the keyboard has gone: the terminal hung up, or its input ended.
    public internal(set) var isInputClosed = false
    /// The bytes sent since the screen was opened.
    public internal(set) var bytesWritten = 0
    /// The colours of the roles; another theme repaints.
    public var theme: Theme {
        didSet {
            guard theme != oldValue else { return }
            palette = Palette(theme: theme, depth: depth)
            redrawAll()
        }
    }

    /// Whether clicks and the wheel come as keys; then the terminal selects text only with Shift.
    public var hasMouse: Bool {
        didSet {
            guard hasMouse != oldValue, modes.isModern else { return }
            send(Array((hasMouse ? TerminalModes.mouseOn : TerminalModes.mouseOff).utf8))
        }
    }

    let options: Options
    var decoder = KeyDecoder()
    var lastPasteByte: Int64 = 0
    let modes: TerminalModes
    let files: Files
    var palette: Palette
    var shown: Frame?
    private var isOpen = true

    /// Opens the terminal: saves its modes, catches signals, sends nothing but what switches modes.
    ///
    /// - Parameters:
    ///   - options: which descriptors to use and what to catch.
    ///   - environment: the process's environment (`TERM`, `NO_COLOR`, the locale).
    ///   - theme: the colours of the roles.
    public static func open(
        _ options: Options = Options(), environment: [String: String], theme: Theme = .dark
    ) throws(ScreenFailure) -> Screen {
        guard wd_curses_is_open() == 0 else { throw .alreadyOpen }
        guard let size = terminalSize(options.output) ?? terminalSize(options.input) else { throw .notATerminal }
        let surroundings = Surroundings(environment: environment)
        let glyphs = surroundings.chooseLocale(options.glyphs)
        let files = try Files()
        let isKnown = surroundings.terminals.contains { name in
            unsafe wd_curses_open(name, files.memory, surroundings.isColourless ? 0 : 1) == 0
        }
        guard isKnown else {
            files.close()
            throw .noDescription(terminal: surroundings.terminals.first ?? "")
        }
        guard wd_modes_enter(options.input) == 0 else {
            wd_curses_close()
            files.close()
            throw .notATerminal
        }
        let depth = surroundings.depth(
            colours: Int(wd_curses_colours()), setForeground: TerminalModes.capability("setaf"))
        return Screen(
            options, size: size, depth: depth, glyphs: glyphs, theme: theme, files: files)
    }

    private init(
        _ options: Options, size: Size, depth: ColourDepth, glyphs: GlyphSet, theme: Theme, files: Files
    ) {
        self.options = options
        self.size = size
        self.depth = depth
        self.glyphs = glyphs
        self.theme = theme
        self.files = files
        hasMouse = options.hasMouse
        modes = TerminalModes(hasMouse: options.hasMouse)
        palette = Palette(theme: theme, depth: depth)
        wd_curses_resize(Int32(size.columns), Int32(size.rows))
        if options.catchesSignals {
            unsafe wd_signals_catch(options.output, files.ring, modes.restore)
        }
        if options.holdsErrors { wd_errors_hold(files.errors) }
        send(Array(modes.enter.utf8))
    }

    deinit {
        close()
    }

    /// Readable when keys may have come.
    public var inputDescriptor: Int32 { options.input }

    /// Readable when `takeSignals` has something.
    public var signalDescriptor: Int32 { files.ring }

    /// Shows a frame by sending what differs from the last one in one write; nothing when nothing changed.
    ///
    /// - Returns: the bytes that were sent.
    @discardableResult
    public func show(_ frame: Frame) -> Int {
        guard isOpen else { return 0 }
        let changes = shown.map(frame.changes) ?? frame.changes(from: Frame(Size(columns: 0, rows: 0)))
        guard !changes.isEmpty || shown?.cursor != frame.cursor else { return 0 }
        for change in changes where change.row < size.rows { put(change, of: frame) }
        let cursor = frame.cursor.flatMap { Rect(size).contains($0) ? $0 : nil }
        shown = frame
        return unsafe flush { unsafe wd_curses_update(Int32(cursor?.column ?? -1), Int32(cursor?.row ?? 0), &$0) }
    }

    /// Sends a sequence that shows nothing, such as the bell or one for the clipboard; a terminal without private modes
    /// gets none but the bell.
    public func signal(_ sequence: String) {
        guard isOpen, modes.isModern || sequence == "\u{7}" else { return }
        send(Array(sequence.utf8))
    }

    /// Makes the next frame repaint everything, whatever the terminal shows now.
    public func redrawAll() {
        guard isOpen else { return }
        shown = nil
        wd_curses_repaint()
    }

    /// Asks the terminal for its size and takes it; the next frame repaints everything.
    public func resize() {
        guard isOpen, let now = Screen.terminalSize(options.output) ?? Screen.terminalSize(options.input) else {
            return
        }
        size = now
        wd_curses_resize(Int32(size.columns), Int32(size.rows))
        shown = nil
    }

    /// What the system wants, each at most once; call it when `signalDescriptor` is readable.
    public func takeSignals() -> [Signal] {
        _ = wd_eventfd_drain(files.ring)
        let flags = wd_signals_take()
        var signals: [Signal] = []
        if flags & Int32(WD_CONTINUED) != 0 {
            reenter()
            signals.append(.continued)
        }
        if flags & Int32(WD_RESIZED) != 0 { signals.append(.resized) }
        if flags & Int32(WD_STOP_WANTED) != 0 { signals.append(.stopWanted) }
        if flags & Int32(WD_EXIT_WANTED) != 0 { signals.append(.exitWanted) }
        return signals
    }

    /// Gives the terminal back and stops the program, as Ctrl-Z does everywhere; returns when it goes on.
    public func suspend() {
        guard isOpen else { return }
        leave()
        wd_stop_group()
        if options.holdsErrors { wd_errors_hold(files.errors) }
        reenter()
    }

    /// Gives the terminal to another program for as long as the body runs; the next frame repaints everything.
    public func lend(_ body: () -> Void) {
        guard isOpen else { return body() }
        leave()
        body()
        if options.holdsErrors { wd_errors_hold(files.errors) }
        reenter()
    }

    /// Gives the terminal back as it was and shows what was written to standard error; more calls do nothing.
    public func close() {
        guard isOpen else { return }
        leave()
        isOpen = false
        if options.catchesSignals { wd_signals_release() }
        wd_curses_close()
        files.close()
    }
}
