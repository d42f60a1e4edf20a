"""Fills an empty desk with customers, conversations and keys, and lets sockets.c make the load; see sockets.sh.

The load is one process on one of the machine's cores: its own queueing is in the figures.
"""
import http.client
import json
import os
import shutil
import subprocess
import sys
import tempfile

program, load = os.environ["WATCHDESK"], sys.argv[1]
# A server in Python that does the same job, to compare with: websockets or fastapi.
peer = os.environ.get("PEER")


class Desk:
    """A gateway on an empty folder."""

    def __init__(self):
        self.home = tempfile.mkdtemp(prefix="sockets-")
        self.server = subprocess.Popen(
            [program, "serve", "--listen", "127.0.0.1:0", "--data", self.home + "/d"],
            env=dict(os.environ, HOME=self.home, XDG_CONFIG_HOME=self.home + "/c"), stdout=subprocess.PIPE)
        line = self.server.stdout.readline().decode()
        self.port = int(line.split("listens on http://127.0.0.1:")[1].split(",")[0])
        self.local = open(self.home + "/d/local.token").read().strip()
        self.web = http.client.HTTPConnection("127.0.0.1", self.port)

    def call(self, path, body, token=None):
        headers = {"Content-Type": "application/json"}
        if token:
            headers["Authorization"] = "Bearer " + token
        self.web.request("POST", path, json.dumps(body), headers)
        answer = self.web.getresponse()
        value = json.loads(answer.read())
        assert answer.status < 300, value
        return value

    def conversation(self):
        """A customer's token and the room of a conversation that a person has: no assistant answers there."""
        token = self.call("/v1/customers", {"name": "c"})["token"]
        conversation = self.call("/v1/conversations", {}, token)["id"]
        self.call(f"/v1/conversations/{conversation}/claim", {}, self.local)
        return token, f"c:{conversation}"

    def key(self, number):
        return self.call("/v1/keys", {"name": f"agent{number}", "role": "agent"}, self.local)["token"]

    def keys(self, sockets):
        """Enough keys for so many sockets: each may have twenty."""
        return [self.key(number) for number in range((sockets + 19) // 20)]

    def bear(self, title, lines, rate, seconds, pad=0):
        print(f"-- {title}", flush=True)
        text = "".join(f"{token} {room} {flags}\n" for token, room, flags in lines)
        subprocess.run(
            [load, str(self.port), str(self.server.pid), str(rate), str(seconds), str(pad)], input=text.encode(),
            check=True)
        self.server.terminate()
        self.server.wait()
        shutil.rmtree(self.home)


class Peer(Desk):
    """The same in Python: who says a name has it."""

    def __init__(self):
        self.home, self.count = tempfile.mkdtemp(prefix="sockets-"), 0
        python = [os.environ["PEER_PYTHON"], os.path.dirname(os.path.abspath(__file__)) + "/sockets-peer.py"]
        self.server = subprocess.Popen([*python, peer, self.home], stdout=subprocess.PIPE)
        line = self.server.stdout.readline().decode()
        self.port, self.local = int(line.split("127.0.0.1:")[1].split(",")[0]), "peer-local"

    def conversation(self):
        self.count += 1
        return f"peer-{self.count}", f"c:{self.count}"

    def key(self, number):
        return f"peer-agent{number}"


if peer:
    Desk = Peer


def customers(sockets, rate):
    desk = Desk()
    pairs = [desk.conversation() for _ in range(sockets // 5)]
    lines = [(*pair, "s") for _ in range(5) for pair in pairs]
    desk.bear("rooms of five: a customer on five devices", lines, rate, 10)


def crowds():
    desk = Desk()
    pairs = [desk.conversation() for _ in range(100)]
    lines = [(*pair, "s") for _ in range(5) for pair in pairs]
    keys = desk.keys(100 * 45)
    for number in range(100 * 45):
        lines.append((keys[number // 20], pairs[number % 100][1], "-"))
    desk.bear("rooms of fifty: five devices of the customer, 45 of colleagues", lines, 1000, 10)


def everybody():
    desk = Desk()
    keys = desk.keys(10_000)
    lines = [(keys[number // 20], "inbox:main", "-") for number in range(10_000)]
    lines += [(*desk.conversation(), "s") for _ in range(5)]
    desk.bear("one room of ten thousand", lines, 5, 10)


def slow():
    desk = Desk()
    token, room = desk.conversation()
    keys = desk.keys(180)
    lines = [(token, room, "-")] * 4
    # Whoever has the conversation writes: twenty devices, a hundred requests a second each.
    lines += [(desk.local, room, "s")] * 16 + [(keys[number // 20], room, "-") for number in range(160)]
    lines += [(keys[number // 20], room, "q") for number in range(160, 180)]
    desk.bear("200 in one room, 20 of them never read; messages of 4,000 letters", lines, 300, 10, 4000)


kinds = sys.argv[2:] or ["five", "thousand", "crowds", "everybody", "slow"]
if peer:
    print(f"== {peer}")
for kind in kinds:
    {"five": lambda: customers(10_000, 1000), "thousand": lambda: customers(1000, 1000), "crowds": crowds,
     "everybody": everybody, "slow": slow}[kind]()
