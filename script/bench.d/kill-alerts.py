"""Kills `watchdesk serve` while people acknowledge, silence and raise alerts, and looks whether anything is missing.

Usage: kill-alerts.py ROUNDS. What was answered before a kill must be there after the last start: alerts, who has them,
silences, and the entries of the audit trail. A receiver counts what it is told: an alert's beginning and its end must arrive,
and each message once, but for the one that was on its way when the process died, which has the same key.
"""
import collections, http.client, http.server, json, os, random, re, shutil, signal, subprocess, sys, tempfile, threading, time

program, rounds, folder = os.environ["WATCHDESK"], int(sys.argv[1]), tempfile.mkdtemp()
randomness = random.Random(1)
told, keys, lock = collections.defaultdict(set), collections.Counter(), threading.Lock()


class Receiver(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with lock:
            keys[body["key"]] += 1
            for notice in body["notices"]:
                told[notice["alert"]["id"]].add(notice["reason"])
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


class Quiet(http.server.ThreadingHTTPServer):
    def handle_error(self, *_):
        pass  # The gateway was killed while it sent.


receiver = Quiet(("127.0.0.1", 0), Receiver)
threading.Thread(target=receiver.serve_forever, daemon=True).start()
os.makedirs(f"{folder}/.config/watchdesk")
with open(f"{folder}/.config/watchdesk/notify.yaml", "w") as file:
    file.write(f"""receivers:
  - {{name: test, webhook: {{url: "http://127.0.0.1:{receiver.server_port}/"}}}}
route: {{receiver: test, group_by: [rule], group_wait: 0s, group_interval: 1s}}
""")


def ask(port, method, path, body=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token()}"}
    connection.request(method, path, json.dumps(body) if body is not None else None, headers)
    response = connection.getresponse()
    return response.status, json.loads(response.read() or b"{}")


def token():
    with open(f"{folder}/data/local.token") as file:
        return file.read().strip()


def start():
    process = subprocess.Popen(
        [program, "serve", "--listen", "127.0.0.1:0", "--data", f"{folder}/data"], stdout=subprocess.PIPE, text=True,
        env={k: v for k, v in os.environ.items() if k != "XDG_CONFIG_HOME"} | {"HOME": folder})
    return process, int(re.search(r":(\d+),", process.stdout.readline()).group(1))


raised, held, over, silences = {}, {}, set(), set()


def work(port, number, ended):
    mine = []
    try:
        while not ended.is_set():
            name = f"event-{number}-{randomness.getrandbits(40):x}"
            status, alert = ask(port, "POST", "/v1/alerts", {"name": name, "summary": name, "minutes": 10000})
            if status != 201:
                return
            raised[alert["id"]] = name
            mine.append(alert["id"])
            status, alert = ask(port, "POST", f"/v1/alerts/{mine[-1]}/acknowledge", {"note": name, "minutes": 10000})
            if status == 200:
                held[alert["id"]] = name
            if randomness.random() < 0.3:
                status, silence = ask(
                    port, "POST", "/v1/silences", {"matchers": [f"rule={name}"], "comment": name, "minutes": 10000})
                if status == 201:
                    silences.add(silence["id"])
            elif randomness.random() < 0.5:
                status, alert = ask(port, "POST", f"/v1/alerts/{mine[-1]}/resolve", {"note": "done"})
                if status == 200:
                    over.add(alert["id"])
    except (OSError, http.client.HTTPException, ValueError):
        pass  # The gateway is gone.


process, port = start()
for _ in range(rounds):
    ended = threading.Event()
    threads = [threading.Thread(target=work, args=(port, number, ended)) for number in range(4)]
    for thread in threads:
        thread.start()
    time.sleep(randomness.uniform(0.05, 0.6))
    process.send_signal(signal.SIGKILL)
    process.wait()
    ended.set()
    for thread in threads:
        thread.join()
    process, port = start()

problems = []
for identity, name in list(raised.items()):
    status, history = ask(port, "GET", f"/v1/alerts/{identity}")
    if status != 200 or history["alert"]["rule"] != name:
        problems.append(f"alert {identity} is lost")
        continue
    alert, actions = history["alert"], [entry["action"] for entry in history["audit"]]
    if identity in held and "alert.acknowledge" not in actions:
        problems.append(f"the acknowledgment of alert {identity} is not in the audit")
    if identity in held and identity not in over and alert["condition"] == "firing" and "acknowledged_by" not in alert:
        problems.append(f"alert {identity} lost its acknowledgment")
    if identity in over and (alert["condition"] != "resolved" or "alert.close" not in actions):
        problems.append(f"the end of alert {identity} is lost")
kept = {silence["id"] for silence in ask(port, "GET", "/v1/silences?expired=true")[1]["items"]}
problems += [f"silence {identity} is lost" for identity in silences - kept]
# Whoever is still to be told is told: everything that nobody took before it went out may stay untold.
deadline = time.monotonic() + 60
while time.monotonic() < deadline and any("fired" not in told[i] for i in raised if i not in held):
    time.sleep(0.5)
with lock:
    problems += [f"nobody heard of alert {i}" for i in raised if i not in held and "fired" not in told[i]]
    doubled = sum(count - 1 for count in keys.values())
process.send_signal(signal.SIGTERM)
process.wait()
print(
    f"kill-alerts: {rounds} kills, {len(raised)} alerts, {len(held)} acknowledgments, {len(over)} ends, {len(silences)} silences: "
    f"{len(problems)} lost; {sum(keys.values())} messages, {doubled} of them a second time with the same key")
for problem in problems[:10]:
    print(f"kill-alerts: {problem}")
shutil.rmtree(folder, ignore_errors=True)
sys.exit(1 if problems else 0)
