/// Why there is no screen.
public enum ScreenFailure: Error, Equatable, CustomStringConvertible {
    /// Standard input or output is a file or a pipe.
    case notATerminal
    /// Another screen is open in this process.
    case alreadyOpen
    /// Neither this terminal's description nor one of the usual ones could be read.
    case noDescription(terminal: String)
    /// The system refused something that the screen needs.
    case refused(what: String)

    /// What happened and what to do, on one line.
    public var description: String {
        switch self {
        case .notATerminal: "the console needs a terminal; standard input or output is none"
        case .alreadyOpen: "a screen is open in this process already"
        case .noDescription(let terminal):
            "no description of the terminal '\(terminal)' or of xterm and vt100; install the package ncurses-base"
        case .refused(let what): "the system refused \(what)"
        }
    }
}
