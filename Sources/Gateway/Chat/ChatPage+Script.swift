extension ChatPage {
    /// What the page does: one connection, one conversation, everything from outside shown as text only.
    static let script = #"""
        "use strict";
        (() => {
          const $ = (id) => document.getElementById(id);
          const log = $("log"), form = $("form"), field = $("text"), state = $("state"), note = $("note");
          const KEY = "watchdesk.chat";
          let own = {};
          try { own = JSON.parse(localStorage.getItem(KEY)) || {}; } catch { own = {}; }
          const keep = () => { try { localStorage.setItem(KEY, JSON.stringify(own)); } catch { /* a private window */ } };

          let socket, tries = 0, timer, nextId = 1, epoch, last = 0, conversation, growing, typingTimer;
          const waiting = new Map();      // requests without a reply
          const pending = new Map();      // messages that are not known to have arrived, by cid
          const shown = new Set();        // offsets on the page

          const ABC = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
          function ulid() {
            let time = Date.now(), text = "";
            for (let i = 0; i < 10; i++) { text = ABC[time % 32] + text; time = Math.floor(time / 32); }
            const bytes = crypto.getRandomValues(new Uint8Array(16));
            for (const byte of bytes) text += ABC[byte % 32];
            return text;
          }

          async function call(method, path, body) {
            const headers = { "Content-Type": "application/json" };
            if (own.token) headers.Authorization = "Bearer " + own.token;
            const answer = await fetch(path, { method, headers, body: body && JSON.stringify(body) });
            const value = await answer.json();
            if (!answer.ok) throw Object.assign(new Error(value.detail || "status " + answer.status), { code: value.code });
            return value;
          }

          // Who was deleted, or whose token ended, begins as a new customer.
          const isGone = (fault) => ["unauthenticated", "not-found", "forbidden"].includes(fault.code);

          async function begin(isSecond) {
            if (!own.token) {
              const customer = await call("POST", "/v1/customers", { name: $("name").value.trim() });
              own = { token: customer.token, expires: customer.expires };
            }
            try {
              if (!own.conversation) own.conversation = (await call("POST", "/v1/conversations", {})).id;
            } catch (fault) {
              if (isSecond || !isGone(fault)) throw fault;
              own = {};
              return begin(true);
            }
            keep();
          }

          // A token that ends within two weeks is renewed, so that who comes back now and then stays who they are.
          async function renew() {
            if (own.expires && new Date(own.expires) - Date.now() > 14 * 86400e3) return;
            const customer = await call("POST", "/v1/token", {});
            Object.assign(own, { token: customer.token, expires: customer.expires });
            keep();
            await ask("hello", { token: own.token });
          }

          function say(text, isBad) {
            note.textContent = text || "";
            note.className = isBad ? "bad" : "";
          }

          function line(kind, who, text, at) {
            const item = document.createElement("article");
            item.className = kind;
            const head = document.createElement("header");
            const time = at && new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
            head.textContent = [who, time].filter(Boolean).join(" · ");
            const words = document.createElement("p");
            words.textContent = text;
            item.append(head, words);
            return item;
          }

          function put(item, before) {
            const isLow = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
            log.insertBefore(item, before || null);
            if (isLow) log.scrollTop = log.scrollHeight;
          }

          function show(message) {
            last = Math.max(last, message.offset);
            if (shown.has(message.offset)) return;
            shown.add(message.offset);
            const mine = message.cid && pending.get(message.cid);
            if (mine) { mine.item.remove(); pending.delete(message.cid); }
            if (message.author === "assistant" || message.author === "agent") { drop(); typing(""); }
            const names = { customer: "You", assistant: "Assistant", system: "" };
            const who = names[message.author] ?? message.author_name;
            const item = line(message.author, who, message.text, message.at);
            const sources = message.answer && message.answer.sources || [];
            if (sources.length) {
              const from = document.createElement("footer");
              from.textContent = "From: " + sources.map((s) => s.title + (s.section ? ", " + s.section : "")).join("; ");
              item.append(from);
            }
            // Messages that are under way stay last.
            put(item, [...pending.values()].map((p) => p.item).find((i) => i.isConnected));
            if (!document.hidden) read();
          }

          let readOffset = 0, readTimer;
          function read() {
            clearTimeout(readTimer);
            readTimer = setTimeout(() => {
              if (last <= readOffset || !own.conversation) return;
              const offset = last;
              call("POST", "/v1/conversations/" + own.conversation + "/read", { offset })
                .then(() => { readOffset = Math.max(readOffset, offset); }).catch(() => {});
            }, 400);
          }

          function grow(data) {
            if (data.over) return;
            if (!growing || growing.question !== data.question || data.from === 0) {
              drop();
              growing = { question: data.question, text: "", item: line("assistant growing", "Assistant", "") };
              put(growing.item);
            }
            if ([...growing.text].length !== data.from) return;
            growing.text += data.text;
            growing.item.querySelector("p").textContent = growing.text;
            log.scrollTop = log.scrollHeight;
          }
          function drop() { if (growing) growing.item.remove(); growing = undefined; }

          function typing(name) {
            clearTimeout(typingTimer);
            $("typing").textContent = name ? name + " is typing …" : "";
            if (name) typingTimer = setTimeout(() => typing(""), 5000);
          }

          function follow(value) {
            conversation = value;
            const words = {
              assistant: "The assistant answers. Ask for a person at any time.",
              waiting: "A person has been asked to join. You can go on writing.",
              open: (value.owner_name || "A person") + " answers.", resolved: "This conversation is over.",
            };
            state.textContent = words[value.status] || "";
            const isOver = value.status === "resolved";
            $("rate").hidden = !isOver || !!value.rating;
            $("thanks").hidden = !isOver || !value.rating;
            $("again").hidden = !isOver;
            form.hidden = isOver;
            if (value.status === "waiting") look(); else { looked = 0; $("leave").hidden = true; }
          }

          // Nobody may be there: asked when a person is wanted, and again when the form is sent.
          let looked = 0, hasLeft = false;
          function look() {
            if (hasLeft || Date.now() - looked < 15000) return;
            looked = Date.now();
            call("GET", "/v1/attendance").then(tellAttendance).catch(() => {});
          }
          function tellAttendance(desk) {
            const isAlone = !desk.attended && conversation && conversation.status === "waiting";
            $("leave").hidden = !isAlone || hasLeft;
            if (!isAlone) return;
            const back = desk.opens_at && new Date(desk.opens_at)
              .toLocaleString([], { weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });
            state.textContent = "Nobody is here at the moment.";
            $("absent").textContent = back ? "We are back on " + back + "." : "";
          }

          function ask(op, data) {
            return new Promise((resolve, reject) => {
              const id = nextId++;
              waiting.set(id, { resolve, reject });
              socket.send(JSON.stringify({ id, op, data }));
            });
          }

          async function history(after) {
            for (;;) {
              const page = await ask("history", { room: room(), after, limit: 100 });
              page.items.forEach(show);
              if (page.items.length < 100) return;
              after = page.items[page.items.length - 1].offset;
            }
          }
          const room = () => "c:" + own.conversation;

          async function join() {
            const since = epoch ? { offset: last, epoch } : undefined;
            const joined = await ask("join", { room: room(), since });
            const isComplete = joined.recovered && joined.missed;
            epoch = joined.epoch;
            if (isComplete) joined.missed.forEach(event); else await history(since ? last : 0);
            if (joined.conversation) follow(joined.conversation);
            tries = 0;
            renew().catch(() => {});
            document.body.dataset.state = "live";
            say("");
            for (const [cid, letter] of pending) deliver(cid, letter);
          }

          function event(frame) {
            if (frame.room && frame.room !== room()) return;
            if (frame.event === "message") show(frame.data);
            if (frame.event === "answer") grow(frame.data);
            if (frame.event === "conversation") follow(frame.data);
            if (frame.event === "typing") typing(frame.data.name || "Somebody");
            if (frame.event === "hello") join().catch((fault) => {
              if (isGone(fault)) forget("That conversation is gone. Please start a new one.");
              else if (socket) socket.close();
            });
            if (frame.event === "conversation_deleted") forget("This conversation was deleted.");
          }

          function connect() {
            clearTimeout(timer);
            const scheme = location.protocol === "https:" ? "wss://" : "ws://";
            const present = socket = new WebSocket(scheme + location.host + "/v1/realtime", "watchdesk.v1.json");
            socket.onopen = () => ask("hello", { token: own.token }).catch(() => {});
            socket.onmessage = (message) => {
              const frame = JSON.parse(message.data);
              if (frame.event) return event(frame);
              const request = waiting.get(frame.id);
              waiting.delete(frame.id);
              if (!request) return;
              if (frame.error) request.reject(Object.assign(new Error(frame.error.message), frame.error));
              else request.resolve(frame.ok);
            };
            socket.onclose = (end) => {
              if (present !== socket) return;
              for (const request of waiting.values()) request.reject(new Error("the connection was cut"));
              waiting.clear();
              drop();
              if ([4401, 4451, 4453].includes(end.code)) return forget("Please start a new conversation.");
              if (end.code >= 4450 && end.code <= 4499) return say("This page cannot connect: " + end.reason, true);
              document.body.dataset.state = "away";
              say("Connecting again … what you write is kept.", true);
              const most = Math.min(20000, 500 * 2 ** Math.min(tries++, 6));
              timer = setTimeout(connect, 200 + Math.random() * most);
            };
          }

          function deliver(cid, letter) {
            ask("send", { room: room(), cid, text: letter.text }).then((message) => show(message), (fault) => {
              if (!fault.code) return;          // cut off: sent again after the next join
              if (fault.temporary) return setTimeout(() => pending.has(cid) && deliver(cid, letter), fault.retry_ms || 2000);
              letter.item.classList.add("failed");
              letter.item.querySelector("header").textContent = "Not sent: " + fault.message;
              pending.delete(cid);
            });
          }

          async function send(text) {
            const cid = ulid();
            const letter = { text, item: line("customer pending", "You · sending", text) };
            pending.set(cid, letter);
            put(letter.item);
            log.scrollTop = log.scrollHeight;
            const isNew = !own.conversation;
            try {
              if (isNew) { await begin(); $("who").hidden = true; connect(); }
              else if (document.body.dataset.state === "live") deliver(cid, letter);
            } catch (fault) {
              pending.delete(cid);
              letter.item.remove();
              field.value = text;
              say("Not sent: " + fault.message, true);
            }
          }

          function forget(words) {
            own = { token: own.token, expires: own.expires };
            keep();
            epoch = undefined; last = 0; readOffset = 0;
            shown.clear(); pending.clear(); drop();
            log.replaceChildren();
            if (socket) { const old = socket; socket = undefined; old.close(); }
            form.hidden = false;
            for (const id of ["rate", "thanks", "again", "leave"]) $(id).hidden = true;
            looked = 0; hasLeft = false;
            document.body.dataset.state = "idle";
            state.textContent = "Ask a question.";
            say(words || "");
            field.focus();
          }

          form.addEventListener("submit", (e) => {
            e.preventDefault();
            const text = field.value.trim();
            if (!text) return;
            field.value = "";
            send(text);
          });
          let typedAt = 0;
          field.addEventListener("keydown", (e) => {
            if (e.key === "Enter" && !e.shiftKey && !e.isComposing) { e.preventDefault(); form.requestSubmit(); return; }
            if (Date.now() - typedAt < 3000 || document.body.dataset.state !== "live") return;
            typedAt = Date.now();
            socket.send(JSON.stringify({ op: "typing", data: { room: room() } }));
          });
          document.addEventListener("visibilitychange", () => { if (!document.hidden) read(); });
          $("rate").addEventListener("submit", async (e) => {
            e.preventDefault();
            const rating = Number(new FormData(e.target).get("rating"));
            if (!rating) return say("Please choose 1 to 5.", true);
            try {
              const path = "/v1/conversations/" + own.conversation + "/rating";
              follow(await call("POST", path, { rating, comment: $("comment").value.trim() }));
              say("");
            } catch (fault) { say(fault.message, true); }
          });
          $("leave").addEventListener("submit", async (e) => {
            e.preventDefault();
            const mail = $("mail").value.trim();
            try {
              const desk = await call("PUT", "/v1/conversations/" + own.conversation + "/contact", { mail });
              hasLeft = true;
              tellAttendance(desk);
              $("leave").hidden = true;
              say(desk.attended ? "Somebody is here now. You can go on writing." : "Thank you. We write to " + mail + ".");
            } catch (fault) { say(fault.message, true); }
          });
          $("again").addEventListener("click", () => forget());

          if (own.conversation) { $("who").hidden = true; connect(); }
          field.focus();
        })();
        """#
}
