extension StarterKnowledge {
    static let remoteConsole = Document(
        path: "remote-console.md",
        markdown: #"""
            # Consoles and customers elsewhere

            ## Run the gateway as a server
            <!-- keywords: serve daemon systemd background server headless listen port address network start gateway -->
            `watchdesk serve --listen 127.0.0.1:7180` runs the gateway alone, for customers and for consoles elsewhere.
            It runs well under systemd and ends in order on SIGTERM: what is being written is finished, then the connections are closed.

            ## Open a console on a remote gateway
            <!-- keywords: remote connect another machine ssh url attach from home laptop distant network key -->
            `watchdesk --url http://127.0.0.1:7180 --key KEY` opens the same console on a gateway elsewhere.
            `WATCHDESK_URL` and `WATCHDESK_KEY` do the same.
            Several consoles at once see each other's actions within a moment.

            ## When the connection is lost
            <!-- keywords: disconnect offline reconnect network down resync stale age lost connection -->
            The status line says that the console is offline, and how old what it shows is.
            It reconnects by itself and then fetches what it missed, so that nothing is shown twice or left out.

            ## Let customers in from a website or an app
            <!-- keywords: integrate website web app widget websocket realtime api customer token embed http -->
            `POST /v1/customers` gives a customer a token, `POST /v1/conversations` starts a conversation, and `POST /v1/conversations/ID/messages` writes into it.
            `/v1/realtime` is a WebSocket with live messages that can be resumed after a break.
            Everything is described in `/openapi.json`.

            ## The port is in use
            <!-- keywords: address already in use bind error port conflict busy eaddrinuse 7180 another -->
            Another program listens there already; choose another port with `--listen 127.0.0.1:7181`.
            If it is a Watchdesk on the same data folder, a second start attaches to it or ends with status 73 and the number of the process.

            """#)
}
