internal import DeskAPI
public import Terminal
public import Vocabulary

extension ConsoleState {
    /// Takes a key.
    ///
    /// Order: what always works, what lies over the pane, the commands of the pane, the text that is written, the
    /// commands of the shell. Pasted text is text everywhere and never keys.
    ///
    /// - Returns: what the desk or the terminal is to do.
    public mutating func press(_ key: Key, at now: Timestamp) -> [DeskRequest] {
        self.now = max(self.now, now)
        if key == .focusIn || key == .focusOut {
            isFocused = key == .focusIn
            return []
        }
        // Whoever presses a key looks, whatever the terminal forgot to say: a multiplexer that is attached elsewhere does.
        isFocused = true
        let wasIdle = isIdle
        let quietSince = pressedAt
        pressedAt = self.now
        let settled = settle() + (wasIdle ? tell([.attended]) : [])
        var turn = makeTurn()
        turn.quietSince = quietSince
        if let command = ShellCommands.always(key) {
            command.perform(&self, &turn)
        } else if overlay != nil {
            pressOverlay(key, &turn)
        } else {
            pressPane(key, &turn)
        }
        return settled + finish(turn) + tellPresence()
    }

    private mutating func pressPane(_ key: Key, _ turn: inout Turn) {
        let pane = Panes.pane(front)
        let mode = pane.mode(self)
        switch key {
        case .paste where mode == .keys:
            turn.say("Pasted text is never a command. Open a text first: i writes, / filters.", .info)
        case .mouse(let event): use(event, &turn)
        default:
            // While the person looks back, the keys of time come first: End leads to now, not to the last row.
            if rewind != nil, run(key, of: PastCommands.all, in: mode, &turn) { return }
            if run(key, of: pane.commands, in: mode, &turn) { return }
            guard mode == .keys else { return pane.write(key, &self, &turn) }
            if run(key, of: ShellCommands.all, in: .keys, &turn) { return }
            explain(key, &turn)
        }
    }

    /// Runs the command of a key, or says why it cannot be done.
    ///
    /// - Returns: whether the key has a meaning.
    private mutating func run(_ key: Key, of commands: [AnyCommand], in mode: Mode, _ turn: inout Turn) -> Bool {
        let command = commands.first { $0.mode == mode && bindings.keys(of: $0).contains(key) && $0.applies(self) }
        guard let command else { return false }
        run(command, &turn)
        return true
    }

    mutating func run(_ command: AnyCommand, _ turn: inout Turn) {
        if let refusal = command.refusal(in: self) {
            turn.say("\(bindings.keyText(of: command)) \(command.title): \(refusal)", .info)
        } else {
            notices.dismissExplanations()
            command.perform(&self, &turn)
        }
    }

    /// A click goes to what is drawn there; the wheel moves the list.
    private mutating func use(_ event: MouseEvent, _ turn: inout Turn) {
        switch event.action {
        case .press(0), .drag(0): break
        default: return turnWheel(event, &turn)
        }
        let body = ConsoleState.body(of: size)
        let place = event.position
        if size.rows >= 4, place.row == size.rows - 1 {
            guard event.action == .press(0),
                let pane = KeyLine(state: self).pane(at: place.column, columns: size.columns)
            else { return }
            return turn.go(to: .pane(pane))
        }
        guard body.contains(place) else { return }
        Panes.pane(front).click(
            Position(column: place.column - body.column, row: place.row - body.row), &self, &turn)
    }

    /// The wheel moves like the arrow keys, three rows at a time.
    private mutating func turnWheel(_ event: MouseEvent, _ turn: inout Turn) {
        let key: Key
        switch event.action {
        case .wheelUp: key = .up
        case .wheelDown: key = .down
        case .press, .release, .drag: return
        }
        let pane = Panes.pane(front)
        for _ in 0..<3 { _ = run(key, of: pane.commands, in: pane.mode(self), &turn) }
    }

    private func explain(_ key: Key, _ turn: inout Turn) {
        guard case .character = key else { return }
        turn.say("\(key.name) does nothing here. ? shows the keys.", .info)
    }
}
