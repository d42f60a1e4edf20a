internal import CCurl
internal import NIOConcurrencyHelpers

/// What others ask of the worker thread; they add to a list and ring.
final class Mailbox: Sendable {
    enum Command {
        case start(Exchange)
        case resume(Exchange)
        case remove(Exchange)
        case recheck
        case stop
    }

    private struct Contents {
        var commands: [Command] = []
        var isOpen = true
    }

    let engine: wd_engine
    private let contents = NIOLockedValueBox(Contents())

    init(engine: wd_engine) {
        self.engine = engine
    }

    /// Adds a command and wakes the worker; `false` when it has stopped.
    @discardableResult
    func post(_ command: Command) -> Bool {
        contents.withLockedValue { contents in
            guard contents.isOpen else { return false }
            contents.commands.append(command)
            // Rung under the lock: the worker frees the engine only after it has closed the mailbox.
            if contents.commands.count == 1 { wd_engine_ring(engine) }
            return true
        }
    }

    /// Takes all commands in order.
    func take() -> [Command] {
        contents.withLockedValue { contents in
            defer { contents.commands = [] }
            return contents.commands
        }
    }

    /// Refuses commands from now on and takes those that still waited.
    func close() -> [Command] {
        contents.withLockedValue { contents in
            contents.isOpen = false
            defer { contents.commands = [] }
            return contents.commands
        }
    }
}
