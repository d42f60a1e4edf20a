"""Uses the chat page in a real browser, as a customer on a phone would, beside an agent on the command line.

Usage: chat-page.py WATCHDESK CHROMIUM [PICTURES]
Speaks the DevTools protocol over a WebSocket. Exits with 1 and a reason when something is not as it should be.
"""
import asyncio
import base64
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile

import websockets

program, chromium = sys.argv[1:3]
pictures = sys.argv[3] if len(sys.argv) > 3 else None
home = tempfile.mkdtemp(prefix="chat-page-")
environment = dict(os.environ, XDG_CONFIG_HOME=home + "/config", XDG_DATA_HOME=home + "/data", HOME=home)
with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    port = free.getsockname()[1]
address = f"http://127.0.0.1:{port}"


def serve():
    server = subprocess.Popen(
        [program, "serve", "--data", home + "/desk", "--listen", f"127.0.0.1:{port}"], env=environment,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert b"listens on" in server.stdout.readline(), "the gateway does not start"
    return server


def desk(*words):
    done = subprocess.run(
        [program, *words, "--data", home + "/desk"], env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, f"{words}: {done.stderr}"
    return done.stdout


class Page:
    def __init__(self, connection):
        self.connection, self.number, self.answers, self.events = connection, 0, {}, []
        self.reader = asyncio.create_task(self.read())

    async def read(self):
        async for text in self.connection:
            message = json.loads(text)
            if "id" in message:
                self.answers.pop(message["id"]).set_result(message)
            else:
                self.events.append(message)

    async def call(self, method, **parameters):
        self.number += 1
        self.answers[self.number] = asyncio.get_running_loop().create_future()
        await self.connection.send(json.dumps({"id": self.number, "method": method, "params": parameters}))
        answer = await asyncio.wait_for(self.answers[self.number], 30)
        assert "error" not in answer, answer
        return answer["result"]

    async def value(self, script):
        answer = await self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    async def until(self, script, what, seconds=30):
        for _ in range(seconds * 10):
            # While a page loads there is nothing to look at yet.
            if await self.value("(() => { try { return " + script + " } catch { return false } })()"):
                return
            await asyncio.sleep(0.1)
        raise AssertionError(f"{what}; the page says: {await self.value('document.body.innerText')}")

    async def write(self, text):
        await self.value("document.getElementById('text').focus()")
        await self.call("Input.insertText", text=text)
        for kind in ("keyDown", "keyUp"):
            await self.call("Input.dispatchKeyEvent", type=kind, key="Enter", code="Enter", windowsVirtualKeyCode=13)

    async def picture(self, name):
        if pictures:
            answer = await self.call("Page.captureScreenshot", format="png")
            with open(f"{pictures}/{name}.png", "wb") as file:
                file.write(base64.b64decode(answer["data"]))


LOG = "document.getElementById('log').innerText"
COUNT = "document.querySelectorAll('#log article.%s').length"


async def story(page, server):
    await page.call("Page.enable")
    await page.call("Runtime.enable")
    await page.call("Network.enable")
    await page.call("Log.enable")
    await page.call("Emulation.setDeviceMetricsOverride", width=390, height=780, deviceScaleFactor=2, mobile=True)
    await page.call("Page.navigate", url=address + "/chat")
    await page.until("!!document.getElementById('text')", "the page does not load")
    await page.value("document.getElementById('name').value = 'Crystal'")
    await page.write("How do I acknowledge an alert?")
    await page.until(COUNT % "assistant" + " == 1 && document.body.dataset.state == 'live'", "no answer came")
    await page.picture("answer")
    await page.write("<img src=x onerror=alert(1)> May I talk to a person?")
    await page.until("document.getElementById('state').innerText.includes('Nobody is here')", "it is not said that nobody is there")
    assert await page.value("document.querySelectorAll('#log img').length") == 0, "markup was not text"
    number = "1"
    # No console is open anywhere: nobody is there, and the page says so.
    await page.until("!document.getElementById('leave').hidden", "nobody is there, and no form is shown")
    await page.value("document.getElementById('mail').value = 'not a mail'")
    await page.value("document.querySelector('#leave button').click()")
    assert await page.value("!document.getElementById('mail').validity.valid"), "anything is taken for a mail address"
    await page.picture("absent")
    await page.value("document.getElementById('mail').value = 'crystal@example.org'")
    await page.value("document.querySelector('#leave button').click()")
    await page.until("document.getElementById('leave').hidden", "the address was not taken")
    assert "crystal@example.org" in desk("customers", "show", "1"), "the address is not kept"
    desk("conversations", "claim", number)
    desk("conversations", "reply", number, "Hello Crystal, this is a person.")
    desk("conversations", "reply", number, "--note", "never for customers")
    await page.until(LOG + ".includes('this is a person')", "the person's words did not come")
    assert "never for customers" not in await page.value("document.body.innerText"), "a note was shown"

    server.send_signal(signal.SIGKILL)
    server.wait()
    await page.until("document.body.dataset.state == 'away'", "the cut was not noticed")
    await page.write("Written while away")
    await page.until(COUNT % "pending" + " == 1", "what is under way is not shown")
    await page.picture("away")
    server = serve()
    await page.until("document.body.dataset.state == 'live' && " + COUNT % "pending" + " == 0", "it does not come back", 60)
    assert (await page.value(LOG)).count("Written while away") == 1, "it stands twice on the page"
    assert desk("conversations", "show", number).count("Written while away") == 1, "it was written twice"

    desk("conversations", "resolve", number)
    await page.until("!document.getElementById('rate').hidden", "no rating is asked for")
    assert await page.value("document.getElementById('form').hidden"), "one could go on writing"
    await page.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark"}])
    await page.picture("rating-dark")
    await page.value("document.querySelector('[name=rating][value=\"4\"]').click()")
    await page.value("document.getElementById('comment').value = 'Quick'")
    await page.value("document.querySelector('#rate button').click()")
    await page.until("!document.getElementById('thanks').hidden", "the rating was not taken")
    assert "4 of 5" in desk("conversations", "export", number), "the rating is not kept"
    await page.call("Page.reload")
    await page.until(LOG + ".includes('this is a person')", "after a reload the conversation is gone")
    await page.value("document.getElementById('again').click()")
    await page.write("Is anybody there?")
    await page.until(COUNT % "assistant" + " == 1", "no second conversation")
    # A token that ends soon is renewed, on the connection that stands.
    await page.value(
        "(() => { const own = JSON.parse(localStorage.getItem('watchdesk.chat'));"
        "own.expires = new Date(Date.now() + 86400e3).toISOString();"
        "localStorage.setItem('watchdesk.chat', JSON.stringify(own)); })()")
    await page.call("Page.reload")
    await page.until(
        "new Date(JSON.parse(localStorage.getItem('watchdesk.chat')).expires) - Date.now() > 20 * 86400e3",
        "a token that ends soon is not renewed")
    await page.until("document.body.dataset.state === 'live'", "the renewed token cut the connection")
    # A token that is worth nothing any more does not lock a customer out.
    await page.value("localStorage.setItem('watchdesk.chat', JSON.stringify({token: 'wd_cust_9_gone', conversation: 9}))")
    await page.call("Page.reload")
    await page.until("document.body.innerText.includes('start a new')", "a dead token is not told")
    await page.write("I am back")
    await page.until(COUNT % "assistant" + " == 1", "a dead token locks out")
    desk("customers", "delete", "2", "--yes")
    await page.until("document.body.innerText.includes('was deleted')", "the deletion is not told")
    await page.write("And again")
    await page.until(COUNT % "assistant" + " == 1", "who was deleted is locked out")
    # A link of its own rates a conversation that is over, once.
    number = str(await page.value("JSON.parse(localStorage.getItem('watchdesk.chat')).conversation"))
    link = desk("conversations", "rating-link", number).strip()
    desk("conversations", "resolve", number)
    rate = """document.querySelector('[name=rating][value="5"]').click();
        document.querySelector('#rate button').click()"""
    for words in ("Thank you", "that stays"):
        await page.call("Page.navigate", url="about:blank")
        await page.call("Page.navigate", url=address + link)
        await page.until("!!document.querySelector('#rate button')", "the rating page does not load")
        await page.picture("rating-link")
        await page.value(rate)
        await page.until(f"document.getElementById('note').innerText.includes('{words}')", f"not said: {words}")
    assert "5 of 5" in desk("conversations", "export", number), "the rating by link is not kept"
    # One tab stop after the other has a name that a screen reader can say.
    nameless = await page.value("""[...document.querySelectorAll('input,textarea,button')].filter(
        (e) => !(e.labels && e.labels.length) && !e.textContent.trim()).map((e) => e.id).join()""")
    assert nameless == "", f"without a label: {nameless}"
    foreign = {e["params"]["request"]["url"] for e in page.events if e["method"] == "Network.requestWillBeSent"}
    assert all(url.startswith(address) for url in foreign), foreign
    wrong = [e["params"]["entry"]["text"] for e in page.events
             if e["method"] == "Log.entryAdded" and e["params"]["entry"]["level"] == "error"
             and "WebSocket" not in e["params"]["entry"]["text"] and "ERR_CONNECTION" not in e["params"]["entry"]["text"]
             and "status of 40" not in e["params"]["entry"]["text"]]
    assert not wrong, wrong
    return server


async def main():
    server = serve()
    browser = subprocess.Popen(
        [chromium, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
         "--remote-debugging-port=0", "--user-data-dir=" + home + "/browser", "about:blank"],
        env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        file = home + "/browser/DevToolsActivePort"
        for _ in range(300):
            if os.path.exists(file) and len(open(file).read().split()) == 2:
                break
            await asyncio.sleep(0.1)
        devtools = open(file).read().split()[0]
        targets = json.loads(subprocess.check_output(["curl", "-s", f"http://127.0.0.1:{devtools}/json"]))
        target = next(t for t in targets if t["type"] == "page")
        async with websockets.connect(target["webSocketDebuggerUrl"], max_size=None) as connection:
            server = await story(Page(connection), server)
        print("chat page: passed in", subprocess.check_output([chromium, "--version"], text=True).strip())
    finally:
        browser.kill()
        server.kill()


asyncio.run(main())
