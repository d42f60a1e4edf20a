import DeskAPI
import Foundation
import Testing
import Vocabulary

@testable import Desk

/// A real desk on this machine: its own processes, and signals to a real child.
@Suite struct ProcessDeskTests {
    private func client(_ open: OpenDesk, _ role: DeskAPI.Role) -> EmbeddedClient {
        EmbeddedClient(desk: open.desk, caller: Caller(identity: .key(ID(9)), role: role, name: "sam"))
    }

    /// The list as soon as the desk has looked at the processes.
    private func list(_ client: EmbeddedClient, _ filter: String) async throws -> ProcessList {
        var request = ListProcesses()
        request.filter = filter
        let deadline = ContinuousClock.now + .seconds(30)
        while true {
            do throws(Problem) {
                let list = try await client.call(Operations.listProcesses, request)
                if !list.items.isEmpty { return list }
            } catch {
                guard error.code == .unavailable else { throw error }
            }
            try #require(ContinuousClock.now < deadline, "the processes were never read")
            await Task.yield()
        }
    }

    private func child() throws -> Process {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sleep")
        process.arguments = ["601"]
        try process.run()
        return process
    }

    @Test func `a child is found by its command line and ended, and the trail tells who did it`() async throws {
        let open = try await OpenDesk.open()
        let sre = client(open, .sre)
        let child = try child()
        let found = try #require(
            try await list(sre, "pid=\(child.processIdentifier) and cmd~\"sleep 601\"").items.first)
        #expect(found.name == "sleep" && found.parent == Int64(getpid()))

        let earlier = SignalProcess(.kill, pid: found.pid, started: found.started - 1)
        await #expect(throws: Problem.self) { try await sre.call(Operations.signalProcess, earlier) }
        #expect(child.isRunning)

        // The pool's threads block what can be blocked, and the child inherits that.
        let right = SignalProcess(.kill, pid: found.pid, started: found.started)
        let sent = try await sre.call(Operations.signalProcess, right)
        #expect(sent.name == "sleep" && sent.pid == found.pid)
        child.waitUntilExit()
        #expect(child.terminationReason == .uncaughtSignal && child.terminationStatus == SIGKILL)

        let trail = try await open.agent.call(Operations.listAudit, ListAudit()).items
        let entry = try #require(trail.first { $0.action == "process.signal" })
        #expect(entry.actorName == "sam" && entry.subject == "process:\(found.pid)")
        #expect(entry.detail == "KILL to sleep of \(found.user)")
        try await open.end()
    }

    @Test func `roles without the right, and processes that are not to be signalled, are refused`() async throws {
        let open = try await OpenDesk.open()
        let request = SignalProcess(.terminate, pid: Int64(getpid()), started: 0)
        for role in [DeskAPI.Role.agent, .hostAgent, .customer] {
            do throws(Problem) {
                _ = try await client(open, role).call(Operations.signalProcess, request)
                Issue.record("\(role) may send signals")
            } catch {
                #expect(error.code == .forbidden)
            }
        }
        await #expect(throws: Problem.self) {
            try await client(open, .customer).call(Operations.listProcesses, ListProcesses())
        }
        for (pid, words) in [(1, "process 1 keeps"), (Int64(getpid()), "this gateway itself")] as [(Int64, String)] {
            do throws(Problem) {
                _ = try await open.agent.call(Operations.signalProcess, SignalProcess(.kill, pid: pid, started: 0))
                Issue.record("\(pid) was signalled")
            } catch {
                #expect(error.code == .forbidden && error.detail.contains(words), "\(error)")
            }
        }
        do throws(Problem) {
            _ = try await open.agent.call(
                Operations.signalProcess, SignalProcess(.kill, pid: 4_194_303, started: 0))
            Issue.record("nobody was signalled")
        } catch {
            #expect(error.code == .notFound)
        }
        try await open.end()
    }

    @Test func `who used most is there after the desk was opened again`() async throws {
        let open = try await OpenDesk.open()
        _ = try await list(open.agent, "")
        let past = try await past(open.agent)
        #expect((1...20).contains(past.items.count) && past.isPast)
        await open.desk.close()
        let again = try await OpenDesk.open(at: open.folder)
        var request = ListProcesses()
        request.at = past.at
        _ = try await list(again.agent, "")
        let kept = try await again.agent.call(Operations.listProcesses, request)
        #expect(kept == past)
        try await again.end()
    }

    /// The first top twenty that were kept.
    private func past(_ client: EmbeddedClient) async throws -> ProcessList {
        let deadline = ContinuousClock.now + .seconds(30)
        while true {
            var request = ListProcesses()
            request.at = Timestamp(seconds: Date().timeIntervalSince1970)
            do throws(Problem) {
                return try await client.call(Operations.listProcesses, request)
            } catch {
                try #require(error.code == .notFound || error.code == .unavailable, "\(error)")
            }
            try #require(ContinuousClock.now < deadline, "nothing was kept")
            await Task.yield()
        }
    }
}
