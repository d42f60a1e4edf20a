import CLinux
import Glibc
import NcursesScreen
import Terminal

/// Both ends of a pseudo-terminal: a screen opens one, the test reads and types at the other.
final class PseudoTerminal {
    private(set) var controller: Int32
    let terminal: Int32

    init(columns: Int = 80, rows: Int = 24) throws {
        var controller: Int32 = -1
        var terminal: Int32 = -1
        guard wd_open_pty(&controller, &terminal, Int32(columns), Int32(rows)) == 0 else { throw Refused() }
        _ = fcntl(controller, F_SETFL, O_NONBLOCK)
        self.controller = controller
        self.terminal = terminal
    }

    deinit {
        hangUp()
        close(terminal)
    }

    /// Closes the end at which the person sits.
    func hangUp() {
        if controller >= 0 { close(controller) }
        controller = -1
    }

    struct Refused: Error {}

    /// The path under which another process can open the terminal.
    var path: String {
        var name = [CChar](repeating: 0, count: 128)
        guard ttyname_r(terminal, &name, name.count) == 0 else { return "" }
        return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    func open(
        _ environment: [String: String] = [:], change: (inout Screen.Options) -> Void = { _ in }
    ) throws -> Screen {
        var options = Screen.Options()
        options.input = terminal
        options.output = terminal
        options.catchesSignals = false
        options.holdsErrors = false
        change(&options)
        let usual = ["TERM": "xterm-256color", "LC_ALL": "C.UTF-8"]
        return try Screen.open(options, environment: usual.merging(environment) { $1 })
    }

    /// Everything that has been written by now; what a process has written is there at once.
    func output() -> [UInt8] {
        var sum: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(controller, &buffer, buffer.count)
            guard count > 0 else { return sum }
            sum += buffer[..<count]
        }
    }

    /// Waits until this many bytes have come, at most five seconds.
    func output(atLeast wanted: Int) -> [UInt8] {
        var sum: [UInt8] = []
        for _ in 0..<500 where sum.count < wanted {
            sum += output()
            guard sum.count < wanted else { break }
            var ready = pollfd(fd: controller, events: Int16(POLLIN), revents: 0)
            poll(&ready, 1, 10)
        }
        return sum
    }

    func type(_ text: String) {
        let bytes = Array(text.utf8)
        _ = write(controller, bytes, bytes.count)
    }

    func resize(columns: Int, rows: Int) {
        var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(controller, UInt(TIOCSWINSZ), &size)
    }

    var modes: [UInt32] {
        var modes = termios()
        tcgetattr(terminal, &modes)
        return [modes.c_iflag, modes.c_oflag, modes.c_cflag, modes.c_lflag]
    }
}
