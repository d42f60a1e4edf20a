"""Opens sockets of customers (five each, authenticated, in the room of their conversation), weighs the gateway, sends
durable messages and times their delivery to every socket of the room, then cuts all and times the way back.

One process on one core makes the load: its own queueing is in the figures.
"""
import http.client
import json
import os
import resource
import select
import shutil
import socket
import subprocess
import sys
import tempfile
import time

count, rate = int(sys.argv[1]), int(sys.argv[2])
program = os.environ["WATCHDESK"]
home = tempfile.mkdtemp(prefix="sockets-")
limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
server = subprocess.Popen(
    [program, "serve", "--listen", "127.0.0.1:0", "--data", home + "/d"],
    env=dict(os.environ, HOME=home, XDG_CONFIG_HOME=home + "/c"), stdout=subprocess.PIPE)
port = int(server.stdout.readline().decode().split("listens on http://127.0.0.1:")[1].split(",")[0])
local = open(home + "/d/local.token").read().strip()
web = http.client.HTTPConnection("127.0.0.1", port)


def call(method, path, body, token=None):
    headers = {"Content-Type": "application/json"}
    if token:
        headers["Authorization"] = "Bearer " + token
    web.request(method, path, json.dumps(body), headers)
    answer = web.getresponse()
    value = json.loads(answer.read())
    assert answer.status < 300, value
    return value


def memory():
    for line in open(f"/proc/{server.pid}/status"):
        if line.startswith("VmRSS"):
            return int(line.split()[1])


def processor():
    words = open(f"/proc/{server.pid}/stat").read().rsplit(")", 1)[1].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def frame(text):
    data = text.encode()
    head = bytes([0x81, 0x80 | len(data)]) if len(data) < 126 else bytes([0x81, 0xFE]) + len(data).to_bytes(2, "big")
    return head + bytes(4) + data  # a mask of zeros is a mask


class Socket:
    def __init__(self, token, room):
        self.token, self.room, self.offset, self.epoch = token, room, 0, None
        self.waits = []

    def open(self):
        self.data, self.joined, self.shaken = b"", False, False
        self.end = socket.create_connection(("127.0.0.1", port))
        self.end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        since = json.dumps({"offset": self.offset, "epoch": self.epoch}) if self.epoch else None
        join = '{"id":1,"op":"join","data":{"room":"%s"%s}}' % (self.room, ',"since":' + since if since else "")
        self.end.sendall((
            f"GET /v1/realtime HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
            f"Authorization: Bearer {self.token}\r\n\r\n").encode() + frame(join))
        self.end.setblocking(False)

    def read(self, now):
        self.data += self.end.recv(65536)
        if not self.shaken:
            if b"\r\n\r\n" not in self.data:
                return
            assert self.data.startswith(b"HTTP/1.1 101"), self.data
            self.data, self.shaken = self.data.split(b"\r\n\r\n", 1)[1], True
        while len(self.data) >= 2:
            length, head = self.data[1] & 127, 2
            if length == 126:
                length, head = int.from_bytes(self.data[2:4], "big"), 4
            if len(self.data) < head + length:
                return
            text, self.data = self.data[head:head + length], self.data[head + length:]
            if text.startswith(b'{"event":"message"'):
                value = json.loads(text)
                assert value["offset"] == self.offset + 1, (value["offset"], self.offset)
                self.offset = value["offset"]
                times.append(now - int(value["data"]["text"]) / 1e9)
            elif text.startswith(b'{"id":1,'):
                value = json.loads(text)["ok"]
                if self.epoch:
                    assert value["recovered"], value
                self.epoch, self.joined = value["epoch"], True
                self.offset = value["offset"]


times = []
poll = select.epoll()


def turn(wait):
    for number, _ in poll.poll(wait):
        by_number[number].read(time.clock_gettime(time.CLOCK_MONOTONIC))


def open_all():
    began = time.time()
    for number, one in enumerate(sockets):
        one.open()
        by_number[one.end.fileno()] = one
        poll.register(one.end.fileno(), select.EPOLLIN)
        if number % 50 == 0:
            turn(0)
    while not all(one.joined for one in sockets):
        turn(0.05)
        assert time.time() - began < 120, "not all joined"
    return time.time() - began


customers = []
for number in range(count // 5):
    token = call("POST", "/v1/customers", {"name": "c"})["token"]
    conversation = call("POST", "/v1/conversations", {}, token)["id"]
    call("POST", f"/v1/conversations/{conversation}/claim", {}, local)
    customers.append((token, f"c:{conversation}"))
before, by_number = memory(), {}
sockets = [Socket(*customer) for customer in customers for _ in range(5)]
took = open_all()
time.sleep(1)
print(f"{len(sockets):,} sockets of {len(customers):,} customers, each in its room: {took:.1f} s, "
      f"{(memory() - before) / len(sockets):.1f} KiB resident each")
for one in sockets:
    one.offset = one.offset or 1
began = next_at = time.clock_gettime(time.CLOCK_MONOTONIC)
sent, late, used, number = 0, 0.0, processor(), 2
while time.clock_gettime(time.CLOCK_MONOTONIC) - began < 10:
    now = time.clock_gettime(time.CLOCK_MONOTONIC)
    if now >= next_at:
        late = max(late, now - next_at)
        one = sockets[(sent * 5 * 37) % len(sockets)]
        number = number % 4_000_000_000 + 1
        one.end.send(frame('{"id":%d,"op":"send","data":{"room":"%s","text":"%d"}}' % (number, one.room, now * 1e9)))
        sent += 1
        next_at += 1 / rate
    turn(max(0, next_at - time.clock_gettime(time.CLOCK_MONOTONIC)))
end = time.time() + 5
while len(times) < sent * 5 and time.time() < end:
    turn(0.05)
times.sort()
print(f"{rate:,} durable messages a second, {5 * rate:,} deliveries: {len(times):,} of {sent * 5:,} came; "
      f"p50 {times[len(times) // 2] * 1000:.2f} ms, p99 {times[len(times) * 99 // 100] * 1000:.2f} ms, most "
      f"{times[-1] * 1000:.1f} ms; the load was late by {late * 1000:.1f} ms at most; {memory() / 1024:.0f} MiB, "
      f"{(processor() - used) / 10 * 100:.0f} % of a core")
for one in sockets:
    poll.unregister(one.end.fileno())
    one.end.close()
by_number = {}
time.sleep(1)
print(f"all cut and back, resumed without a gap: {open_all():.1f} s")
server.terminate()
server.wait()
shutil.rmtree(home)
