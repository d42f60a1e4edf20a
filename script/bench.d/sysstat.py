"""Compares our rates with sysstat's: sysstat.py PORT TOKEN SECONDS FOLDER

The load: one processor busy for 60 % of each tenth of a second, a file of 4 MiB written and synced four times a second,
packets to the next router (port 9, discard). Means over the same seconds, of a first and a last second less at either end.
"""
import http.client, json, os, re, socket, subprocess, sys, threading, time

port, token, seconds, folder = int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4]
stopping = False


def processor():
    while not stopping:
        end = time.monotonic() + 0.06
        while time.monotonic() < end:
            pass
        time.sleep(0.04)


def disk():
    block = os.urandom(4 << 20)
    with open(folder + "/load", "wb") as file:
        while not stopping:
            file.seek(0)
            file.write(block)
            file.flush()
            os.fsync(file.fileno())
            time.sleep(0.25)


def network():
    try:
        route = subprocess.run(["ip", "route", "show", "default"], capture_output=True, text=True).stdout.split()
        router = route[route.index("via") + 1]
    except (ValueError, OSError):
        return
    sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    while not stopping:
        try:
            for _ in range(20):
                sender.sendto(b"x" * 1000, (router, 9))
        except OSError:
            pass
        time.sleep(0.02)


def ask(target):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", target, headers={"Authorization": f"Bearer {token}"})
    answer = connection.getresponse()
    text = answer.read()
    return json.loads(text) if answer.status == 200 else None


def course(name, start, end):
    series = ask(f"/v1/metrics?name={name}&from={start}&to={end}&step=1")
    return [point.get("mean") for point in (series or {}).get("points", [])]


def mean(name, start, end):
    values = [value for value in course(name, start, end) if value is not None]
    return sum(values) / len(values) if values else None


def latency(device, start, end):
    """Milliseconds for each write: seconds with many writes count more, as they do for iostat."""
    pairs = [(time, writes) for time, writes in zip(
        course(f"disk.{device}.write_latency", start, end), course(f"disk.{device}.writes", start, end))
        if time is not None and writes]
    return sum(time * writes for time, writes in pairs) / sum(writes for _, writes in pairs) if pairs else None


threads = [threading.Thread(target=job, daemon=True) for job in (processor, disk, network)]
for thread in threads:
    thread.start()
time.sleep(3)
# Both count whole seconds: ours are taken on full seconds, so theirs must begin on one.
time.sleep(1 - time.time() % 1)
start = int(time.time() + 0.5)
environment = os.environ | {"LC_ALL": "C", "S_TIME_FORMAT": "ISO"}
tools = {
    "mpstat": ["mpstat", str(seconds), "1"],
    "iostat": ["iostat", "-dkxy", str(seconds), "1"],
    "sar": ["sar", "-n", "DEV", str(seconds), "1"],
}
running = {name: subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
           for name, command in tools.items()}
free = []
while any(process.poll() is None for process in running.values()):
    fields = re.search(r"Mem:\s+(.*)", subprocess.run(["free", "-b"], capture_output=True, text=True).stdout).group(1)
    free.append(int(fields.split()[0]) - int(fields.split()[5]))
    time.sleep(0.9)
texts = {name: process.stdout.read() for name, process in running.items()}
stopping = True
time.sleep(1.5)
# The sample of a second tells of the second before it.
first, last = start + 1, start + seconds + 1
rows = []


def row(what, ours, theirs):
    if ours is not None and theirs is not None:
        rows.append((what, ours, theirs))


def table(text, marker):
    lines = [line.split() for line in text.splitlines()]
    head = next(line for line in lines if marker in line)
    body = [line for line in lines[lines.index(head) + 1:] if len(line) == len(head)]
    return head, body


head, body = table("\n".join(line for line in texts["mpstat"].splitlines() if not line.startswith("Linux")), "%usr")
values = dict(zip(head[-10:], map(float, body[0][-10:])))
row("processors busy, %", mean("cpu.busy", first, last), 100 - values["%idle"] - values["%iowait"])
row("processors in programs, %", mean("cpu.user", first, last), values["%usr"])
row("processors in the kernel, %", mean("cpu.system", first, last), values["%sys"])
head, body = table(texts["iostat"], "wkB/s")
for line in body:
    values = dict(zip(head, line))
    name = values["Device"]
    for what, metric, field, scale in [
        ("written, B/s", "write", "wkB/s", 1024), ("writes, /s", "writes", "w/s", 1), ("busy, %", "busy", "%util", 1)]:
        if float(values["w/s"]) > 1:
            row(f"{name} {what}", mean(f"disk.{name}.{metric}", first, last), float(values[field]) * scale)
    if float(values["w/s"]) > 1:
        row(f"{name} write latency, ms", latency(name, first, last), float(values["w_await"]))
head, body = table(texts["sar"], "txkB/s")
for line in body:
    values = dict(zip(head[-9:], line[-9:]))
    name = values["IFACE"]
    for what, metric, field, scale in [
        ("sent, B/s", "sent", "txkB/s", 1024), ("packets sent, /s", "packets_sent", "txpck/s", 1)]:
        if line[0] != "Average:" and name != "lo" and float(values["txpck/s"]) > 10:
            row(f"{name} {what}", mean(f"net.{name}.{metric}", first, last), float(values[field]) * scale)
row("memory used, B", mean("memory.used", first, last), sum(free) / len(free))
for what, ours, theirs in rows:
    print(f"sysstat: {what:32} ours {ours:14.2f}  theirs {theirs:14.2f}  {100 * (ours / theirs - 1):+.1f} %"
          if theirs else f"sysstat: {what:32} ours {ours:14.2f}  theirs 0")
