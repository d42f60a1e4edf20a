"""Runs the release binary as a person would, on a pseudo-terminal: it must live, draw, and end with status 0.

What the optimizer makes of threads and lifetimes, tests of a debug build cannot show. Usage: live.py BINARY
"""
import fcntl, os, pty, select, signal, struct, sys, tempfile, termios, time

binary, seconds = sys.argv[1], 6.0
with tempfile.TemporaryDirectory() as folder:
    child, terminal = pty.fork()
    if child == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 45, 160, 0, 0))
        os.environ.update(HOME=folder, XDG_CONFIG_HOME=folder, TERM="xterm-256color", LANG="C.UTF-8")
        os.execv(binary, [binary, "--data", folder + "/data", "--listen", "127.0.0.1:0"])
    drawn, began, keys = 0, time.monotonic(), [b"2", b"p"]
    while time.monotonic() - began < seconds:
        if keys and time.monotonic() - began > 3 - len(keys):
            os.write(terminal, keys.pop(0))
        if select.select([terminal], [], [], 0.2)[0]:
            try:
                drawn += len(os.read(terminal, 65536))
            except OSError:
                break
    lived = time.monotonic() - began
    os.kill(child, signal.SIGTERM)
    # Its last words must be read, or it waits for room.
    end = time.monotonic() + 10
    status = 0
    while time.monotonic() < end:
        gone, status = os.waitpid(child, os.WNOHANG)
        if gone:
            break
        if select.select([terminal], [], [], 0.1)[0]:
            try:
                os.read(terminal, 65536)
            except OSError:
                pass
    else:
        os.kill(child, signal.SIGKILL)
        sys.exit("the release binary did not end within ten seconds of TERM")
code = os.waitstatus_to_exitcode(status)
if lived < seconds or code != 0 or drawn < 1000:
    sys.exit(f"the release binary lived {lived:.1f} of {seconds} s, drew {drawn} bytes, and ended with {code}")
print(f"the release binary drew {drawn} bytes in {lived:.1f} s and ended when it was told to")
