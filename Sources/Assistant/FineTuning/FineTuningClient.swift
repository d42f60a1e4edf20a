internal import JSON
public import Transfer
internal import Vocabulary

/// What a provider is asked to learn.
public struct TuningOrder: Equatable, Sendable {
    /// The provider's name of the model that learns.
    public var model: String
    /// The provider's name of the file it learns from.
    public var file: String
    /// The file it is measured on.
    public var validationFile: String?
    /// What is to stand in the new model's name.
    public var suffix: String?
    /// Where the provider's chance comes from.
    public var seed: Int64?
    /// Passes over the data.
    public var epochs: Int64?

    /// An order.
    public init(model: String, file: String) {
        (self.model, self.file) = (model, file)
    }
}

/// Fine-tunes at a provider that speaks OpenAI's protocol: files, jobs and their events.
///
/// Each call is one request, never repeated here: whether a failure may be tried again is the caller's to know.
/// (https://platform.openai.com/docs/api-reference/fine-tuning, read 2026-11.)
public struct FineTuningClient: Sendable {
    /// One page of a list.
    struct Page: Equatable, Sendable {
        var elements: [JSONValue]
        var hasMore: Bool
    }

    private let endpoint: LanguageModelEndpoint
    private let transfer: Transfer
    /// The most pages of a list that are read at once.
    private let mostPages: Int
    private static let pageSize = 100
    private static let patience = Patience(
        connect: .seconds(5), firstByte: .seconds(60), idle: .seconds(30), total: .seconds(120))

    /// A client of an endpoint.
    public init(_ endpoint: LanguageModelEndpoint, over transfer: Transfer, mostPages: Int = 100) {
        (self.endpoint, self.transfer, self.mostPages) = (endpoint, transfer, mostPages)
    }

    /// Uploads a file of examples; gives the provider's name of it.
    public func upload(_ data: [UInt8], name: String, boundary: String) async throws(TuningFailure) -> String {
        var request = endpoint.request(.post, "/files", type: "multipart/form-data; boundary=\(boundary)")
        request.body = FineTuningClient.form(data, name: name, boundary: boundary)
        // Room for 100 kB/s, which the slowest line of a server has.
        let time = FineTuningClient.patience.firstByte + .seconds(data.count / 100_000)
        request.patience = Patience(connect: .seconds(5), firstByte: time, idle: .seconds(30), total: time)
        let document = try await ask(request)
        guard let id = document["id"]?.text, RemoteName.isSound(id) else {
            throw .garbled("an uploaded file without a usable id")
        }
        return id
    }

    /// Begins a job; each success costs money.
    public func start(_ order: TuningOrder) async throws(TuningFailure) -> RemoteTuning {
        var writer = JSONWriter()
        writer.object { writer in
            writer.name("model")
            writer.string(order.model)
            writer.name("training_file")
            writer.string(order.file)
            for (name, text) in [("validation_file", order.validationFile), ("suffix", order.suffix)] {
                guard let text else { continue }
                writer.name(name)
                writer.string(text)
            }
            if let seed = order.seed {
                writer.name("seed")
                writer.integer(seed)
            }
            if let epochs = order.epochs {
                writer.name("hyperparameters")
                writer.value(["n_epochs": .integer(epochs)])
            }
        }
        var request = endpoint.request(.post, "/fine_tuning/jobs", type: "application/json")
        request.body = writer.bytes
        request.isSentOnce = true
        return try await job(request)
    }

    /// How a job stands.
    public func job(_ id: String) async throws(TuningFailure) -> RemoteTuning {
        try await job(endpoint.request(.get, "/fine_tuning/jobs/\(id)"))
    }

    /// Ends a job.
    public func cancel(_ id: String) async throws(TuningFailure) -> RemoteTuning {
        var request = endpoint.request(.post, "/fine_tuning/jobs/\(id)/cancel", type: "application/json")
        request.body = Array("{}".utf8)
        return try await job(request)
    }

    /// The job that learns from a file; `nil` when there is none.
    ///
    /// - Throws: `.endless` when the list goes on for so long that nobody knows.
    public func job(learningFrom file: String) async throws(TuningFailure) -> RemoteTuning? {
        var found: RemoteTuning?
        try await pages("/fine_tuning/jobs", after: nil) { page in
            found = page.elements.lazy.compactMap(RemoteTuning.init).first { $0.file == file }
            return found == nil
        }
        return found
    }

    /// The events of a job that came after one that is known, oldest first.
    ///
    /// Lists are read from their newest end until the known event; a provider that gives its oldest first is read whole.
    /// - Throws: ``TuningFailure``; what lies beyond the most pages is left out.
    public func events(of job: String, after known: String?) async throws(TuningFailure) -> [TuningEvent] {
        var events: [TuningEvent] = []
        do {
            try await pages("/fine_tuning/jobs/\(job)/events", after: nil) { page in
                let read = page.elements.compactMap(TuningEvent.init)
                events += read
                guard let known, FineTuningClient.isNewestFirst(read) else { return true }
                return !read.contains { $0.id == known }
            }
        } catch {
            guard case .endless = error else { throw error }
        }
        let ordered = FineTuningClient.isNewestFirst(events) ? events.reversed() : events
        guard let known, let place = ordered.lastIndex(where: { $0.id == known }) else { return ordered }
        return Array(ordered[(place + 1)...])
    }

    private static func isNewestFirst(_ events: [TuningEvent]) -> Bool {
        guard let first = events.first?.at, let last = events.last?.at else { return true }
        return first >= last
    }

    /// Reads a list page by page while `wantsMore`.
    private func pages(
        _ path: String, after known: String?, wantsMore: (Page) -> Bool
    ) async throws(TuningFailure) {
        var after = known
        for _ in 0..<mostPages {
            let cursor = after.map { "&after=\($0)" } ?? ""
            let document = try await ask(endpoint.request(.get, "\(path)?limit=\(FineTuningClient.pageSize)\(cursor)"))
            guard let elements = document["data"]?.elements else { throw .garbled("a list without data") }
            let page = Page(elements: elements, hasMore: document["has_more"]?.boolean ?? false)
            guard wantsMore(page), page.hasMore else { return }
            // A page that leads nowhere, or back to itself, would be read for ever.
            guard let last = elements.last?["id"]?.text, RemoteName.isSound(last), last != after else {
                throw .garbled("a list that says it goes on, but not where")
            }
            after = last
        }
        throw .endless(pages: mostPages)
    }

    private func job(_ request: HTTPRequest) async throws(TuningFailure) -> RemoteTuning {
        guard let job = RemoteTuning(try await ask(request)) else {
            throw .garbled("a job without a usable id and status")
        }
        return job
    }

    private func ask(_ request: HTTPRequest) async throws(TuningFailure) -> JSONValue {
        var request = request
        if request.patience == Patience() { request.patience = FineTuningClient.patience }
        let response: HTTPResponse
        do { response = try await transfer.request(request) } catch { throw .transfer(error) }
        guard (200...299).contains(response.status) else {
            let words = ChatFailure.words(of: response.body, type: response.head["content-type"] ?? "")
            throw .refused(
                status: response.status, message: endpoint.withoutKey(words),
                retryAfter: RetryAfter.wait(in: response.head))
        }
        do { return try JSONParser.parse(response.body) } catch {
            throw .garbled(ChatFailure.safe(error.description))
        }
    }

    /// A form with the purpose and the file (RFC 7578).
    static func form(_ data: [UInt8], name: String, boundary: String) -> [UInt8] {
        var body: [UInt8] = []
        body.reserveCapacity(data.count + 512)
        let head =
            "--\(boundary)\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nfine-tune\r\n"
            + "--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(name)\"\r\n"
            + "Content-Type: application/jsonl\r\n\r\n"
        body += Array(head.utf8)
        body += data
        body += Array("\r\n--\(boundary)--\r\n".utf8)
        return body
    }
}
