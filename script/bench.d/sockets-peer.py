"""The same job as the gateway's rooms in Python, to compare with: sockets-peer.py websockets|fastapi FOLDER

Authenticates by header, keeps messages in SQLite (WAL, synchronous=FULL, several in one commit), numbers them by room,
sends each to the room's sockets and gives what was missed to who comes back. It knows no roles, notes, limits, presence,
typing or drafts, and one process does it all.
"""
import asyncio
import collections
import json
import sqlite3
import sys

kind, folder = sys.argv[1], sys.argv[2]
rooms = collections.defaultdict(set)
offsets = collections.Counter()
waiting, bell = [], asyncio.Event()
store = sqlite3.connect(folder + "/peer.sqlite", check_same_thread=False, isolation_level=None)
store.execute("PRAGMA journal_mode=WAL")
store.execute("PRAGMA synchronous=FULL")
store.execute("CREATE TABLE message (room TEXT, offset INTEGER, data TEXT, PRIMARY KEY (room, offset)) WITHOUT ROWID")


def commit(batch):
    store.execute("BEGIN IMMEDIATE")
    store.executemany("INSERT INTO message VALUES (?, ?, ?)", [(room, offset, text) for _, _, room, offset, text in batch])
    store.execute("COMMIT")


async def keep(broadcast, send):
    loop = asyncio.get_running_loop()
    while True:
        await bell.wait()
        bell.clear()
        batch = waiting[:]
        waiting.clear()
        await loop.run_in_executor(None, commit, batch)
        for socket, number, room, offset, text in batch:
            await broadcast(rooms[room], text)
            await send(socket, '{"id":%d,"ok":%s}' % (number, text))


def take(socket, raw):
    """Carries out a request; gives the reply, or nothing when it comes later."""
    request = json.loads(raw)
    data = request["data"]
    room = data["room"]
    if request["op"] == "join":
        rooms[room].add(socket)
        answer = {"room": room, "offset": offsets[room], "epoch": "p"}
        if "since" in data:
            rows = store.execute("SELECT data FROM message WHERE room = ? AND offset > ? ORDER BY offset LIMIT 300",
                                 (room, data["since"]["offset"]))
            answer |= {"recovered": True, "missed": [json.loads(row[0]) for row in rows]}
        return json.dumps({"id": request["id"], "ok": answer}, separators=(",", ":"))
    offsets[room] += 1
    text = json.dumps({"event": "message", "room": room, "offset": offsets[room], "epoch": "p", "data": {
        "conversation": int(room[2:]), "offset": offsets[room], "author": "customer", "text": data["text"]}},
        separators=(",", ":"))
    waiting.append((socket, request["id"], room, offsets[room], text))
    bell.set()


def is_known(header):
    return (header or "").startswith("Bearer peer-")


async def with_websockets():
    import websockets
    from websockets.asyncio.server import broadcast, serve

    async def handle(socket):
        if not is_known(socket.request.headers.get("Authorization")):
            return await socket.close(4451)
        joined = set()
        try:
            async for raw in socket:
                reply = take(socket, raw)
                if reply:
                    joined.add(json.loads(raw)["data"]["room"])
                    await socket.send(reply)
        except websockets.ConnectionClosed:
            pass
        finally:
            for room in joined: rooms[room].discard(socket)

    async def send(socket, text):
        try: await socket.send(text)
        except websockets.ConnectionClosed: pass

    async def to_all(sockets, text):
        broadcast(sockets, text)

    async with serve(handle, "127.0.0.1", 0, compression=None, max_size=65536) as server:
        print("listens on http://127.0.0.1:%d," % server.sockets[0].getsockname()[1], flush=True)
        await keep(to_all, send)


async def with_fastapi():
    import fastapi
    import socket as sockets
    import uvicorn

    app = fastapi.FastAPI()

    @app.websocket("/v1/realtime")
    async def handle(socket: fastapi.WebSocket):
        if not is_known(socket.headers.get("authorization")):
            return await socket.close(4451)
        await socket.accept()
        joined = set()
        try:
            while True:
                raw = await socket.receive_text()
                reply = take(socket, raw)
                if reply:
                    joined.add(json.loads(raw)["data"]["room"])
                    await socket.send_text(reply)
        except (fastapi.WebSocketDisconnect, RuntimeError):
            pass
        finally:
            for room in joined: rooms[room].discard(socket)

    async def send(socket, text):
        try: await socket.send_text(text)
        except (fastapi.WebSocketDisconnect, RuntimeError): pass

    async def to_all(members, text):
        for socket in list(members): await send(socket, text)

    listener = sockets.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(1024)
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", ws_per_message_deflate=False))
    print("listens on http://127.0.0.1:%d," % listener.getsockname()[1], flush=True)
    await asyncio.gather(server.serve(sockets=[listener]), keep(to_all, send))


asyncio.run(with_websockets() if kind == "websockets" else with_fastapi())
