internal import DeskAPI
internal import JSON
internal import NIOConcurrencyHelpers
internal import NIOCore

/// Keeps a follower connected: opens the socket, feeds it, waits and opens it again.
struct FollowLoop<Subject: Follower>: Sendable {
    let socket: RealtimeSocket
    let outlet: Outlet
    let thread: LoopThread
    let deliver: @Sendable (Subject.News) -> Void

    /// How a connection ended.
    private enum End {
        case refused(String)
        case lost(reason: String, retry: Double?, wasLive: Bool)
    }

    /// Follows until the task is cancelled or the gateway refuses the client for good.
    func run(_ subject: Subject) async {
        var subject = subject
        var backoff = Backoff()
        var randomness = SystemRandomNumberGenerator()
        deliver(Subject.news(of: .connecting))
        while !Task.isCancelled {
            switch await connect(&subject) {
            case .refused(let reason):
                return deliver(Subject.news(of: .refused(reason: reason)))
            case .lost(let reason, let retry, let wasLive):
                guard !Task.isCancelled else { return }
                if wasLive { backoff.reset() }
                let seconds = retry ?? backoff.next(&randomness)
                deliver(Subject.news(of: .offline(reason: reason, retrySeconds: Int(seconds.rounded(.up)))))
                guard await waited(seconds) else { return }
            }
        }
    }

    /// `false` when the task was cancelled meanwhile.
    private func waited(_ seconds: Double) async -> Bool {
        do {
            try await thread.sleep(for: .milliseconds(Int(seconds * 1000)))
            return true
        } catch {
            return false
        }
    }

    private func connect(_ subject: inout Subject) async -> End {
        do throws(SocketFailure) {
            let channel = try await socket.open()
            return await follow(channel, &subject)
        } catch {
            switch error {
            case .refused(let reason): return .refused(reason)
            case .unreachable(let reason): return .lost(reason: reason, retry: nil, wasLive: false)
            }
        }
    }

    private func follow(_ channel: NIOAsyncChannel<SocketEvent, String>, _ subject: inout Subject) async -> End {
        var wasLive = false
        do {
            return try await channel.executeThenClose { inbound, outbound in
                outlet.open(outbound)
                defer { outlet.close() }
                deliver(Subject.news(of: .resyncing))
                for frame in subject.connected() { try await outbound.write(frame) }
                for try await event in inbound {
                    switch event {
                    case .closed(let code, let reason): return FollowLoop.end(code, reason, wasLive: wasLive)
                    case .text(let text):
                        let reaction = subject.take(FollowLoop.json(text))
                        for news in reaction.news { deliver(news) }
                        for frame in reaction.frames { try await outbound.write(frame) }
                        if let refusal = reaction.refusal { return .refused(refusal) }
                        if reaction.isLive, !wasLive {
                            wasLive = true
                            deliver(Subject.news(of: .live))
                        }
                    }
                }
                return .lost(reason: "the connection broke", retry: nil, wasLive: wasLive)
            }
        } catch {
            return .lost(reason: "the connection broke", retry: nil, wasLive: wasLive)
        }
    }

    /// What is not JSON is nothing that could be understood.
    private static func json(_ text: String) -> JSONValue {
        do throws(JSONFailure) {
            return try JSONParser.parse(text)
        } catch {
            return .null
        }
    }

    /// The codes from 4450 to 4499 say: do not come back.
    private static func end(_ code: Int, _ reason: String, wasLive: Bool) -> End {
        if (4450...4499).contains(code) { return .refused(reason.isEmpty ? "the gateway said no (\(code))" : reason) }
        let retry = json(reason)["retry_ms"]?.wholeNumber.map { Double($0) / 1000 }
        let words = retry == nil && !reason.isEmpty ? reason : "the gateway ended the connection (\(code))"
        return .lost(reason: words, retry: retry.map { min(max($0, 0.1), 60) }, wasLive: wasLive)
    }
}

/// The way to say something over the connection that stands now, if one does.
final class Outlet: Sendable {
    private let writer = NIOLockedValueBox<NIOAsyncChannelOutboundWriter<String>?>(nil)

    func open(_ outbound: NIOAsyncChannelOutboundWriter<String>) { writer.withLockedValue { $0 = outbound } }

    func close() { writer.withLockedValue { $0 = nil } }

    /// Sends a frame; `false` when there is no connection or it broke.
    func say(_ frame: String) async -> Bool { await say([frame]) }

    /// Sends frames together; `false` when there is no connection or it broke.
    func say(_ frames: [String]) async -> Bool {
        guard let outbound = writer.withLockedValue({ $0 }) else { return false }
        do {
            try await outbound.write(contentsOf: frames)
            return true
        } catch {
            return false
        }
    }
}
