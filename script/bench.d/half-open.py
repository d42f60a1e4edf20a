"""Opens sockets that never say what they want, and looks how others fare meanwhile. Usage: half-open.py SOCKETS

A third says nothing, a third sends half a request, a third begins a WebSocket and never says hello. Meanwhile a
customer asks over HTTP and one over a WebSocket; one more reads a transcript at one byte a second.
"""
import multiprocessing, os, resource, shutil, socket, sys, threading, time

from socket_clients import Gateway, Socket, ask, end, folder

wanted = int(sys.argv[1])
resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)


def memory(pid):
    with open(f"/proc/{pid}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024


def open_files(pid):
    return len(os.listdir(f"/proc/{pid}/fd"))


gateway = Gateway()
gateway.start()
port, pid = gateway.port, gateway.process.pid
token = ask(port, "POST", "/v1/customers", None, {"name": "Li"})[1]["token"]
conversation = ask(port, "POST", "/v1/conversations", token, {})[1]["id"]
for number in range(200):
    while ask(port, "POST", f"/v1/conversations/{conversation}/messages", token, {"text": "x" * 900})[0] == 429:
        time.sleep(0.1)
before = memory(pid)

# One reader takes a byte a second of a long answer.
slow = socket.create_connection(("127.0.0.1", port))
slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
slow.sendall(f"GET /v1/conversations/{conversation}/messages?limit=1000 HTTP/1.1\r\nHost: x\r\n"
             f"Authorization: Bearer {token}\r\n\r\n".encode())
is_over = threading.Event()


def trickle():
    while not is_over.wait(1):
        if not slow.recv(1):
            break


threading.Thread(target=trickle, daemon=True).start()



def crowd(first, count, say):
    """One process's share of the sockets: a process may not have all of them."""
    held, refused = [], 0
    for number in range(first, first + count):
        plug = socket.socket()
        # A sender's address for each 10,000: a pair of addresses has no more ports.
        plug.bind((f"127.0.0.{2 + number // 10_000}", 0))
        plug.settimeout(2)
        try:
            plug.connect(("127.0.0.1", port))
            if number % 3 == 1:
                plug.sendall(b"GET /v1/conv")
            if number % 3 == 2:
                plug.sendall(b"GET /v1/realtime HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                             b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n")
            held.append(plug)
        except OSError:
            refused += 1
    say.send(refused)
    say.recv()


began, children = time.monotonic(), []
for first in range(0, wanted, 5000):
    hear, say = multiprocessing.Pipe()
    child = multiprocessing.Process(target=crowd, args=(first, min(5000, wanted - first), say), daemon=True)
    child.start()
    children.append(hear)
refused = sum(hear.recv() for hear in children)
opened = time.monotonic() - began
highest, most = memory(pid), open_files(pid)
waits, faults = [], 0
until = time.monotonic() + 5
while time.monotonic() < until:
    start = time.monotonic()
    try:
        faults += ask(port, "GET", f"/v1/conversations/{conversation}", token)[0] != 200
    except OSError:
        faults += 1
    waits.append(time.monotonic() - start)
start = time.monotonic()
try:
    Socket(("127.0.0.1", port), token).hear()
except OSError:
    faults += 1
socket_wait = time.monotonic() - start
gone = None
until = time.monotonic() + 90
while time.monotonic() < until:
    if open_files(pid) < 60:
        gone = time.monotonic() - began
        break
    time.sleep(0.5)
is_over.set()
waits.sort()
gateway.process.terminate()
gateway.process.wait()
shutil.rmtree(folder)
end(f"{wanted} half-open sockets ({refused} refused) in {opened:.1f} s: {most} files open at most, memory {before:.0f} -> "
    f"{highest:.0f} MiB ({(highest - before) * 1024 / max(1, wanted - refused):.1f} KiB each); others meanwhile: {len(waits)} requests, "
    f"p50 {waits[len(waits) // 2] * 1e3:.1f} ms, most {waits[-1] * 1e3:.0f} ms, a WebSocket {socket_wait * 1e3:.0f} ms, {faults} failed; "
    + (f"all gone {gone:.0f} s after the first" if gone else f"{open_files(pid) if gateway.process.poll() is None else '?'} still open after 90 s"),
    faults == 0 and gone is not None)
