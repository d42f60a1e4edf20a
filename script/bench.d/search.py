"""Fills a desk with messages made of the words of our own articles, and times GET /v1/search over HTTP."""
import http.client
import json
import os
import random
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.parse

program, count = sys.argv[1], int(sys.argv[2])
home = tempfile.mkdtemp(prefix="search-")
environment = dict(os.environ, HOME=home, XDG_CONFIG_HOME=home + "/c")
with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    port = free.getsockname()[1]


def serve():
    server = subprocess.Popen(
        [program, "serve", "--data", home + "/d", "--listen", f"127.0.0.1:{port}"], env=environment,
        stdout=subprocess.PIPE)
    server.stdout.readline()
    return server


def stop(server):
    server.terminate()
    server.wait()


stop(serve())
random.seed(7)
text = " ".join(open(os.path.join(folder, name)).read() for folder, _, names in os.walk("knowledge") for name in names)
words = sorted(set(re.findall(r"[A-Za-z]{2,}", text.lower())))
# Word frequencies of real language fall with the rank (Zipf).
weights = [1 / (rank + 2) for rank in range(len(words))]
random.shuffle(words)
database = sqlite3.connect(home + "/d/desk.sqlite")
database.execute("PRAGMA synchronous = OFF")
began = time.time()
now = int(time.time() * 1000)
number = database.execute("SELECT coalesce(max(id), 0) FROM message").fetchone()[0]
per = 20
for start in range(0, count, 100_000):
    size = min(100_000, count - start)
    picked = iter(random.choices(words, weights, k=size * 14))
    rows, conversations = [], []
    for index in range(start, start + size):
        conversation = index // per + 1
        if index % per == 0:
            conversations.append((conversation, f"Customer {conversation}", now - count + index))
        line = " ".join(next(picked) for _ in range(6 + index % 9))
        if index % 50_000 == 7:
            line += " zeppelin"
        number += 1
        rows.append((number, conversation, index % per + 1, ("customer", "assistant", "agent")[index % 3], "x", line,
                     now - count + index))
    database.executemany("INSERT INTO customer (id, name, created_at) VALUES (?, ?, ?)", conversations)
    database.executemany(
        "INSERT INTO conversation (id, customer, subject, status, last_place, created_at, updated_at) "
        "VALUES (?1, ?1, ?2, 'resolved', 20, ?3, ?3)", conversations)
    database.executemany(
        "INSERT INTO message (id, conversation, place, author, author_name, text, at) VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    database.executemany("INSERT INTO message_words (rowid, text) VALUES (?, ?)", [(row[0], row[5]) for row in rows])
    database.commit()
database.execute("UPDATE message_words_place SET last = ?", (number,))
database.commit()
database.close()
size = os.path.getsize(home + "/d/desk.sqlite")
print(f"{count:,} messages, {size / 2**20:.0f} MiB, filled in {time.time() - began:.0f} s")

server = serve()
token = open(home + "/d/local.token").read().strip()
connection = http.client.HTTPConnection("127.0.0.1", port)


def ask(query):
    began = time.perf_counter()
    connection.request("GET", "/v1/search?limit=50&query=" + urllib.parse.quote(query), headers={"Authorization": "Bearer " + token})
    answer = connection.getresponse()
    body = json.loads(answer.read())
    assert answer.status == 200, body
    return (time.perf_counter() - began) * 1000, len(body["items"])


ranked = [word for _, word in sorted(zip(weights, words), reverse=True)]
kinds = {
    "a rare word": lambda: "zeppelin",
    "a common word": lambda: random.choice(ranked[:20]),
    "two words": lambda: " ".join(random.sample(ranked[:300], 2)),
    "a word of customers": lambda: random.choice(ranked[:300]) + " from:customer",
    "a phrase": lambda: '"' + " ".join(random.sample(ranked[:60], 2)) + '"',
    "three words, one unwanted": lambda: "{} {} -{}".format(*random.sample(ranked[:300], 3)),
}
every = []
for name, make in kinds.items():
    times = sorted(ask(make())[0] for _ in range(200))
    every += times
    print(f"{name:28} p50 {times[100]:7.2f} ms   p95 {times[190]:7.2f} ms   most {times[-1]:7.2f} ms")
every.sort()
print(f"{'all':28} p50 {every[len(every) // 2]:7.2f} ms   p95 {every[len(every) * 95 // 100]:7.2f} ms")
stop(server)
shutil.rmtree(home)
