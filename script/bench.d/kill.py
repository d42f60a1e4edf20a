"""Kills `watchdesk serve` under the load of eight customers, starts it again, and compares. Usage: kill.py ROUNDS

Each message has an idempotency key. What was not confirmed when the process died is sent again to the next one with
the same key. After the last round every confirmed message must be there once, at the offset that was confirmed.
"""
import http.client, json, os, random, re, shutil, signal, subprocess, sys, tempfile, threading, time

program, rounds, folder = os.environ["WATCHDESK"], int(sys.argv[1]), tempfile.mkdtemp()
alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
randomness = random.Random(1)


class Customer:
    def __init__(self, port, number):
        self.name, self.confirmed, self.open = f"customer {number}", {}, None
        self.token = ask(port, "POST", "/v1/customers", None, {"name": self.name})[1]["token"]
        self.conversation = ask(port, "POST", "/v1/conversations", self.token, {})[1]["id"]

    def write(self, port, over):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            while not over.is_set():
                self.open = self.open or "01JD" + "".join(randomness.choices(alphabet, k=22))
                status, answer = ask(
                    connection, "POST", f"/v1/conversations/{self.conversation}/messages", self.token,
                    {"cid": self.open, "text": f"message {self.open}"})
                if status not in (200, 201):
                    return
                self.confirmed[self.open] = answer["offset"]
                self.open = None
        except (OSError, http.client.HTTPException, ValueError):
            pass  # The gateway is gone; the open message goes to the next one.


def ask(place, method, path, token, body=None):
    connection = http.client.HTTPConnection("127.0.0.1", place, timeout=10) if isinstance(place, int) else place
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    connection.request(method, path, json.dumps(body) if body is not None else None, headers)
    response = connection.getresponse()
    return response.status, json.loads(response.read())


def start():
    began = time.monotonic()
    process = subprocess.Popen(
        [program, "serve", "--listen", "127.0.0.1:0", "--data", f"{folder}/data"],
        stdout=subprocess.PIPE, text=True, env=os.environ | {"HOME": folder})
    port = int(re.search(r":(\d+),", process.stdout.readline()).group(1))
    assert ask(port, "GET", "/readyz", None)[0] == 200
    return process, port, time.monotonic() - began


process, port, _ = start()
customers = [Customer(port, number) for number in range(8)]
starts = []
for _ in range(rounds):
    over = threading.Event()
    threads = [threading.Thread(target=customer.write, args=(port, over)) for customer in customers]
    for thread in threads:
        thread.start()
    time.sleep(randomness.uniform(0.1, 0.5))
    process.send_signal(signal.SIGKILL)
    process.wait()
    over.set()
    for thread in threads:
        thread.join()
    process, port, took = start()
    starts.append(took)

token, lost, doubled, gaps, total = open(f"{folder}/data/local.token").read(), 0, 0, 0, 0
for customer in customers:
    messages, after = [], 0
    while True:
        page = ask(port, "GET", f"/v1/conversations/{customer.conversation}/messages?after={after}&limit=1000", token)
        messages += page[1]["items"]
        if len(page[1]["items"]) < 1000:
            break
        after = messages[-1]["offset"]
    gaps += [message["offset"] for message in messages] != list(range(1, len(messages) + 1))
    places = {}
    for message in messages:
        if message["author"] == "customer":
            doubled += message["cid"] in places
            places[message["cid"]] = message["offset"]
    lost += sum(places.get(key) != offset for key, offset in customer.confirmed.items())
    total += len(customer.confirmed)
process.terminate()
process.wait()
findings = json.loads(subprocess.run(
    [program, "doctor", "--json", "--data", f"{folder}/data"], capture_output=True, text=True,
    env=os.environ | {"HOME": folder}).stdout)
damaged = [f["subject"] for f in findings if f["state"] == "failed"]
shutil.rmtree(folder)
starts.sort()
print(f"{rounds} x kill -9 under load: {total} acknowledged messages, {lost} lost, {doubled} doubled, "
      f"{gaps} conversations with gaps, damaged: {damaged or 'nothing'}; "
      f"restart to ready: median {starts[len(starts) // 2] * 1e3:.0f} ms, worst {starts[-1] * 1e3:.0f} ms")
sys.exit(lost + doubled + gaps + len(damaged) > 0)
