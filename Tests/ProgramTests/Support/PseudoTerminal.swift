import CLinux
import Foundation
import Glibc
import NIOConcurrencyHelpers

/// A terminal at which a test sits: it types, resizes, hangs up, and sees every byte that is drawn.
final class PseudoTerminal {
    private var controller: Int32
    private let terminal: Int32
    /// Everything that was drawn until now.
    private(set) var drawn: [UInt8] = []
    private var forgotten = 0

    init(columns: Int = 100, rows: Int = 30) throws {
        var (controller, terminal): (Int32, Int32) = (-1, -1)
        let isOpen = Descriptors.gate.withLockedValue { _ in
            guard wd_open_pty(&controller, &terminal, Int32(columns), Int32(rows)) == 0 else { return false }
            for descriptor in [controller, terminal] { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
            return true
        }
        guard isOpen else { throw NothingCame(description: "no pseudo-terminal left") }
        _ = fcntl(controller, F_SETFL, O_NONBLOCK)
        (self.controller, self.terminal) = (controller, terminal)
    }

    deinit {
        hangUp()
        close(terminal)
    }

    /// The path under which a program opens it.
    var path: String {
        var name = [CChar](repeating: 0, count: 128)
        guard ttyname_r(terminal, &name, name.count) == 0 else { return "" }
        return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Closes the window.
    func hangUp() {
        if controller >= 0 { close(controller) }
        controller = -1
    }

    func type(_ text: String) {
        type(Array(text.utf8))
    }

    /// Types all bytes; what the program draws meanwhile is read, so that neither waits for the other.
    func type(_ bytes: [UInt8]) {
        var rest = bytes[...]
        let deadline = Deadline()
        while !rest.isEmpty, !deadline.isOver {
            let count = rest.withUnsafeBytes { write(controller, $0.baseAddress, min($0.count, 512)) }
            if count > 0 { rest = rest.dropFirst(count) }
            takeWhatIsDrawn()
            if count <= 0 {
                var ready = pollfd(fd: controller, events: Int16(POLLIN | POLLOUT), revents: 0)
                poll(&ready, 1, 20)
            }
        }
    }

    func resize(columns: Int, rows: Int) {
        var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(controller, UInt(TIOCSWINSZ), &size)
    }

    /// The terminal's modes, for a comparison before and after.
    var modes: [UInt32] {
        var modes = termios()
        tcgetattr(terminal, &modes)
        return [modes.c_iflag, modes.c_oflag, modes.c_cflag, modes.c_lflag]
    }

    /// Reads without waiting.
    func takeWhatIsDrawn() {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while controller >= 0 {
            let count = read(controller, &buffer, buffer.count)
            guard count > 0 else { return }
            drawn += buffer[..<count]
        }
    }

    /// Looks away from what was drawn, so that the next wait sees only what is new.
    func forget() {
        takeWhatIsDrawn()
        forgotten = drawn.count
    }

    /// What was drawn since the last ``forget()``.
    var news: ArraySlice<UInt8> { drawn[forgotten...] }

    /// Waits until this text is drawn; escape sequences in between do not count.
    func see(_ text: String, within patience: Duration = Deadline.usual) throws {
        try wait("\"\(text)\" on the terminal", within: patience) { plainText.contains(text) }
    }

    /// Waits until something holds about what was drawn.
    func wait(_ what: String, within patience: Duration = Deadline.usual, until holds: () -> Bool) throws {
        let deadline = Deadline(patience)
        while true {
            takeWhatIsDrawn()
            if holds() { return }
            guard !deadline.isOver else {
                throw NothingCame(description: "waiting for \(what); drawn: \(plainText.suffix(4000))")
            }
            var ready = pollfd(fd: controller, events: Int16(POLLIN), revents: 0)
            poll(&ready, 1, min(50, deadline.milliseconds))
        }
    }

    /// What was drawn since the last ``forget()``, without escape sequences.
    var plainText: String {
        var text: [UInt8] = []
        var bytes = news
        while let byte = bytes.popFirst() {
            guard byte == 0x1B else {
                text.append(byte)
                continue
            }
            switch bytes.popFirst() {
            case UInt8(ascii: "["): while let next = bytes.popFirst(), !(0x40...0x7E).contains(next) {}
            case UInt8(ascii: "("), UInt8(ascii: ")"): _ = bytes.popFirst()
            default: continue
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The parameters of every sequence that ends in this letter: `31;1` for `ESC [ 31;1 m`.
    func parameters(of final: Character) -> [String] {
        let text = String(decoding: drawn, as: UTF8.self)
        return text.components(between: "\u{1B}[", and: final)
    }

    /// Whether a mode such as `?1049` was switched on and is off again.
    func isSwitchedBack(_ mode: String, on: String = "h", off: String = "l") -> Bool {
        let text = String(decoding: drawn, as: UTF8.self)
        guard let last = text.range(of: "\u{1B}[\(mode)\(on)", options: .backwards) else { return false }
        return text[last.upperBound...].contains("\u{1B}[\(mode)\(off)")
    }
}

/// Terminals are opened and programs started one at a time: a program that got the person's end of another's terminal
/// would keep it from hanging up.
enum Descriptors {
    static let gate = NIOLockedValueBox(())
}
