"""Torments a console on a pseudo-terminal: fuzz.py FOLDER PORT SECONDS SEED"""
import fcntl, http.client, json, os, pty, random, select, signal, struct, sys, termios, time

folder, port, seconds, seed = sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4])
watchdesk = os.environ["WATCHDESK"]
random.seed(seed)
token = open(folder + "/data/local.token").read().strip()


def ask(method, target, body=None, key=token):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {key}"} if key else {})
    connection.request(method, target, None if body is None else json.dumps(body), headers)
    answer = connection.getresponse()
    text = answer.read()
    return json.loads(text) if text else None


for number in range(30):
    own = ask("POST", "/v1/customers", {"name": f"Customer {number} \u202e\x1b[31m"}, key=None)["token"]
    conversation = ask("POST", "/v1/conversations", {}, key=own)["id"]
    ask("POST", f"/v1/conversations/{conversation}/messages", {"text": "I want to talk to a person. \U0001f469\u200d\U0001f680"}, key=own)

controller, terminal = pty.openpty()
before = termios.tcgetattr(terminal)


def resize(columns, rows):
    fcntl.ioctl(controller, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


resize(120, 40)
environment = os.environ | {"HOME": folder, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "EDITOR": "true"}
pid = os.fork()
if pid == 0:
    os.setsid()
    fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
    for descriptor in 0, 1, 2:
        os.dup2(terminal, descriptor)
    os.closerange(3, 64)
    os.execvpe(watchdesk, [watchdesk, "--data", folder + "/data"], environment)

# Without the keys that leave: q, Ctrl-C, Ctrl-D, Ctrl-Z, Ctrl-backslash.
FATAL = {0x71, 0x51, 3, 4, 0x1A, 0x1C}
SEQUENCES = [b"\x1b[A", b"\x1b[B", b"\x1b[C", b"\x1b[D", b"\x1b[5~", b"\x1b[6~", b"\x1b[H", b"\x1b[F", b"\t", b"\x1b[Z",
             b"\r", b"\x1b", b"\x7f", b"\x1bOP", b"\x1b[15;5~", b"\x1b[200~", b"\x1b[201~", b"\x1b[I", b"\x1b[O",
             b"\x1b[<0;10;10M", b"\x1b[<0;10;10m", b"\x1b[<64;3;3M", b"\x1b[M !!", b"\x1b[999999999999C", b"\x1b[?1;2c",
             b"\x1b]11;rgb:ffff/ffff/ffff\x07", b"\x1b[1;1R", b"\xc3", b"\xf0\x9f", "é".encode(), "👩‍🚀".encode()]
COMMANDS = b"1234567890abcdefghijklmnoprstuvwxyzABCDEFGHIJKLMNOPRSTUVWXYZ:/?+-=_<>[](){}@!~ "


def some():
    kind = random.random()
    if kind < 0.45:
        return bytes([random.choice(COMMANDS)])
    if kind < 0.8:
        return random.choice(SEQUENCES)
    if kind < 0.9:
        whole = random.choice(SEQUENCES)
        return whole[:random.randrange(len(whole)) + 1]
    return bytes(byte for byte in (random.randrange(256) for _ in range(random.randrange(1, 40))) if byte not in FATAL)


def drain(wait):
    while select.select([controller], [], [], wait)[0]:
        if not os.read(controller, 1 << 18):
            break


def check():
    ended, status = os.waitpid(pid, os.WNOHANG)
    if ended:
        sys.exit(f"fuzz: the console ended by itself with status {status} (seed {seed})")


os.set_blocking(controller, False)
end, keys, sizes = time.monotonic() + seconds, 0, 0
blocked_until = 0.0
while time.monotonic() < end:
    check()
    burst = some() if random.random() < 0.9 else b"".join(some() for _ in range(200))
    try:
        os.write(controller, burst)
        keys += 1
    except BlockingIOError:
        time.sleep(0.01)
    if random.random() < 0.02:
        resize(random.choice([1, 2, 20, 40, 79, 80, 120, 200, 300]), random.choice([1, 2, 5, 10, 24, 40, 60, 100]))
        sizes += 1
    if random.random() < 0.0005:
        blocked_until = time.monotonic() + random.choice([1, 3, 10])
    if time.monotonic() >= blocked_until:
        drain(random.choice([0, 0, 0.001, 0.01]))
resize(100, 30)
drain(0.5)
for key in (b"\x1b[201~", b"\x1b", b"\x1b", b"\x1b"):
    os.write(controller, key)
    drain(0.2)
os.write(controller, b"\x0c")
time.sleep(0.5)
check()
if not select.select([controller], [], [], 5)[0]:
    sys.exit(f"fuzz: the console draws nothing any more (seed {seed})")
drain(0.3)
with open(f"/proc/{pid}/status") as file:
    resident = next(line.split()[1] for line in file if line.startswith("VmRSS"))
audit = ask("GET", "/v1/audit?limit=500")["items"]
asked_first = [entry["action"] for entry in audit if entry["action"].startswith(("process.", "key."))]
os.kill(pid, signal.SIGTERM)
status = None
for _ in range(100):
    ended, status = os.waitpid(pid, os.WNOHANG)
    if ended:
        break
    drain(0.05)
else:
    sys.exit(f"fuzz: the console does not end (seed {seed})")
restored = termios.tcgetattr(terminal)[:4] == before[:4]
print(f"fuzz: {seconds:.0f} s, {keys} bursts of keys, {sizes} sizes, seed {seed}: alive, {int(resident) / 1024:.0f} MiB resident, "
      f"terminal {'restored' if restored else 'NOT RESTORED'}, triggered: {sorted(set(asked_first)) or 'nothing that asks first'}")
sys.exit(0 if restored and not asked_first else 1)
