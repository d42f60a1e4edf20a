"""How long alerts take to reach another console. Usage: alert-latency.py ROUNDS

Sends samples of a host that cross a rule without `for`, and acknowledges alerts; measures until the event arrives on
another WebSocket connection in the room `alerts`.
"""
import base64, http.client, json, os, re, shutil, signal, socket, struct, subprocess, sys, tempfile, time

program, rounds, folder = os.environ["WATCHDESK"], int(sys.argv[1]), tempfile.mkdtemp()
os.makedirs(f"{folder}/.config/watchdesk")
with open(f"{folder}/.config/watchdesk/alerts.yaml", "w") as file:
    file.write("starter: false\nrules:\n  - {name: crossed, metric: load.1, above: 1000}\n")
process = subprocess.Popen(
    [program, "serve", "--listen", "127.0.0.1:0", "--data", f"{folder}/data"], stdout=subprocess.PIPE, text=True,
    env={k: v for k, v in os.environ.items() if k != "XDG_CONFIG_HOME"} | {"HOME": folder})
port = int(re.search(r":(\d+),", process.stdout.readline()).group(1))
with open(f"{folder}/data/local.token") as file:
    token = file.read().strip()


class Watcher:
    """Another console, as far as alerts matter."""

    def __init__(self):
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.sendall(
            (f"GET /v1/realtime HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
             f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}\r\nSec-WebSocket-Version: 13\r\n"
             f"Authorization: Bearer {token}\r\n\r\n").encode())
        self.rest = b""
        while b"\r\n\r\n" not in self.rest:
            self.rest += self.socket.recv(65536)
        self.rest = self.rest.split(b"\r\n\r\n", 1)[1]
        body = b'{"id":1,"op":"join","data":{"room":"alerts"}}'
        mask = os.urandom(4)
        self.socket.sendall(
            bytes([0x81, 0x80 | len(body)]) + mask + bytes(b ^ mask[i % 4] for i, b in enumerate(body)))

    def take(self, count):
        while len(self.rest) < count:
            self.rest += self.socket.recv(65536)
        piece, self.rest = self.rest[:count], self.rest[count:]
        return piece

    def frames(self):
        while True:
            first, length = self.take(2)
            length &= 0x7F
            if length == 126:
                length = struct.unpack(">H", self.take(2))[0]
            elif length == 127:
                length = struct.unpack(">Q", self.take(8))[0]
            payload = self.take(length)
            if first & 0xF == 1:
                yield json.loads(payload)

    def wait(self, holds):
        self.socket.settimeout(10)
        for frame in self.frames():
            if frame.get("event") == "alert" and holds(frame["data"]):
                return time.monotonic()


connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)


def ask(method, path, body):
    connection.request(
        method, path, json.dumps(body), {"Content-Type": "application/json", "Authorization": f"Bearer {token}"})
    response = connection.getresponse()
    answer = json.loads(response.read() or b"{}")
    assert response.status in (200, 201), (response.status, answer)
    return answer


def percentiles(name, times):
    times.sort()
    print(
        f"alert-latency: {name}: median {times[len(times) // 2] * 1000:.1f} ms, "
        f"p99 {times[len(times) * 99 // 100] * 1000:.1f} ms, at most {times[-1] * 1000:.1f} ms of {len(times)}")


watcher, crossed, acknowledged = Watcher(), [], []
for number in range(rounds):
    body = {"names": ["load.1"], "units": ["count"], "rows": [{"at": str(int(time.time())), "values": [2000.0]}]}
    began = time.monotonic()
    ask("POST", f"/v1/hosts/bench-{number}/samples", body)
    crossed.append(
        watcher.wait(lambda seen: seen["condition"] == "firing" and seen["host"] == f"bench-{number}") - began)
for number in range(rounds):
    alert = ask("POST", "/v1/alerts", {"name": f"event-{number}", "summary": "measured"})
    watcher.wait(lambda seen: seen["id"] == alert["id"] and seen["condition"] == "firing")
    began = time.monotonic()
    ask("POST", f"/v1/alerts/{alert['id']}/acknowledge", {"note": "mine"})
    acknowledged.append(watcher.wait(lambda seen: seen["id"] == alert["id"] and "acknowledged_by" in seen) - began)
percentiles("from the sample that crosses to another console", crossed)
percentiles("from an acknowledgment to another console", acknowledged)
process.send_signal(signal.SIGTERM)
process.wait()
shutil.rmtree(folder, ignore_errors=True)
