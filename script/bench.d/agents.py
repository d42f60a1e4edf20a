#!/usr/bin/env python3
"""Plays the agents of many hosts against a gateway: agents.py PORT PID TOKEN HOSTS SECONDS"""
import http.client
import json
import os
import sys
import time

port, pid, token = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
hosts, seconds = int(sys.argv[4]), int(sys.argv[5])
METRICS = 100
OUTAGE = 600
BATCH = 120


def cpu():
    fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def ask(connection, method, target, body=None):
    headers = {"Authorization": f"Bearer {token}"}
    if body is not None:
        headers["Content-Type"] = "application/json"
    connection.request(method, target, body, headers)
    answer = connection.getresponse()
    text = answer.read()
    if answer.status != 200:
        sys.exit(f"agents: {method} {target} answered {answer.status}: {text[:300]}")
    return json.loads(text)


names = [f"disk.sd{number}.read" if number % 4 == 0 else f"metric.{number}" for number in range(METRICS)]
units = ["bytes_per_second" if number % 4 == 0 else "count" for number in range(METRICS)]
head = json.dumps({"names": names, "units": units})[:-1]


def batch(moments):
    rows = [
        '{"at":"%d","values":[%s]}'
        % (moment, ",".join(repr(round((moment * 7 + place * 13) % 1000 / 7, 4)) for place in range(METRICS)))
        for moment in moments
    ]
    return f'{head},"rows":[{",".join(rows)}]}}'


connections = [http.client.HTTPConnection("127.0.0.1", port, timeout=30) for _ in range(hosts)]

# The outage first, so that what is sent live afterwards is newer.
end = int(time.time()) - 2
start = end - OUTAGE
used, began = cpu(), time.monotonic()
for first in range(start, end, BATCH):
    moments = range(first, min(first + BATCH, end))
    body = batch(moments)
    for host, connection in enumerate(connections):
        kept = ask(connection, "POST", f"/v1/hosts/bench-{host}/samples", body)["kept"]
        if kept != list(moments):
            sys.exit(f"agents: bench-{host} was not told that every second is kept")
took, spent = time.monotonic() - began, cpu() - used
print(
    f"agents: {hosts * OUTAGE} samples of an outage of {OUTAGE} s in {took:.1f} s, "
    f"{spent / hosts / OUTAGE * 1e6:.0f} us CPU each"
)

lost = 0
for host, connection in enumerate(connections):
    series = ask(
        connection, "GET", f"/v1/metrics?host=bench-{host}&name=metric.1&from={start}&to={end}&step=1")
    lost += OUTAGE - sum(point.get("mean") is not None for point in series["points"])
print(f"agents: {lost} of {hosts * OUTAGE} samples lost")

used, began, sent = cpu(), time.monotonic(), 0
while time.monotonic() - began < seconds:
    body = batch([int(time.time())])
    for host, connection in enumerate(connections):
        # Spread over the second, as the clocks of real hosts are not: each its own hundredth.
        wait = began + sent // hosts + host / hosts - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        ask(connection, "POST", f"/v1/hosts/bench-{host}/samples", body)
        sent += 1
took, spent = time.monotonic() - began, cpu() - used
print(f"agents: {hosts} hosts at 1 s, {sent} samples in {took:.1f} s: {spent / took * 100:.1f} % of one processor")
sys.exit(1 if lost else 0)
