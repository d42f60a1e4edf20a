internal import DeskAPI
internal import Host
internal import Monitoring
internal import Transfer
internal import Vocabulary

/// Brings one message to its receiver and says what came of it; never a secret in the words.
struct NoticeCourier: Sendable {
    let transfer: Transfer
    let clock: HostClock
    /// The secret text of `env:NAME` or `file:/path`.
    let secrets: @Sendable (String) throws -> String

    /// Makes one attempt.
    func deliver(
        _ message: NoticeMessage, to receiver: NoticeReceiver, isTest: Bool = false
    ) async -> NoticeMessage.Outcome {
        guard receiver.isKnown else { return .refused("notify.yaml has no receiver \(message.receiver) any more") }
        do {
            switch receiver.channel {
            case .http(let endpoint): return try await post(message, endpoint, isTest)
            case .mail(let mail): return try await send(message, mail, isTest)
            case .program(let program): return await run(message, program, isTest)
            case .console: return .delivered
            }
        } catch {
            // A secret that is missing now may be there later.
            return .failed("\(error)", retryAfter: nil)
        }
    }

    private func text(_ reference: NoticeReceiver.Reference) throws -> String {
        switch reference {
        case .text(let text): text
        case .secret(let place): try secrets(place)
        }
    }

    private func post(
        _ message: NoticeMessage, _ endpoint: NoticeReceiver.Endpoint, _ isTest: Bool
    ) async throws -> NoticeMessage.Outcome {
        var url = try text(endpoint.url)
        if endpoint.format == .alertmanager, !url.contains("/api/") {
            url += (url.hasSuffix("/") ? "" : "/") + "api/v2/alerts"
        }
        var headers = [
            HTTPRequest.Header("Content-Type", "application/json"), .init("User-Agent", "watchdesk"),
            .init("Idempotency-Key", message.key),
        ]
        headers += try endpoint.headers.map { HTTPRequest.Header($0.name, try text($0.value)) }
        if let bearer = endpoint.bearer { headers.append(.init("Authorization", "Bearer \(try text(bearer))")) }
        let request = HTTPRequest(
            .post, url, headers: headers, body: NoticePayload(message: message, isTest: isTest).body(endpoint.format),
            patience: Patience(
                connect: endpoint.timeout, firstByte: endpoint.timeout, idle: endpoint.timeout, total: endpoint.timeout)
        )
        do throws(TransferFailure) {
            // Only the head decides; a body of any size does no harm, because it is not kept.
            let stream = try await transfer.stream(request.accepting(Int.max))
            defer { stream.discardRest() }
            return NoticeCourier.verdict(stream.head, at: clock.now())
        } catch {
            switch error {
            // The address is part of the words, and may hold a secret.
            case .invalidRequest: return .refused("the receiver's address or a header of it is wrong")
            case .addressRefused: return .refused(error.reason)
            default: return .failed(error.reason, retryAfter: nil)
            }
        }
    }

    /// What an answer means: 408, 429 and 5xx may go better later, everything else outside of 2xx would not.
    static func verdict(_ head: HTTPHead, at now: Timestamp) -> NoticeMessage.Outcome {
        let wish = head["retry-after"].flatMap { Int64($0) }.map { Duration.seconds(min(max($0, 0), 86_400)) }
        switch head.status {
        case 200...299: return .delivered
        case 300...399: return .refused("it answered with status \(head.status); redirects are not followed")
        case 408, 429, 500...599: return .failed("it answered with status \(head.status)", retryAfter: wish)
        default: return .refused("it answered with status \(head.status)")
        }
    }

    private func send(
        _ message: NoticeMessage, _ mail: NoticeReceiver.Mail, _ isTest: Bool
    ) async throws -> NoticeMessage.Outcome {
        let encryption: MailMessage.Encryption =
            switch mail.encryption {
            case .starttls: .starttls
            case .implicit: .implicit
            case .none: .none
            }
        var letter = MailMessage(
            host: mail.host, port: mail.port, encryption: encryption, from: mail.from, to: mail.to,
            text: NoticeMail(message: message, from: mail.from, to: mail.to, date: clock.now(), isTest: isTest).text,
            patience: mail.timeout)
        letter.authority = mail.authority
        if let user = mail.user, let password = mail.password { letter.login = (user, try text(password)) }
        do throws(MailMessage.Failure) {
            try await letter.send(reach: .alsoPrivate)
            return .delivered
        } catch {
            switch error {
            case .refused(let code) where code >= 500: return .refused("the mail server answered with \(code)")
            case .refused(let code): return .failed("the mail server answered with \(code)", retryAfter: nil)
            case .transfer(.addressRefused(let server)): return .refused("the address \(server) may not be used")
            case .transfer(let failure): return .failed(failure.reason, retryAfter: nil)
            }
        }
    }

    private func run(
        _ message: NoticeMessage, _ program: NoticeReceiver.Program, _ isTest: Bool
    ) async -> NoticeMessage.Outcome {
        let words = NoticeCourier.words(of: message, isTest: isTest)
        var environment = ["PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8"]
        for (name, value) in words { environment["WATCHDESK_\(name.uppercased())"] = value }
        if isTest { environment["WATCHDESK_TEST"] = "1" }
        let arguments = program.arguments.map { argument in
            argument.replacing(#/\{([a-z]+)\}/#) { match in words[String(match.1)] ?? String(match.0) }
        }
        let ending = await ProgramRun(
            arguments: arguments, environment: environment,
            input: NoticePayload(message: message, isTest: isTest).body(.webhook), patience: program.timeout
        ).perform()
        switch ending {
        case .exit(0, _): return .delivered
        case .exit(let status, let output):
            let said = output.isEmpty ? "" : ": \(output)"
            return .failed("it ended with status \(status)\(said)", retryAfter: nil)
        case .signal(let signal): return .failed("it was ended by signal \(signal)", retryAfter: nil)
        case .tooSlow: return .failed("it took longer than \(program.timeout) and was killed", retryAfter: nil)
        case .notStarted(let code): return .failed("it could not be started (errno \(code))", retryAfter: nil)
        }
    }

    /// What a program's arguments and environment can say; harmless lines without control characters.
    static func words(of message: NoticeMessage, isTest: Bool) -> [String: String] {
        let text = NoticeText(message: message, isTest: isTest)
        let first = message.entries.first { !$0.isEnd } ?? message.entries.first
        let alert = first?.alert ?? Alert()
        let words = [
            "summary": text.subject, "severity": text.severity.rawValue, "host": alert.host, "rule": alert.rule,
            "metric": alert.metric, "category": alert.category, "reason": first?.reason?.rawValue ?? "repeated",
            "status": text.isOver ? "resolved" : "firing", "id": "\(alert.id)", "count": "\(message.entries.count)",
            "key": message.key,
        ]
        return words.mapValues(NoticeText.plain)
    }
}

extension HTTPRequest {
    fileprivate func accepting(_ limit: Int) -> HTTPRequest {
        var request = self
        request.bodyLimit = limit
        return request
    }
}
