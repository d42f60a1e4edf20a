extension StarterKnowledge {
    static let keysAndRoles = Document(
        path: "keys-and-roles.md",
        markdown: #"""
            # API keys and roles

            ## Create a key
            <!-- keywords: api key token new add generate access login user account credential invite colleague -->
            `watchdesk keys create --name front-desk --role agent` creates a key and prints it once.
            Keep it: only its hash is stored, so nobody can show it again.

            ## The roles
            <!-- keywords: permission allowed rights admin sre agent host-agent customer who can do what -->
            - `agent` works conversations: read, reply, take over, hand back.
            - `sre` watches hosts and alerts, and acknowledges alerts.
            - `admin` may do everything, keys included.
            - `host-agent` lets another machine send its samples.

            ## Revoke a key
            <!-- keywords: delete remove disable lost stolen leaked block withdraw expire -->
            `watchdesk keys list` shows all keys with their numbers; `watchdesk keys revoke ID` ends one.
            A revoked key stops working at once, and whoever is connected with it is cut off.

            ## Use a key with the HTTP interface
            <!-- keywords: api http rest curl bearer authorization header request program script integrate openapi 401 403 unauthorized -->
            Send it as `Authorization: Bearer KEY`.
            The description of all operations is at `/openapi.json` of the gateway.
            Status 401 means that the key is unknown or revoked, 403 that its role may not do this.

            ## The audit trail
            <!-- keywords: log history who did what record security trace accountability -->
            Every action that changes something is recorded: who, what, when, and with which key.
            `GET /v1/audit` lists it, for the roles sre and admin.

            """#)
}
