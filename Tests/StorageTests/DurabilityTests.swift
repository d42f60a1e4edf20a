import Foundation
import Testing
import Vocabulary

@testable import Storage

@Suite(.serialized)
struct DurabilityTests {
    private let folder = TemporaryFolder()

    @Test(arguments: [Durability.full, .normal])
    func `what was confirmed before a kill is there after it`(_ durability: Durability) async throws {
        for round in 0..<3 {
            let isFull = durability == .full
            await #expect(processExitsWith: .signal(SIGKILL)) {
                [folder = folder.path as String, isFull = isFull as Bool, round = round as Int] in
                try await writeUntilKilled(in: folder, durability: isFull ? .full : .normal, round: round)
            }
        }
        let confirmed = try String(contentsOfFile: folder.file("confirmed"), encoding: .utf8)
            .split(separator: "\n").map(String.init)
        let database = try folder.notes()
        let kept = Set(try await database.read { try $0.rows("SELECT text FROM note") { row in try row[0] as String } })
        #expect(confirmed.count > 100, "too few to mean something: \(confirmed.count)")
        #expect(confirmed.filter { !kept.contains($0) } == [])
        #expect(try await database.integrityProblems() == [])
    }

    @Test func `a full file system refuses, keeps what was confirmed, and recovers when there is room`() async throws {
        let mount = folder.file("small")
        try FileManager.default.createDirectory(atPath: mount, withIntermediateDirectories: false)
        guard shell("mount -t tmpfs -o size=1m tmpfs \(mount)") == 0 else {
            print("not allowed to mount a file system: skipped")
            return
        }
        defer { #expect(shell("umount -l \(mount)") == 0) }
        try Data(count: 400_000).write(to: URL(fileURLWithPath: mount + "/ballast"))
        let database = try Database.open(
            at: mount + "/notes.db", durability: .full, migrations: noteMigrations, now: .epoch)
        var confirmed = 0
        do {
            while confirmed < 10_000 {
                try await database.note("\(confirmed) " + String(repeating: "x", count: 500))
                confirmed += 1
            }
            Issue.record("the file system never filled up")
        } catch {
            #expect(error as? StorageFailure == .full)
        }
        #expect(try await database.noteCount == confirmed)
        try FileManager.default.removeItem(atPath: mount + "/ballast")
        try await database.note("after")
        #expect(try await database.noteCount == confirmed + 1)
        #expect(try await database.integrityProblems() == [])
        database.close()
    }

    @Test func `after a write that failed the connection is opened anew and goes on`() async throws {
        await #expect(processExitsWith: .success) { [folder = folder.path as String] in
            try await writeAcrossFailure(in: folder)
        }
        let database = try folder.notes()
        let kept = try await database.read { try $0.rows("SELECT text FROM note") { row in try row[0] as String } }
        #expect(kept == ["before", "after"])
        #expect(try await database.integrityProblems() == [])
    }

    @Test func `a file that was replaced is not written, nor is the one in its place`() async throws {
        let database = try folder.notes()
        try await database.note("first")
        let moved = folder.file("moved.db")
        try FileManager.default.moveItem(atPath: folder.file("notes.db"), toPath: moved)
        await #expect(throws: StorageFailure.replaced(path: folder.file("notes.db"))) { try await database.note("x") }
        #expect(!FileManager.default.fileExists(atPath: folder.file("notes.db")))
        try Data("other".utf8).write(to: URL(fileURLWithPath: folder.file("notes.db")))
        await #expect(throws: StorageFailure.replaced(path: folder.file("notes.db"))) { try await database.note("x") }
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.file("notes.db"))) == Data("other".utf8))
        try FileManager.default.removeItem(atPath: folder.file("notes.db"))
        try FileManager.default.moveItem(atPath: moved, toPath: folder.file("notes.db"))
        try await database.note("second")
        #expect(try await database.noteCount == 2)
    }

    @Test func `closing empties the log, and a closed database says so`() async throws {
        let database = try folder.notes()
        for number in 0..<20 { try await database.note("\(number)") }
        database.close()
        #expect(try folder.names == ["notes.db"])
        await #expect(throws: StorageFailure.closed) { try await database.note("late") }
        await #expect(throws: StorageFailure.closed) { try await database.noteCount }
        #expect(try await folder.notes().noteCount == 20)
    }

    @Test func `a slow reader lets the log grow only as long as it reads`() async throws {
        let database = try folder.notes()
        let isReading = Gate()
        let mayEnd = Gate()
        async let reading: Void = database.read { snapshot in
            _ = try snapshot.value("SELECT count(*) FROM note") as Int?
            isReading.open()
            mayEnd.wait()
        }
        while !isReading.isOpen { await Task.yield() }
        let long = String(repeating: "x", count: 40_000)
        for number in 0..<1500 { try await database.note("\(number) \(long)") }
        let grown = database.statistics.logFrames
        #expect(grown > 3 * 4096)
        mayEnd.open()
        try await reading
        for number in 0..<500 { try await database.note("later \(number) \(long)") }
        #expect(database.statistics.logFrames < 6000)
        #expect(try folder.size("notes.db-wal") < grown * 4096 / 2)
    }

    @Test func `a copy made while others write is whole and from one moment`() async throws {
        let database = try folder.notes()
        let copy = folder.file("copy.db")
        let writing = Task {
            var number = 0
            while !Task.isCancelled {
                let pair = number
                try await database.write { transaction in
                    try transaction.run("INSERT INTO note (text) VALUES (?)", "left \(pair)")
                    try transaction.run("INSERT INTO note (text) VALUES (?)", "right \(pair)")
                }
                number += 1
            }
        }
        while try await database.noteCount < 200 { await Task.yield() }
        try await database.backUp(to: copy)
        writing.cancel()
        try await writing.value
        let restored = try folder.open("copy.db")
        let count = try await restored.noteCount
        #expect(count >= 200 && count % 2 == 0)
        #expect(try folder.names.allSatisfy { !$0.hasSuffix(".unfinished") })
    }

    @Test func `a lock held by another process is waited for, then named`() async throws {
        let database = try folder.notes()
        let other = try Connection(path: folder.file("notes.db"), access: .writing)
        try other.execute("BEGIN IMMEDIATE")
        async let write = database.note("waits")
        while database.statistics.waitingWrites > 0 { await Task.yield() }
        try other.execute("ROLLBACK")
        other.close()
        #expect(try await write == 1)
        #expect(try await database.noteCount == 1)
    }

    private func shell(_ command: String) -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", command + " 2>/dev/null"]
        do { try process.run() } catch { return -1 }
        process.waitUntilExit()
        return process.terminationStatus
    }
}

/// Writes notes from several tasks, noting each that was confirmed in a file of its own, until it kills itself.
private func writeUntilKilled(in folder: String, durability: Durability, round: Int) async throws {
    let database = try Database.open(
        at: folder + "/notes.db", durability: durability, migrations: noteMigrations, now: Timestamp(milliseconds: 0))
    let confirmed = open(folder + "/confirmed", O_WRONLY | O_CREAT | O_APPEND, 0o600)
    let end = Date().addingTimeInterval(0.15 + Double(round) * 0.07)
    await withTaskGroup(of: Void.self) { tasks in
        for writer in 0..<8 {
            tasks.addTask {
                for number in 0..<Int.max {
                    let text = "\(round)-\(writer)-\(number)"
                    do { try await database.note(text) } catch { exit(1) }
                    let line = Array("\(text)\n".utf8)
                    if write(confirmed, line, line.count) != line.count { exit(1) }
                    if writer == 7, Date() > end { kill(getpid(), SIGKILL) }
                }
            }
        }
    }
}

/// Lets the system refuse longer files for a while, which is what a failing disk looks like to a program.
private func writeAcrossFailure(in folder: String) async throws {
    let database = try Database.open(
        at: folder + "/notes.db", durability: .full, migrations: noteMigrations, now: Timestamp(milliseconds: 0))
    try await database.note("before")
    signal(SIGXFSZ, SIG_IGN)
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
    let unlimited = limit.rlim_cur
    limit.rlim_cur = 8192
    setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
    var refused: (any Error)?
    do { try await database.note(String(repeating: "x", count: 100_000)) } catch { refused = error }
    guard case .inputOutput = refused as? StorageFailure, database.statistics.failedGroups == 1 else { exit(2) }
    limit.rlim_cur = unlimited
    setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
    try await database.note("after")
    guard database.statistics.lastFailure == nil else { exit(3) }
    database.close()
}
