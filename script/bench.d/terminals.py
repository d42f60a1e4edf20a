"""Opens the console on terminals that are small, old, unknown or without colour. Usage: terminals.py COMMAND…

On each it must draw something within three seconds, or end by itself with a line that says why; without colours under
NO_COLOR, without anything but ASCII where the locale has no UTF-8, and without invalid UTF-8 anywhere.
"""
import fcntl, os, pty, re, select, signal, struct, sys, termios, time

plain = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8"}
cases = [
    ("80x24", 80, 24, {}), ("NO_COLOR", 80, 24, {"NO_COLOR": "1"}), ("linux", 80, 24, {"TERM": "linux"}),
    ("vt100", 80, 24, {"TERM": "vt100"}), ("dumb", 80, 24, {"TERM": "dumb"}), ("no TERM", 80, 24, {"TERM": ""}),
    ("unknown", 80, 24, {"TERM": "nosuchterm"}), ("LC_ALL=C", 80, 24, {"LC_ALL": "C"}),
    ("POSIX vt100", 80, 24, {"LC_ALL": "POSIX", "TERM": "vt100"}), ("60x20", 60, 20, {}), ("40x10", 40, 10, {}),
    ("20x5", 20, 5, {}), ("1x1", 1, 1, {}), ("resize storm", 120, 40, {}), ("300x100", 300, 100, {}),
]
colour = re.compile(rb"\x1b\[[\d;:]*?(?<!\d)(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])[\d;:]*m")


def size(descriptor, columns, rows):
    fcntl.ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def look(name, columns, rows, changes):
    controller, terminal = pty.openpty()
    size(terminal, columns, rows)
    pid = os.fork()
    if pid == 0:
        os.setsid()
        fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
        for descriptor in 0, 1, 2:
            os.dup2(terminal, descriptor)
        os.closerange(3, 64)
        os.execvpe(sys.argv[1], sys.argv[1:], os.environ | plain | changes)
    os.close(terminal)
    drawn, end, storm = b"", time.monotonic() + 3, 0
    while time.monotonic() < end:
        if name == "resize storm":
            storm += 1
            size(controller, *[(120, 40), (10, 3), (200, 60), (1, 1), (80, 24), (40, 100)][storm % 6])
        if select.select([controller], [], [], 0.03)[0]:
            try:
                drawn += os.read(controller, 1 << 17)
            except OSError:
                break
    ended, status = os.waitpid(pid, os.WNOHANG)
    if not ended:
        os.kill(pid, signal.SIGTERM)
        while not ended:
            if select.select([controller], [], [], 0.02)[0]:
                try:
                    os.read(controller, 1 << 17)
                except OSError:
                    pass
            ended, _ = os.waitpid(pid, os.WNOHANG)
        state = "draws"
    else:
        state = f"ends with {os.waitstatus_to_exitcode(status)}"
    os.close(controller)
    faults = []
    if state != "draws" and (b"TERM" not in drawn or os.waitstatus_to_exitcode(status) != 1):
        faults.append("ended: " + drawn.decode("utf-8", "replace")[-200:])
    if not drawn:
        faults.append("shows nothing")
    if "NO_COLOR" in changes and colour.search(drawn):
        faults.append("colour")
    if changes.get("LC_ALL") and any(byte > 127 for byte in drawn):
        faults.append("not ASCII")
    if "\ufffd" in drawn.decode("utf-8", "replace").removesuffix("\ufffd"):
        faults.append("invalid UTF-8")
    print(f"{name:14} {state:14} {len(drawn):7} bytes  {', '.join(faults) or 'good'}", flush=True)
    return not faults


good = sum([look(*case) for case in cases])
print(f"odd terminals: {good} of {len(cases)} good")
sys.exit(good != len(cases))
