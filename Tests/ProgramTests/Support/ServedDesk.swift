import Glibc
import JSON

/// `watchdesk serve` on a folder, ready to be asked.
final class ServedDesk {
    let folder: TemporaryFolder
    let program: RunningProgram
    let port: Int
    /// The token of this machine's own people, who may do everything.
    let token: String
    /// From the start of the process until it said that it was ready.
    let startUp: Duration

    /// Starts it on a free port and waits until it is ready.
    init(_ folder: TemporaryFolder, environment: [String: String] = [:], arguments: [String] = []) throws {
        self.folder = folder
        program = try RunningProgram(
            ["serve", "--listen", "127.0.0.1:0", "--data", "\(folder.path)/data"] + arguments, home: folder.path,
            environment: environment)
        let line = try program.output.line(with: "listens on")
        let port = line.split(separator: ":").compactMap { Int($0.prefix { $0.isNumber }) }.last ?? 0
        self.port = port
        _ = try Deadline().ask("readiness") {
            try? HTTPConnection(port: port).ask("GET", "/readyz").status == 200 ? true : nil
        }
        startUp = .now - program.startedAt
        token = try folder.text(of: "data/local.token")
    }

    /// Asks on a connection of its own.
    @discardableResult
    func ask(
        _ method: String, _ target: String, token: String? = nil, _ body: JSONValue? = nil
    ) throws -> HTTPConnection.Answer {
        try HTTPConnection(port: port).ask(method, target, token: token, body: body.map { Array($0.encoded.utf8) })
    }

    /// A new customer with a conversation.
    func customer(_ name: String = "Crystal") throws -> Customer {
        let made = try ask("POST", "/v1/customers", ["name": .string(name)]).json
        guard let token = made["token"]?.text else { throw NothingCame(description: "no customer: \(made.encoded)") }
        let conversation = try ask("POST", "/v1/conversations", token: token, [:]).json
        guard let id = conversation["id"]?.wholeNumber else {
            throw NothingCame(description: "no conversation: \(conversation.encoded)")
        }
        return Customer(token: token, conversation: id)
    }

    struct Customer: Sendable {
        let token: String
        let conversation: Int64
    }

    /// Every message of a conversation, as staff sees them.
    func transcript(_ conversation: Int64) throws -> [JSONValue] {
        var messages: [JSONValue] = []
        while true {
            let after = messages.last?["offset"]?.wholeNumber ?? 0
            let page = try ask(
                "GET", "/v1/conversations/\(conversation)/messages?after=\(after)&limit=1000", token: token)
            let items = page.json["items"]?.elements ?? []
            messages += items
            if items.count < 1000 { return messages }
        }
    }

    /// Ends it as an administrator does, and says how it ended.
    func stop(within patience: Duration = Deadline.usual) throws -> RunningProgram.Ending {
        program.send(SIGTERM)
        return try program.end(within: patience)
    }
}
