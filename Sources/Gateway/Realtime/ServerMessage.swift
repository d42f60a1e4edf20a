internal import DeskAPI
internal import JSON

/// Writes what the server says: replies and pushed events, one JSON object each.
enum ServerMessage {
    /// A reply: `{"id": 7, "ok": …}`.
    static func ok(_ id: UInt32?, _ body: (inout JSONWriter) -> Void) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            if let id {
                writer.name("id")
                writer.integer(id)
            }
            writer.name("ok")
            body(&writer)
        }
        return writer.bytes
    }

    /// A refusal: `{"id": 7, "error": {"code": …, "message": …, "temporary": …}}`; the codes are those of problem documents.
    static func error(_ id: UInt32?, _ problem: Problem, retryMilliseconds: Int64? = nil) -> [UInt8] {
        let retry = retryMilliseconds ?? problem.retryAfter.map { $0 * 1000 }
        var writer = JSONWriter()
        writer.object { writer in
            if let id {
                writer.name("id")
                writer.integer(id)
            }
            writer.name("error")
            writer.object { writer in
                writer.name("code")
                writer.string(problem.code.rawValue)
                writer.name("message")
                writer.string(problem.detail)
                writer.name("temporary")
                writer.bool(retry != nil || problem.code == .unavailable || problem.code == .rateLimited)
                if let retry {
                    writer.name("retry_ms")
                    writer.integer(retry)
                }
                if let current = problem.current {
                    writer.name("current")
                    writer.value(current)
                }
            }
        }
        return writer.bytes
    }

    /// An event: `{"event": "message", "room": "c:42", "offset": 128, "epoch": "k3f", "data": …}`.
    ///
    /// - Parameters:
    ///   - position: the event's place in its room; `nil` for what is not kept.
    ///   - data: one JSON value, already encoded.
    static func push(_ event: String, room: Room?, position: Position?, data: [UInt8]) -> [UInt8] {
        var writer = JSONWriter(capacity: data.count + 96)
        writer.object { writer in
            writer.name("event")
            writer.string(event)
            if let room {
                writer.name("room")
                writer.string(room.name)
            }
            if let position {
                writer.name("offset")
                writer.integer(position.offset)
                writer.name("epoch")
                writer.string(position.epoch)
            }
            writer.name("data")
            writer.raw(data)
        }
        return writer.bytes
    }
}
