"""Presses keys in a console on a pseudo-terminal and times the first output after each: keys.py FOLDER KEYS

The console runs in a process of its own, attached to a gateway whose language model streams a hundred tokens a second
into a conversation. Keys move the cursor of a list in another pane, so that output right after a key is the key's.
"""
import fcntl, http.server, json, os, pty, re, select, signal, statistics, struct, subprocess, sys, termios, threading, time
import http.client

folder, count = sys.argv[1], int(sys.argv[2])
watchdesk = os.environ["WATCHDESK"]
ROWS = 10_000


class Model(http.server.BaseHTTPRequestHandler):
    """An OpenAI-shaped upstream: a thousand tokens, ten milliseconds apart."""

    protocol_version = "HTTP/1.1"
    tokens = 0

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        due = time.monotonic()
        try:
            for _ in range(1000):
                self.wfile.write(b'data: {"choices":[{"index":0,"delta":{"content":" word"},"finish_reason":null}]}\n\n')
                Model.tokens += 1
                due += 0.01
                time.sleep(max(0, due - time.monotonic()))
            self.wfile.write(b'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n')
        except OSError:
            pass
        self.close_connection = True

    def log_message(self, *_):
        pass


upstream = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Model)
threading.Thread(target=upstream.serve_forever, daemon=True).start()

environment = os.environ | {
    "HOME": folder, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8",
    "WATCHDESK_ASSISTANT_URL": f"http://127.0.0.1:{upstream.server_address[1]}/v1",
    "WATCHDESK_ASSISTANT_MODEL": "bench",
}
log = open(folder + "/serve.log", "w+")
server = subprocess.Popen(
    [watchdesk, "serve", "--listen", "127.0.0.1:0", "--data", folder + "/data"], stdout=log, stderr=log, env=environment)
port = None
for _ in range(400):
    found = re.search(r"listens on http://127\.0\.0\.1:(\d+)", open(folder + "/serve.log").read())
    if found:
        port = int(found.group(1))
        break
    time.sleep(0.05)
if port is None:
    sys.exit("keys: the gateway did not start: " + open(folder + "/serve.log").read())
with open(folder + "/data/local.token") as file:
    token = file.read().strip()


def ask(method, target, body=None, key=token):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Content-Type": "application/json"}
    if key:
        headers["Authorization"] = f"Bearer {key}"
    connection.request(method, target, None if body is None else json.dumps(body), headers)
    answer = connection.getresponse()
    text = answer.read()
    if answer.status >= 300:
        sys.exit(f"keys: {method} {target} answered {answer.status}: {text[:300]}")
    return json.loads(text) if text else None


stopping = False


def customer():
    """Asks again as soon as an answer is complete."""
    own = ask("POST", "/v1/customers", {"name": "Stream"}, key=None)["token"]
    conversation = ask("POST", "/v1/conversations", {}, key=own)["id"]
    before = -1
    while not stopping:
        if Model.tokens == before:
            ask("POST", f"/v1/conversations/{conversation}/messages", {"text": "Tell me everything, please."}, key=own)
        before = Model.tokens
        time.sleep(0.3)


class Console:
    def __init__(self):
        self.controller, terminal = pty.openpty()
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 60, 200, 0, 0))
        self.pid = os.fork()
        if self.pid == 0:
            os.setsid()
            fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
            for descriptor in 0, 1, 2:
                os.dup2(terminal, descriptor)
            os.closerange(3, 64)
            os.execvpe(watchdesk, [watchdesk, "--data", folder + "/data"], environment)
        os.close(terminal)

    def drain(self, quiet, most=5.0):
        """Reads until nothing came for a while."""
        data, end = b"", time.monotonic() + most
        while time.monotonic() < end and select.select([self.controller], [], [], quiet)[0]:
            data += os.read(self.controller, 1 << 18)
        return data

    def press(self, key, settle=0.02):
        """Milliseconds from a key to the first output after it."""
        self.drain(settle, 0.5)
        begin = time.monotonic()
        os.write(self.controller, key)
        if not select.select([self.controller], [], [], 2.0)[0]:
            return 2000.0
        return (time.monotonic() - begin) * 1000


def tell(label, times, unit_limit):
    times = sorted(times)
    p99 = times[min(len(times) - 1, int(len(times) * 0.99))]
    print(f"keys: {label}: median {statistics.median(times):.1f} ms, p99 {p99:.1f} ms, at most {times[-1]:.1f} ms "
          f"of {len(times)} keys (wanted: p99 {unit_limit} ms); load {os.getloadavg()[0]:.1f}")


try:
    now = int(time.time())
    names = [f"disk.sd{number}.read" for number in range(ROWS)]
    for second in (now - 2, now - 1):
        ask("POST", "/v1/hosts/a-large/samples", {
            "names": names, "units": ["bytes_per_second"] * ROWS,
            "rows": [{"at": str(second), "values": [float(n % 977) for n in range(ROWS)]}]})
    thread = threading.Thread(target=customer, daemon=True)
    thread.start()
    console = Console()
    console.drain(1.5, 6)
    begin, tokens = time.monotonic(), Model.tokens
    console.press(b"6")
    console.drain(0.3, 2)
    tell("200x60, a list moves", [console.press(b"\x1b[B" if n % 60 < 30 else b"\x1b[A") for n in range(count)], 10)
    print(f"keys: meanwhile {(Model.tokens - tokens) / (time.monotonic() - begin):.0f} tokens a second")
    console.press(b"\t")
    console.drain(0.3, 2)
    os.write(console.controller, b"\x1b[B")
    if str(ROWS).encode() not in console.drain(1.0, 3):
        sys.exit("keys: the list of the large host is not on the screen")
    console.press(b"\t")
    console.press(b"/")
    times = []
    for _ in range(20):
        for key in "sd77.re":
            times.append(console.press(key.encode()))
        for _ in range(7):
            times.append(console.press(b"\x7f"))
    tell(f"a filter typed over {ROWS} rows", times, 16)
finally:
    stopping = True
    try:
        os.kill(console.pid, signal.SIGTERM)
    except NameError:
        pass
    server.terminate()
    server.wait()
