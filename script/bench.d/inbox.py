"""Fills a desk with waiting conversations, lets 200 customers a second write, and presses keys in the inbox of a console
on a pseudo-terminal: inbox.py FOLDER KEYS OPEN

A key moves the cursor; what is timed is the time to the first output after it that draws the cursor's row, so that a
frame drawn for a message does not count as the key's.
"""
import fcntl, http.client, json, os, pty, random, re, select, signal, statistics, struct, subprocess, sys, termios
import threading, time

folder, count, open_count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
watchdesk = os.environ["WATCHDESK"]
environment = os.environ | {"HOME": folder, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}
server = subprocess.Popen(
    [watchdesk, "serve", "--listen", "127.0.0.1:0", "--data", folder + "/data"], stdout=subprocess.PIPE,
    env=environment)
port = int(re.search(rb"127\.0\.0\.1:(\d+)", server.stdout.readline()).group(1))
local = open(folder + "/data/local.token").read().strip()


class Line:
    """One kept connection."""

    def __init__(self):
        self.web = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def call(self, method, path, body, token=None):
        headers = {"Content-Type": "application/json"} | ({"Authorization": "Bearer " + token} if token else {})
        self.web.request(method, path, json.dumps(body), headers)
        answer = self.web.getresponse()
        value = json.loads(answer.read())
        assert answer.status < 300, value
        return value


customers = []


def fill(number):
    line = Line()
    for _ in range(number):
        token = line.call("POST", "/v1/customers", {"name": random.choice(["Crystal", "Boris", "Chloé", "周敏"])})["token"]
        conversation = line.call("POST", "/v1/conversations", {}, token)["id"]
        line.call("POST", f"/v1/conversations/{conversation}/messages", {"text": "I want to talk to a human"}, token)
        customers.append((token, conversation))


began = time.time()
threads = [threading.Thread(target=fill, args=(open_count // 8,)) for _ in range(8)]
for thread in threads: thread.start()
for thread in threads: thread.join()
line = Line()
while True:
    line.web.request("GET", "/v1/status", headers={"Authorization": "Bearer " + local})
    waiting = json.loads(line.web.getresponse().read())["waiting"]
    if waiting >= len(customers) or time.time() - began > 300: break
    time.sleep(0.5)
print(f"{waiting:,} conversations wait, made in {time.time() - began:.0f} s")

stopping, sent = False, 0


def write():
    global sent
    line, due = Line(), time.monotonic()
    while not stopping:
        token, conversation = random.choice(customers)
        line.call("POST", f"/v1/conversations/{conversation}/messages", {"text": f"Hello? {sent}"}, token)
        sent += 1
        due = max(due + 0.005, time.monotonic() - 0.05)
        time.sleep(max(0, due - time.monotonic()))


controller, terminal = pty.openpty()
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 60, 200, 0, 0))
pid = os.fork()
if pid == 0:
    os.setsid()
    fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
    for descriptor in 0, 1, 2: os.dup2(terminal, descriptor)
    os.closerange(3, 64)
    os.execvpe(watchdesk, [watchdesk, "--data", folder + "/data"], environment)
os.close(terminal)


def read(seconds):
    data, end = b"", time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0 and select.select([controller], [], [], left)[0]:
        data += os.read(controller, 1 << 18)
    return data


def times():
    words = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


read(2)
os.write(controller, b"4")
read(2)
writer = threading.Thread(target=write)
writer.start()
read(3)
# The row under the cursor has a background of its own: a frame that draws it anew sets that.
ground = re.compile(rb"\x1b\[[0-9;]*48;")
used, wall, base, delays = times(), time.monotonic(), sent, []
for number in range(count):
    read(random.uniform(0.02, 0.06))
    key = b"j" if number % 40 < 20 else b"k"
    begin = time.monotonic()
    os.write(controller, key)
    data = b""
    while time.monotonic() - begin < 2:
        if select.select([controller], [], [], 0.5)[0]:
            data += os.read(controller, 1 << 18)
            if ground.search(data) or b"\x1b[7m" in data: break
    delays.append((time.monotonic() - begin) * 1000)
spent, wall, came = times() - used, time.monotonic() - wall, sent - base
stopping = True
writer.join()
delays.sort()
memory = next(int(l.split()[1]) for l in open(f"/proc/{pid}/status") if l.startswith("VmRSS"))
print(f"{count} keys while {came / wall:.0f} messages a second came: p50 {statistics.median(delays):.1f} ms, "
      f"p99 {delays[len(delays) * 99 // 100]:.1f} ms, most {delays[-1]:.1f} ms; console {spent / wall * 100:.0f} % of a core, "
      f"{memory / 1024:.0f} MiB")
os.kill(pid, signal.SIGKILL)
server.terminate()
server.wait()
