"""Measures a full-screen program on a pseudo-terminal. Usage: console.py COLUMNSxROWS SECONDS LABEL COMMAND…

Processor time is that of the whole process, from /proc/PID/stat, over SECONDS after ten seconds of warming up. A burst
is output with no pause of 80 ms in it: one frame. The first full frame is the moment at which 95 % of the cells that
show something after four seconds show something.
After three seconds KEYS are pressed, and with UNFOCUSED=1 the terminal says that its window is no longer in front.
"""
import codecs, fcntl, os, pty, re, select, signal, statistics, struct, sys, termios, time

columns, rows = map(int, sys.argv[1].split("x"))
seconds, label, command, warm = float(sys.argv[2]), sys.argv[3], sys.argv[4:], 10.0


class Screen:
    """What a terminal would show, as far as it matters for counting cells."""

    pattern = re.compile(r"\x1b\[([?>=]?[\d;:]*)([@-~])|\x1b[()].|\x1b\].*?(?:\x07|\x1b\\)|\x1b.|([^\x1b])", re.S)

    def __init__(self):
        self.cells, self.x, self.y, self.last, self.rest = {}, 0, 0, " ", ""
        self.decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def feed(self, data):
        text = self.rest + self.decoder.decode(data)
        cut = text.rfind("\x1b")
        self.rest = ""
        if cut >= 0 and len(text) - cut < 40 and not re.match(r"\x1b(\[[?>=]?[\d;:]*[@-~]|[()].|[^\[\]()])", text[cut:]):
            text, self.rest = text[:cut], text[cut:]
        for parameters, final, character in self.pattern.findall(text):
            if final:
                self.control([int(p) if p.isdigit() else 0 for p in re.split("[;:]", parameters.lstrip("?>="))], final)
            elif character == "\r":
                self.x = 0
            elif character == "\n":
                self.y = min(rows - 1, self.y + 1)
            elif character == "\b":
                self.x = max(0, self.x - 1)
            elif character >= " ":
                self.put(character)

    def put(self, character):
        self.last = character
        if character.isspace():
            self.cells.pop((self.x, self.y), None)
        else:
            self.cells[self.x, self.y] = character
        self.x += 1

    def control(self, p, final):
        n = max(1, p[0])
        if final in "Hf":
            self.y, self.x = n - 1, max(1, p[1] if len(p) > 1 else 1) - 1
        elif final == "d":
            self.y = n - 1
        elif final == "G":
            self.x = n - 1
        elif final in "ABCD":
            self.x += {"C": n, "D": -n}.get(final, 0)
            self.y += {"B": n, "A": -n}.get(final, 0)
        elif final == "b":
            for _ in range(n):
                self.put(self.last)
        elif final == "J":
            self.cells = {c: v for c, v in self.cells.items() if p[0] == 0 and (c[1], c[0]) < (self.y, self.x)}
        elif final in "KX":
            low, high = self.x, columns if final == "K" else self.x + n
            if final == "K" and p[0] == 1:
                low, high = 0, self.x + 1
            for x in range(low, high):
                self.cells.pop((x, self.y), None)


def cost(pid):
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


controller, terminal = pty.openpty()
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
environment = os.environ | {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8"}
start, pid = time.monotonic(), os.fork()
if pid == 0:
    os.setsid()
    fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
    for descriptor in 0, 1, 2:
        os.dup2(terminal, descriptor)
    os.closerange(3, 64)
    os.execvpe(command[0], command, environment)
os.close(terminal)
chunks, before = [], None
keys = os.environ.get("KEYS", "").encode() + (b"\x1b[O" if os.environ.get("UNFOCUSED") else b"")
while (now := time.monotonic() - start) < warm + seconds:
    if keys and now >= 3:
        os.write(controller, keys)
        keys = b""
    if before is None and now >= warm:
        before, writes = cost(pid), len(chunks)
    if select.select([controller], [], [], 0.2)[0]:
        try:
            chunks.append((time.monotonic() - start, os.read(controller, 1 << 18)))
        except OSError:
            sys.exit(f"{label} ended by itself")
used = cost(pid) - before
with open(f"/proc/{pid}/status") as file:
    resident = int(re.search(r"VmRSS:\s+(\d+)", file.read()).group(1)) / 1024
os.kill(pid, signal.SIGTERM)
bursts, previous = [], -1.0
for at, data in chunks[writes:]:
    if at - previous > 0.08:
        bursts.append(0)
    bursts[-1] += len(data)
    previous = at
screen, counts = Screen(), []
for at, data in chunks:
    if at > 4:
        break
    screen.feed(data)
    counts.append((at, len(screen.cells)))
full = next(at for at, count in counts if count >= 0.95 * counts[-1][1])
print(f"{label:9} {sys.argv[1]}: {used * 60 / seconds:.2f} CPU s/min, {resident:.1f} MiB resident, "
      f"{statistics.median(bursts or [0]):.0f} bytes a frame ({len(bursts)} frames, largest {max(bursts or [0])}), "
      f"first full frame after {full * 1e3:.0f} ms; load {os.getloadavg()[0]:.1f}")
