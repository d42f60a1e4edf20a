"""Kills `watchdesk serve` under WebSockets that write and read, starts it again, and compares. Usage: kill-sockets.py ROUNDS

Eight customers write to rooms of their own, a colleague writes notes to all of them, as fast as it is acknowledged and
four at a time. What was not acknowledged when the process died is sent again to the next one with the same key, and
now and then something that was. Readers come back with the offset and the epoch they know. After the last round every
acknowledged message must be there once, at the offset that was acknowledged, and every reader must have had every
offset once and in order, or have been told that it was not recovered.
"""
import atexit, random, sys, time

from socket_clients import Desk, Gateway, end

rounds, gateway = int(sys.argv[1]), Gateway()
desk = Desk(gateway)
atexit.register(lambda: gateway.process.kill())
desk.begin()
randomness, starts = random.Random(1), []
for _ in range(rounds):
    time.sleep(randomness.uniform(0.1, 0.5))
    gateway.kill()
    starts.append(gateway.start())
desk.settle()
text, is_well = desk.compare()
starts.sort()
end(f"{rounds} x kill -9 under WebSockets: {text}; restart to ready: median {starts[len(starts) // 2] * 1e3:.0f} ms, "
    f"worst {starts[-1] * 1e3:.0f} ms", is_well)
