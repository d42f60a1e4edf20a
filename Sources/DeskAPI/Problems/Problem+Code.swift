extension Problem {
    /// The kinds of problems; the raw text is stable and stands in `code` and at the end of `type`.
    public enum Code: String, CaseIterable, Sendable {
        /// The body is not JSON, or the request cannot be understood.
        case malformed
        /// A field is missing, unknown or out of its limits.
        case invalidField = "invalid-field"
        /// No token, or one that is unknown, expired or revoked.
        case unauthenticated
        /// The token's role may not do this.
        case forbidden
        /// There is no such thing, or the caller may not know of it.
        case notFound = "not-found"
        /// The address exists, but not with this method.
        case methodNotAllowed = "method-not-allowed"
        /// The thing changed since the caller looked.
        case staleRevision = "stale-revision"
        /// Somebody else owns the conversation.
        case alreadyClaimed = "already-claimed"
        /// Somebody else acknowledged the alert.
        case alreadyAcknowledged = "already-acknowledged"
        /// The alert is not in a state in which this can be done.
        case notFiring = "not-firing"
        /// The same idempotency key was used for another text.
        case reusedKey = "reused-key"
        /// The conversation is closed.
        case conversationClosed = "conversation-closed"
        /// The conversation is not over yet.
        case notResolved = "not-resolved"
        /// The customer has rated it already.
        case alreadyRated = "already-rated"
        /// Something points to the version, or a deployment of that name is under way.
        case inUse = "in-use"
        /// The version was rolled back not long ago.
        case coolingDown = "cooling-down"
        /// The body is larger than allowed.
        case tooLarge = "too-large"
        /// The body is not `application/json`.
        case unsupportedMediaType = "unsupported-media-type"
        /// The caller asks too often.
        case rateLimited = "rate-limited"
        /// The headers are larger than allowed.
        case headersTooLarge = "headers-too-large"
        /// The client took too long to send its request.
        case requestTimeout = "request-timeout"
        /// A fault of the gateway; the log holds the rest.
        case internalFailure = "internal-failure"
        /// The gateway is starting, draining or overloaded; try again.
        case unavailable
        /// The disk is full; nothing was written.
        case storageFull = "storage-full"
        /// The gateway cannot be reached (made by the client, never sent).
        case unreachable

        /// The HTTP status.
        public var status: Int {
            switch self {
            case .malformed: 400
            case .unauthenticated: 401
            case .forbidden: 403
            case .notFound: 404
            case .methodNotAllowed: 405
            case .requestTimeout: 408
            case .staleRevision, .alreadyClaimed, .alreadyAcknowledged, .notFiring, .reusedKey, .conversationClosed,
                .notResolved, .alreadyRated, .inUse, .coolingDown:
                409
            case .tooLarge: 413
            case .unsupportedMediaType: 415
            case .invalidField: 422
            case .rateLimited: 429
            case .headersTooLarge: 431
            case .internalFailure: 500
            case .unavailable, .unreachable: 503
            case .storageFull: 507
            }
        }

        /// A short name for people, the same for every occurrence.
        public var title: String {
            switch self {
            case .malformed: "Malformed request"
            case .invalidField: "Invalid field"
            case .unauthenticated: "Not authenticated"
            case .forbidden: "Not allowed"
            case .notFound: "Not found"
            case .methodNotAllowed: "Method not allowed"
            case .staleRevision: "Changed meanwhile"
            case .alreadyClaimed: "Owned by somebody else"
            case .alreadyAcknowledged: "Already acknowledged"
            case .notFiring: "Alert is not firing"
            case .notResolved: "Not over yet"
            case .alreadyRated: "Already rated"
            case .reusedKey: "Idempotency key used before"
            case .conversationClosed: "Conversation is closed"
            case .inUse: "In use"
            case .coolingDown: "Rolled back not long ago"
            case .tooLarge: "Body too large"
            case .unsupportedMediaType: "Unsupported media type"
            case .rateLimited: "Too many requests"
            case .headersTooLarge: "Headers too large"
            case .requestTimeout: "Request took too long"
            case .internalFailure: "Internal failure"
            case .unavailable: "Unavailable"
            case .storageFull: "Storage is full"
            case .unreachable: "Gateway unreachable"
            }
        }
    }
}
