internal import DeskAPI
internal import Monitoring
internal import Vocabulary

extension EndpointTable {
    /// Who is told of alerts, and what became of each message.
    var notifying: [Endpoint] {
        let notices = notices
        let notifications = notices.notifications
        return [
            bind(Operations.listReceivers) { _, _, _ in List(try await notifications.receivers()) },
            bind(Operations.testReceiver) { caller, input, now in
                try await notices.test(input.name, by: caller, at: now)
            },
            bind(Operations.listNotices) { _, input, _ in
                List(try await notifications.list(input).map(NoticeDelivery.init))
            },
            bind(Operations.retryNotice) { caller, input, now in
                let message = try await notifications.retry(input.id, by: caller, at: now)
                notices.ring()
                return NoticeDelivery(message)
            },
            bind(Operations.dropNotice) { caller, input, now in
                NoticeDelivery(try await notifications.drop(input.id, by: caller, at: now))
            },
        ]
    }
}

extension NoticeDesk {
    /// Sends a marked message once and tells what came of it.
    func test(_ name: String, by caller: Caller, at now: Timestamp) async throws -> NoticeTest {
        let known = notifications.configuration
        guard let receiver = known.receiver(name) else {
            let hint = known.receivers.map(\.name).nearest(to: name).map { ", did you mean \($0)?" } ?? ""
            throw Problem(.notFound, "there is no receiver \(NoticeText.plain(name))\(hint)")
        }
        let message = try await notifications.test(of: name, by: caller, at: now)
        var test = NoticeTest()
        test.receiver = name
        switch await courier.deliver(message, to: receiver, isTest: true) {
        case .delivered:
            test.isDelivered = true
            test.answer = "the receiver took it"
        case .failed(let reason, _), .refused(let reason): test.answer = NoticeText.plain(reason)
        }
        return test
    }
}

extension NoticeDelivery {
    init(_ message: NoticeMessage) {
        self.init()
        id = message.id
        receiver = message.receiver
        title = NoticeText(message: message).subject
        count = Int64(message.entries.count)
        state = State(rawValue: message.state.rawValue) ?? .waiting
        attempts = Int64(message.attempts)
        key = message.key
        createdAt = message.createdAt
        triedAt = message.triedAt
        nextAt = message.state == .waiting ? message.nextAt : nil
        fault = message.fault
    }
}
