"""WebSocket clients that write and read, remember what they were told, and compare it with what is kept; for
kill-sockets.py and cut-sockets.py.
"""
import base64, http.client, json, os, random, re, shutil, signal, socket, struct, subprocess, sys, tempfile, threading, time

program, folder = os.environ["WATCHDESK"], tempfile.mkdtemp()
alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
wrong, wrong_lock = [], threading.Lock()


def complain(text):
    with wrong_lock:
        wrong.append(text)


class Gone(Exception):
    """The connection is no more."""


class Socket:
    """A WebSocket of which this thread alone reads and writes."""

    def __init__(self, address, token, patience=20):
        port = address[1]
        self.plug = socket.create_connection(address, timeout=patience)
        self.plug.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.have, self.close_code = b"", None
        key = base64.b64encode(os.urandom(16)).decode()
        self.plug.sendall((
            f"GET /v1/realtime HTTP/1.1\r\nHost: {address[0]}:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\nAuthorization: Bearer {token}\r\n\r\n").encode())
        while b"\r\n\r\n" not in self.have:
            self.fill()
        head, self.have = self.have.split(b"\r\n\r\n", 1)
        if b" 101 " not in head.split(b"\r\n")[0]:
            raise Gone(head)

    def fill(self):
        data = self.plug.recv(65536)
        if not data:
            raise Gone("end")
        self.have += data

    def take(self, count):
        while len(self.have) < count:
            self.fill()
        data, self.have = self.have[:count], self.have[count:]
        return data

    def send(self, value, kind=1):
        data = value if isinstance(value, bytes) else json.dumps(value).encode()
        size = bytes([0x80 | len(data)]) if len(data) < 126 else b"\xfe" + struct.pack(">H", len(data))
        self.plug.sendall(bytes([0x80 | kind]) + size + b"\0\0\0\0" + data)

    def hear(self):
        while True:
            first, length = self.take(2)
            if length >= 126:
                length = int.from_bytes(self.take(2 if length == 126 else 8), "big")
            data = self.take(length)
            if first == 0x81:
                return json.loads(data)
            if first == 0x89:
                self.send(data, 10)
            if first == 0x88:
                raise Gone(f"closed with {int.from_bytes(data[:2], 'big')}")


class Gateway:
    """The process under test; clients wait here for the next one."""

    def __init__(self, listen="127.0.0.1"):
        self.port, self.turn, self.listen, self.closing = None, threading.Condition(), listen, False

    def start(self):
        began = time.monotonic()
        self.process = subprocess.Popen(
            [program, "serve", "--listen", f"{self.listen}:0", "--data", f"{folder}/data"],
            stdout=subprocess.PIPE, text=True, env=os.environ | {"HOME": folder})
        port = int(re.search(r":(\d+),", self.process.stdout.readline()).group(1))
        assert ask(port, "GET", "/readyz", None)[0] == 200
        took = time.monotonic() - began
        with self.turn:
            self.port = port
            self.turn.notify_all()
        return took

    def kill(self):
        with self.turn:
            self.port = None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process.stdout.close()

    def local(self):
        """The token of this machine's own people, which every start makes anew."""
        return open(f"{folder}/data/local.token").read().strip()

    def connect(self, token, host, patience):
        while True:
            with self.turn:
                self.turn.wait_for(lambda: self.port)
                port = self.port
            try:
                return Socket((host, port), token, patience)
            except (OSError, Gone):
                time.sleep(0.005)


def ask(port, method, path, token, body=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    connection.request(method, path, json.dumps(body) if body is not None else None, headers)
    response = connection.getresponse()
    return response.status, json.loads(response.read())


class Here:
    """Where a client is: on this machine, as everybody is who does not say otherwise."""

    host, patience = "127.0.0.1", 20

    def enter(self):
        pass


class Place:
    """What a client knows of one room: how far it has read, and what it has read since it last lost its place."""

    def __init__(self, room, sees_all):
        self.room, self.sees_all = room, sees_all
        self.offset, self.epoch, self.read, self.unrecovered = None, None, {}, 0

    def question(self):
        since = {"since": {"offset": self.offset, "epoch": self.epoch}} if self.epoch else {}
        return {"room": self.room} | since

    def joined(self, ok):
        if self.epoch and not ok["recovered"]:
            self.unrecovered += 1
            self.read = {}
            if ok["missed"] or ok["epoch"] == self.epoch and self.room[0] != "c":
                complain(f"{self.room}: not recovered within epoch {self.epoch}, {len(ok['missed'])} missed")
        if not self.epoch or not ok["recovered"]:
            self.offset = ok["offset"]
        self.epoch = ok["epoch"]
        for event in ok.get("missed", []):
            self.take(event)
        # What a customer may not see is behind it too.
        if self.offset != ok["offset"]:
            if self.sees_all or self.offset > ok["offset"]:
                complain(f"{self.room}: at {self.offset} after what was missed, the room at {ok['offset']}")
            self.offset = ok["offset"]

    def take(self, event):
        offset = event["offset"]
        fits = offset == self.offset + 1 if self.sees_all else offset > self.offset
        if not fits or event["epoch"] != self.epoch:
            complain(f"{self.room}: {offset} of {event['epoch']} came behind {self.offset} of {self.epoch}")
        self.offset = offset
        self.read[offset] = event["data"]["id"]


class Client(threading.Thread):
    """One person on one device: reads rooms, and writes to some of them."""

    def __init__(self, gateway, token, rooms, seed, sees_all=True, op=None, where=None):
        super().__init__(daemon=True)
        self.gateway, self.token, self.op, self.where = gateway, token, op, where or Here()
        self.places = {room: Place(room, sees_all) for room in rooms}
        self.random = random.Random(seed)
        self.confirmed, self.open = {}, {}  # key: (room, offset); key: room
        self.duplicates = self.connections = self.number = 0
        # Seconds after each acknowledgment before the next message.
        self.is_over, self.pause = False, 0

    def run(self):
        self.where.enter()
        while not self.is_over:
            try:
                self.live(self.gateway.connect(self.token, self.where.host, self.where.patience))
            except (OSError, Gone) as problem:
                if str(problem).startswith("closed") and not self.is_over:
                    complain(f"a connection was {problem}")

    def live(self, plug):
        self.connections += 1
        self.asked = {}
        epoch = plug.hear()["data"]["epoch"]
        for room, place in self.places.items():
            # A conversation is read from its beginning.
            if room[0] == "c" and not place.epoch:
                place.offset, place.epoch = 0, epoch
            self.ask(plug, "join", place.question(), place)
        for key, room in self.open.items():
            self.write(plug, key, room)
        while not self.is_over:
            if self.op and not self.gateway.closing:
                while len(self.open) < 4:
                    key, room = self.new_key(), self.random.choice(list(self.places))
                    self.open[key] = room
                    self.write(plug, key, room)
            self.hear(plug, plug.hear())

    def new_key(self):
        return "01JD" + "".join(self.random.choices(alphabet, k=22))

    def ask(self, plug, op, data, what):
        self.number += 1
        self.asked[self.number] = what
        plug.send({"id": self.number, "op": op, "data": data})

    def write(self, plug, key, room):
        self.ask(plug, self.op, {"room": room, "cid": key, "text": f"message {key}"}, key)

    def hear(self, plug, frame):
        if "event" in frame:
            if frame["event"] in ("message", "conversation") and "offset" in frame:
                self.places[frame["room"]].take(frame)
            return
        what = self.asked.pop(frame["id"])
        if isinstance(what, Place):
            if "ok" not in frame:
                return complain(f"join: {frame}")
            what.joined(frame["ok"])
        elif "ok" in frame:
            self.confirm(plug, what, frame["ok"])
        elif frame["error"]["code"] == "rate-limited":
            # As fast as it is acknowledged is faster than is allowed.
            time.sleep(frame["error"]["retry_ms"] / 1e3)
            self.write(plug, what, self.open[what])
        else:
            complain(f"send: {frame}")

    def confirm(self, plug, key, message):
        room = f"c:{message['conversation']}"
        self.duplicates += message.get("duplicate", False)
        if self.confirmed.setdefault(key, (room, message["offset"])) != (room, message["offset"]):
            complain(f"{key}: acknowledged as {self.confirmed[key]}, then as {room} {message['offset']}")
        self.open.pop(key, None)
        time.sleep(self.pause)
        if self.random.random() < 0.02 and not message.get("duplicate"):
            self.open[key] = room
            self.write(plug, key, room)


class Desk:
    """Eight customers in conversations of their own, a colleague with notes in all of them, and readers."""

    def __init__(self, gateway, where=lambda: None):
        self.gateway, self.clients, self.rooms = gateway, [], []
        gateway.start()
        local, port = gateway.local(), gateway.port
        for number in range(8):
            token = ask(port, "POST", "/v1/customers", None, {"name": f"customer {number}"})[1]["token"]
            conversation = ask(port, "POST", "/v1/conversations", token, {})[1]["id"]
            self.rooms.append(f"c:{conversation}")
            # Half of them talk to a person, half to the assistant, which writes too.
            if number % 2:
                assert ask(port, "POST", f"/v1/conversations/{conversation}/claim", local, {})[0] == 200
            self.clients.append(
                Client(gateway, token, self.rooms[-1:], number, sees_all=False, op="send", where=where()))
        agent = ask(port, "POST", "/v1/keys", local, {"name": "colleague", "role": "agent"})[1]["token"]
        self.clients.append(Client(gateway, agent, self.rooms, 100, op="note"))
        self.clients.append(Client(gateway, agent, self.rooms, 101))
        self.clients.append(Client(gateway, agent, self.rooms, 102, where=where()))
        self.inbox = Client(gateway, agent, ["inbox:main"], 200)
        self.clients.append(self.inbox)

    def begin(self):
        for client in self.clients:
            client.start()

    def transcript(self, room):
        messages = []
        while True:
            after = messages[-1]["offset"] if messages else 0
            path = f"/v1/conversations/{room[2:]}/messages?after={after}&limit=1000"
            page = ask(self.gateway.port, "GET", path, self.gateway.local())[1]["items"]
            messages += page
            if len(page) < 1000:
                return messages

    def is_settled(self):
        heights = {room: len(self.transcript(room)) for room in self.rooms}
        return not any(client.open for client in self.clients) and all(
            place.offset == heights[room] or not place.sees_all
            for client in self.clients for room, place in client.places.items() if room in heights)

    def settle(self):
        """Lets everybody finish: what is open is acknowledged, and everybody reads on until it has everything."""
        self.gateway.closing = True
        deadline, before = time.monotonic() + 60, None
        while time.monotonic() < deadline:
            now = self.is_settled() and [len(self.transcript(room)) for room in self.rooms]
            if now and now == before:
                break
            before = now
            time.sleep(0.3)
        else:
            complain("not everything was acknowledged and read within a minute")
        time.sleep(0.2)
        for client in self.clients:
            client.is_over = True

    def compare(self):
        """Ends the gateway, compares everything that anybody was told with the transcripts; gives a text and whether
        all is well."""
        lost = doubled = gaps = total = resent = unread = seen = 0
        transcripts = {room: self.transcript(room) for room in self.rooms}
        for room, messages in transcripts.items():
            gaps += [message["offset"] for message in messages] != list(range(1, len(messages) + 1))
            keys = [message["cid"] for message in messages if "cid" in message]
            doubled += len(keys) - len(set(keys))
        places = [(client, room, place) for client in self.clients for room, place in client.places.items()]
        for client in self.clients:
            kept = {message["cid"]: (room, message["offset"])
                    for room in client.places for message in transcripts.get(room, []) if "cid" in message}
            lost += sum(kept.get(key) != place for key, place in client.confirmed.items())
            total += len(client.confirmed)
            resent += client.duplicates
        for client, room, place in places:
            if room not in transcripts:
                continue
            # Without a loss of the place nothing may be missing; behind one, the offsets count on.
            wanted = {message["offset"]: message["id"] for message in transcripts[room]
                      if place.sees_all or message["author"] != "note"}
            if place.unrecovered:
                wanted = {offset: id for offset, id in wanted.items() if offset >= min(place.read, default=1 << 60)}
            unread += sum(place.read.get(offset) != id for offset, id in wanted.items())
            unread += len(place.read.keys() - wanted.keys())
            seen += len(place.read)
        unrecovered = sum(place.unrecovered for _, room, place in places if room in transcripts)
        self.gateway.process.terminate()
        self.gateway.process.wait()
        findings = json.loads(subprocess.run(
            [program, "doctor", "--json", "--data", f"{folder}/data"], capture_output=True, text=True,
            env=os.environ | {"HOME": folder}).stdout)
        damaged = [f["subject"] for f in findings if f["state"] == "failed"]
        shutil.rmtree(folder)
        text = (
            f"{sum(len(m) for m in transcripts.values())} messages, {total} of them acknowledged "
            f"to who wrote them ({resent} sent again and answered as duplicates): {lost} lost, {doubled} doubled, "
            f"{gaps} conversations with gaps; {sum(c.connections for c in self.clients)} connections read {seen} events, "
            f"{unread} wrongly, {unrecovered} times told that a place was lost "
            f"(and {self.inbox.places['inbox:main'].unrecovered} times in inbox:main); "
            f"damaged: {damaged or 'nothing'}")
        return text, lost + doubled + gaps + unread + len(damaged) + len(wrong) == 0


def end(text, is_well):
    """Prints the outcome and what was complained of, and ends."""
    print(text)
    for text in wrong[:20]:
        print(text)
    sys.exit(not is_well)
