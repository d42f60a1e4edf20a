internal import DeskAPI
internal import JSON
internal import NIOCore

/// One request of a client: `{"id": 7, "op": "send", "data": {…}}`.
struct ClientFrame: Sendable, Equatable {
    /// What the reply will carry; `nil` when none is wanted.
    var id: UInt32?
    /// What is asked.
    var op: String
    /// The fields of what is asked.
    var data: [JSONValue.Member]

    /// Reads a frame's text.
    ///
    /// - Throws: a fault with the `id`, as far as it could be read.
    init(_ text: ByteBuffer) throws(ClientFrameFault) {
        let json: JSONValue
        do throws(JSONFailure) {
            json = try JSONParser.parse(text.readableBytesView, maximumDepth: 32)
        } catch {
            throw ClientFrameFault(id: nil, problem: Problem(.malformed, "the frame is not JSON: \(error)"))
        }
        try self.init(json)
    }

    private init(_ json: JSONValue) throws(ClientFrameFault) {
        guard let members = json.members else {
            throw ClientFrameFault(id: nil, problem: Problem(.malformed, "a frame must be one JSON object"))
        }
        id = nil
        if let given = json["id"] {
            guard let number = given.wholeNumber, let valid = UInt32(exactly: number), valid > 0 else {
                throw ClientFrameFault(
                    id: nil, problem: Problem(FieldFault("must be a whole number, 1 to 4294967295").at("id")))
            }
            id = valid
        }
        if let stranger = members.first(where: { !["id", "op", "data"].contains($0.name) }) {
            throw ClientFrameFault(
                id: id, problem: Problem(FieldFault("is not a known field; a frame has id, op, data").at(stranger.name))
            )
        }
        guard let op = json["op"]?.text else {
            throw ClientFrameFault(id: id, problem: Problem(FieldFault("must name the operation").at("op")))
        }
        guard let data = (json["data"] ?? .object([])).members else {
            throw ClientFrameFault(id: id, problem: Problem(FieldFault("must be an object").at("data")))
        }
        (self.op, self.data) = (op, data)
    }

    /// The fields as a request.
    func read<Request: Record>(_ type: Request.Type) throws(Problem) -> Request {
        do throws(FieldFault) {
            return try Request.read(members: data, texts: [:])
        } catch {
            throw Problem(error)
        }
    }
}

/// Why a frame is no request, and which `id` the answer carries.
struct ClientFrameFault: Error, Equatable {
    let id: UInt32?
    let problem: Problem
}
