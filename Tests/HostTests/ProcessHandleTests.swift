import Foundation
import Testing
import Vocabulary

@testable import Host

/// Signals to real children of this test; they inherit blocked signals from the pool's threads, so `KILL` must do.
@Suite struct ProcessHandleTests {
    private func child() throws -> (process: Process, identity: ProcessIdentity) {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sleep")
        process.arguments = ["600"]
        try process.run()
        return (process, try identity(of: process.processIdentifier))
    }

    private func identity(of pid: Int32) throws -> ProcessIdentity {
        var scanner = ProcessScanner()
        let now = Monotonic(nanoseconds: 1)
        let read = scanner.scan(monotonic: now, boottime: now)
        let scan = try #require(read)
        return try #require(scan.entry(of: pid)).identity
    }

    @Test func `a child is ended by a signal`() throws {
        let (process, identity) = try child()
        let handle = try ProcessHandle(identity)
        #expect(handle.owner == getuid())
        try handle.send(.kill)
        process.waitUntilExit()
        #expect(process.terminationReason == .uncaughtSignal && process.terminationStatus == SIGKILL)
        #expect(throws: SignalFailure.gone) { try handle.send(.terminate) }
        #expect(throws: SignalFailure.gone) { try ProcessHandle(identity) }
    }

    @Test func `a number that another process has now is refused`() throws {
        let (process, identity) = try child()
        defer { kill(identity.pid, SIGKILL) }
        let earlier = ProcessIdentity(pid: identity.pid, started: identity.started - 1)
        #expect(throws: SignalFailure.reused) { try ProcessHandle(earlier) }
        #expect(process.isRunning)
    }

    @Test func `process 1, this process and other systems are refused`() throws {
        #expect(throws: SignalFailure.isInit) { try ProcessHandle(ProcessIdentity(pid: 1, started: 0)) }
        let own = try identity(of: getpid())
        #expect(throws: SignalFailure.isOwn) { try ProcessHandle(own) }
        #expect(throws: SignalFailure.elsewhere) { try ProcessHandle(own, root: "/host") }
    }
}
