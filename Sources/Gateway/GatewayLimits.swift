/// What a gateway allows: sizes, counts and times; the defaults suit a machine that serves a desk.
public struct GatewayLimits: Sendable {
    /// What HTTP requests may be.
    public var http = HTTPLimits()
    /// What WebSocket connections may do.
    public var realtime = RealtimeLimits()
    /// Open connections of both kinds before new ones have to wait in the kernel's queue.
    public var connections = 16_000
    /// Event loops; each is a thread of its own.
    public var threads = 2

    /// The defaults.
    public init() {}
}

/// What HTTP requests may be.
public struct HTTPLimits: Sendable {
    /// Sites that may show the chat page in a frame, such as `https://shop.example`.
    public var frameOrigins: [String] = []
    /// The largest body in bytes.
    public var bodyBytes = 256 * 1024
    /// Bytes of a request for a chat completion.
    public var completionBytes = 4 << 20
    /// Bytes of a request with a data set to learn from.
    public var trainingBytes = 80 << 20
    /// Bytes of a request with examples for a fine-tuning: a hundred megabytes, with what JSON adds to quotes.
    public var tuningBytes = 160 << 20
    /// The largest body in bytes where an article of the knowledge base is put, a batch of samples, or a conversation to import.
    public var articleBytes = 1024 * 1024
    /// Bytes of address, header names and values together.
    public var headerBytes = 16 * 1024
    /// The number of header fields.
    public var headerFields = 64
    /// From a request's first byte to the end of its headers.
    public var headerTime = Duration.seconds(10)
    /// From the end of the headers to the end of the body, and a second more for each 64 KiB of it.
    public var bodyTime = Duration.seconds(20)
    /// How long a connection may wait for its next request.
    public var idleTime = Duration.seconds(75)
    /// How long a client may take nothing of what is sent to it.
    public var stallTime = Duration.seconds(10)

    /// The defaults.
    public init() {}
}

/// What WebSocket connections may do.
public struct RealtimeLimits: Sendable {
    /// Web pages of these origins may connect, besides those of the gateway's own address; such as `https://desk.example`.
    public var origins: [String] = []
    /// The largest message from a client in bytes.
    public var messageBytes = 65_536
    /// Fragments of one message.
    public var fragments = 64
    /// From the connection to the proof of who it is.
    public var authenticationTime = Duration.seconds(10)
    /// How long a connection may be silent before it is asked for a sign of life.
    public var pingTime = Duration.seconds(25)
    /// How long that sign of life may take.
    public var pongTime = Duration.seconds(8)
    /// How long a client that was told why its connection ends may take to close its side.
    public var farewellTime = Duration.seconds(2)
    /// Rooms that one connection may be in.
    public var rooms = 128
    /// Bytes that may wait for a slow connection before it is closed.
    public var queueBytes = 1 << 20
    /// Frames that may wait for a slow connection before it is closed.
    public var queueFrames = 1024
    /// Requests a second of a customer; twice as many at once.
    public var customerRate = 20.0
    /// Requests a second of staff; twice as many at once.
    public var staffRate = 100.0
    /// Connections of one customer.
    public var connectionsPerCustomer = 5
    /// Connections of one key.
    public var connectionsPerKey = 20

    /// The defaults.
    public init() {}
}
