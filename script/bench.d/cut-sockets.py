"""Cuts the network under WebSockets while both sides write, mends it, and compares. Usage: cut-sockets.py SECONDS

The customers and one reader are in a network namespace of their own, behind a pair of virtual interfaces; everybody
else is on this side. The cable is pulled for so long: nothing comes back, no connection is refused, as when a router
dies. Both sides go on writing. Afterwards everything that was written is there once, and everybody has read everything
once and in order. Needs root and `ip`.
"""
import atexit, ctypes, os, subprocess, sys, time

from socket_clients import Desk, Gateway, end

CLONE_NEWNET = 0x40000000

seconds, name, near, far = float(sys.argv[1]), f"watchdesk-{os.getpid()}", "10.213.7.1", "10.213.7.2"
cable = f"wd{os.getpid()}"[:14]


def ip(*words):
    subprocess.run(["ip", *words], check=True)


class There:
    """Behind the cable."""

    host, patience = near, 5

    def enter(self):
        with open(f"/run/netns/{name}") as space:
            if ctypes.CDLL(None, use_errno=True).setns(space.fileno(), CLONE_NEWNET):
                raise OSError(ctypes.get_errno(), "setns")


ip("netns", "add", name)
atexit.register(lambda: ip("netns", "del", name))
ip("link", "add", cable, "type", "veth", "peer", "name", "far", "netns", name)
ip("addr", "add", f"{near}/24", "dev", cable)
ip("link", "set", cable, "up")
ip("-n", name, "addr", "add", f"{far}/24", "dev", "far")
ip("-n", name, "link", "set", "far", "up")

gateway = Gateway("0.0.0.0")
desk = Desk(gateway, There)
atexit.register(lambda: gateway.process.kill())
for client in desk.clients:
    client.pause = 0.05
desk.begin()
time.sleep(5)
before = {client: len(client.confirmed) for client in desk.clients}
# The cable is pulled at this end: what is written at either end is lost, and nobody is told.
ip("link", "set", cable, "down")
time.sleep(seconds)
during = sum(len(client.confirmed) - before[client] for client in desk.clients)
ip("link", "set", cable, "up")
began = time.monotonic()
desk.settle()
took = time.monotonic() - began
text, is_well = desk.compare()
end(f"cut for {seconds:g} s ({during} messages acknowledged on this side meanwhile), everybody had everything "
    f"{took:.1f} s after: {text}", is_well)
