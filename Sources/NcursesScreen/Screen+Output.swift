internal import CLinux
internal import CNcurses
internal import Terminal

extension Screen {
    static func terminalSize(_ descriptor: Int32) -> Size? {
        var columns: Int32 = 0
        var rows: Int32 = 0
        guard unsafe wd_terminal_size(descriptor, &columns, &rows) == 0 else { return nil }
        return Size(columns: Int(columns), rows: Int(rows))
    }

    /// Hands the changed cells of a row to ncurses.
    func put(_ change: RowChange, of frame: Frame) {
        let row = frame.row(change.row)
        let columns = change.columns.clamped(to: 0..<size.columns)
        var sent: [wd_glyph] = []
        sent.reserveCapacity(columns.count)
        // What is blank at the beginning goes on from there.
        if columns.lowerBound > 0 { _ = palette.ink(for: glyphs.shown(row[row.startIndex + columns.lowerBound - 1])) }
        for column in columns {
            let cell = glyphs.shown(row[row.startIndex + column])
            guard !cell.isContinuation else { continue }
            let next = row.startIndex + column + 1
            let isWide = next < row.endIndex && glyphs.shown(row[next]).isContinuation
            let ink = palette.ink(for: cell)
            sent.append(
                wd_glyph(
                    marks: cell.marks, glyph: cell.glyph, pair: ink.pair, attributes: ink.attributes,
                    columns: isWide ? 2 : 1))
        }
        unsafe wd_curses_row(Int32(change.row), Int32(columns.lowerBound), sent, Int32(sent.count))
    }

    /// Sends what ncurses has to say as one write; nothing when it has nothing.
    func flush(_ update: (inout UnsafePointer<CChar>?) -> Int) -> Int {
        let bytes = palette.direct.rewritten(unsafe Screen.taken(update))
        guard !bytes.isEmpty else { return 0 }
        guard modes.isModern else { return send(bytes) }
        return send(Array("\u{1B}[?2026h".utf8) + bytes + Array("\u{1B}[?2026l".utf8))
    }

    /// Leaves the screen: everything back as it was, in one write.
    func leave() {
        let bytes = unsafe Screen.taken { unsafe wd_curses_leave(&$0) }
        send(bytes + Array(modes.leave.utf8))
        wd_modes_leave()
        if options.holdsErrors { wd_errors_release() }
    }

    /// Takes the terminal again after a stop, whatever the shell did with it.
    func reenter() {
        // ncurses must believe that it left, or it would not switch to its screen again.
        _ = unsafe Screen.taken { unsafe wd_curses_leave(&$0) }
        wd_modes_enter(options.input)
        send(Array(modes.enter.utf8))
        if modes.isModern { send(Array((hasMouse ? TerminalModes.mouseOn : TerminalModes.mouseOff).utf8)) }
        resize()
    }

    /// A terminal that takes nothing any more has gone.
    @discardableResult
    func send(_ bytes: [UInt8]) -> Int {
        guard !bytes.isEmpty else { return 0 }
        guard unsafe wd_write_all(options.output, bytes, bytes.count) == 0 else {
            isInputClosed = true
            return 0
        }
        bytesWritten += bytes.count
        return bytes.count
    }

    private static func taken(_ update: (inout UnsafePointer<CChar>?) -> Int) -> [UInt8] {
        var pointer: UnsafePointer<CChar>?
        let count = unsafe update(&pointer)
        guard count > 0, let pointer = unsafe pointer else { return [] }
        return unsafe Array(UnsafeRawBufferPointer(start: pointer, count: count))
    }
}
