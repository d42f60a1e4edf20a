import Desk
import Foundation
import NIOConcurrencyHelpers

/// A provider of fine-tunings on a loopback port, with the faults that a test gives it.
final class TuningProvider: Sendable {
    /// How the next request of an address is answered instead.
    enum Fault: Sendable {
        /// With a status, a body and headers; nothing is done.
        case refusal(Int, String, [String])
        /// It is done, but the connection breaks before the answer.
        case lostAnswer
        /// It is done, and answered with this.
        case nonsense(String)
    }

    struct Job: Sendable {
        var id: String
        var file: String
        var body: String
        var status = "validating_files"
        var model: String?
        var error: String?
    }

    struct State: Sendable {
        var files: [String: String] = [:]
        var jobs: [Job] = []
        /// Events of every job, oldest first.
        var events: [String] = []
        /// First lines of requests without the version of HTTP.
        var requests: [String] = []
        var faults: [String: [Fault]] = [:]
        /// Whether nobody answers any more.
        var isGone = false
    }

    let state = NIOLockedValueBox(State())
    let server: LoopbackServer

    init() throws {
        let state = state
        server = try LoopbackServer { connection in
            while let request = connection.readRequest() {
                if state.withLockedValue({ $0.isGone }) { return }
                guard let (status, body, headers) = TuningProvider.answer(request, state) else {
                    return connection.reset()
                }
                connection.respond(status, body, headers: headers)
            }
        }
    }

    /// The next requests whose first line begins so are answered by these faults.
    func fault(_ line: String, _ faults: Fault...) {
        state.withLockedValue { $0.faults[line, default: []] += faults }
    }

    func change(_ body: (inout Job) -> Void) {
        state.withLockedValue { state in
            for place in state.jobs.indices { body(&state.jobs[place]) }
        }
    }

    func tell(_ count: Int, _ event: (Int) -> String) {
        state.withLockedValue { state in
            for _ in 0..<count { state.events.append(event(state.events.count + 1)) }
        }
    }

    var jobs: [Job] { state.withLockedValue { $0.jobs } }

    func requests(_ line: String) -> Int {
        state.withLockedValue { $0.requests.count { $0.hasPrefix(line) } }
    }

    private static func answer(
        _ request: String, _ state: NIOLockedValueBox<State>
    ) -> (status: Int, body: String, headers: [String])? {
        let line = String(request.prefix { $0 != "\r\n" }).replacingOccurrences(of: " HTTP/1.1", with: "")
        return state.withLockedValue { state in
            state.requests.append(line)
            let key = state.faults.keys.filter { line.hasPrefix($0) && state.faults[$0]?.isEmpty == false }
                .max { $0.count < $1.count }
            let fault = key.flatMap { state.faults[$0]?.removeFirst() }
            if case .refusal(let status, let body, let headers)? = fault { return (status, body, headers) }
            let done = perform(line, request, &state)
            switch fault {
            case .lostAnswer: return nil
            case .nonsense(let text): return (200, text, [])
            default: return (done.status, done.body, [])
            }
        }
    }

    private static func perform(_ line: String, _ request: String, _ state: inout State) -> (status: Int, body: String)
    {
        let parts = line.split(separator: " ")
        let address = parts[1].split(separator: "?")
        let path = address[0].split(separator: "/").dropFirst().map(String.init)
        let body = request.components(separatedBy: "\r\n\r\n").dropFirst().joined(separator: "\r\n\r\n")
        switch (parts[0], path.count) {
        case ("POST", 1):
            let id = "file-\(state.files.count + 1)"
            state.files[id] = body
            return (200, #"{"id":"\#(id)","object":"file"}"#)
        case ("POST", 2):
            let file = body.components(separatedBy: #""training_file":""#)[1].prefix { $0 != "\"" }
            state.jobs.append(Job(id: "ftjob-\(state.jobs.count + 1)", file: String(file), body: body))
            return (200, text(state.jobs[state.jobs.count - 1]))
        case ("GET", 2):
            return (200, page(state.jobs.reversed().map { ($0.id, text($0)) }, address.dropFirst().first))
        case ("GET", 3):
            guard let job = state.jobs.first(where: { $0.id == path[2] }) else { return (404, #"{"error":"gone"}"#) }
            return (200, text(job))
        case ("GET", 4):
            let events = state.events.enumerated().reversed().map { ("e\($0.offset + 1)", $0.element) }
            return (200, page(events, address.dropFirst().first))
        case ("POST", 4):
            guard let place = state.jobs.firstIndex(where: { $0.id == path[2] }) else { return (404, "{}") }
            guard !["succeeded", "failed", "cancelled"].contains(state.jobs[place].status) else {
                return (400, #"{"error":{"message":"Job has already completed."}}"#)
            }
            state.jobs[place].status = "cancelled"
            return (200, text(state.jobs[place]))
        default: return (404, #"{"error":{"message":"no such address"}}"#)
        }
    }

    private static func text(_ job: Job) -> String {
        let model = job.model.map { #""\#($0)""# } ?? "null"
        let error = job.error.map { #"{"code":"x","message":"\#($0)"}"# } ?? "null"
        return
            #"{"object":"fine_tuning.job","id":"\#(job.id)","status":"\#(job.status)","training_file":"\#(job.file)","#
            + #""fine_tuned_model":\#(model),"trained_tokens":\#(job.model == nil ? "null" : "4711"),"error":\#(error)}"#
    }

    private static func page(_ all: [(id: String, text: String)], _ query: Substring?) -> String {
        let after = query?.components(separatedBy: "after=").dropFirst().first
        let start = after.flatMap { id in all.firstIndex { $0.id == id } }.map { $0 + 1 } ?? 0
        let part = all[start...].prefix(100)
        return #"{"object":"list","data":[\#(part.map(\.text).joined(separator: ","))],"#
            + #""has_more":\#(start + part.count < all.count)}"#
    }
}

extension TuningPace {
    /// Asks so often that nobody waits.
    static var quick: TuningPace {
        var pace = TuningPace()
        (pace.least, pace.most, pace.certainty) = (.milliseconds(5), .milliseconds(20), .milliseconds(40))
        return pace
    }
}
