import Foundation
import Testing

/// A program that plays what the desk talks to.
final class ReceiverProgram {
    private let process = Process()
    private let output = Pipe()
    private let input = Pipe()
    private var text = ""

    init(_ path: String, _ arguments: [String]) throws {
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.standardOutput = output
        process.standardInput = input
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    deinit {
        end()
    }

    func end() {
        // Blocked signals are inherited from the threads of tests; KILL cannot be blocked.
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }

    /// The next line with this in it.
    func line(with wanted: String) throws -> String {
        while true {
            while let end = text.firstIndex(of: "\n") {
                let line = String(text[..<end])
                text = String(text[text.index(after: end)...])
                if line.contains(wanted) { return line }
            }
            let more = output.fileHandleForReading.availableData
            try #require(!more.isEmpty, "it ended without \(wanted)")
            text += String(decoding: more, as: UTF8.self)
        }
    }

    static func succeeds(_ path: String, _ arguments: String...) -> Bool {
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        do { try process.run() } catch { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}

/// A certificate for 127.0.0.1 that nobody but a test trusts, in a folder of its own.
final class TestCertificate {
    let folder = NSTemporaryDirectory() + "certificate-\(UUID().uuidString)"
    var certificate: String { folder + "/cert" }
    var key: String { folder + "/key" }

    init(days: Int) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try #require(
            ReceiverProgram.succeeds(
                "/usr/bin/openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                "-nodes", "-keyout", folder + "/key", "-out", folder + "/cert", "-days", "\(days)", "-subj", "/CN=test",
                "-addext", "subjectAltName=IP:127.0.0.1"))
    }

    deinit {
        try? FileManager.default.removeItem(atPath: folder)
    }
}
