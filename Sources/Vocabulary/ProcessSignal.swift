/// A signal that people send to a process.
public enum ProcessSignal: String, CaseIterable, Sendable {
    /// Asks it to end.
    case terminate = "TERM"
    /// Ends it at once.
    case kill = "KILL"
    /// Tells it that its terminal went away; many servers read their settings again.
    case hangUp = "HUP"
    /// What Ctrl-C sends.
    case interrupt = "INT"
    /// Halts it.
    case stop = "STOP"
    /// Lets it go on.
    case proceed = "CONT"
    /// Means what the program makes of it.
    case user1 = "USR1"
    /// Means what the program makes of it.
    case user2 = "USR2"
}
