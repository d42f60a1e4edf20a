import Foundation
import Testing

/// The 301 core cases of the Autobahn suite (all but compression, which is not offered), run by kosoku.
@Suite struct AutobahnTests {
    /// `.ci/autobahn.sh` installs the suite and says where it is.
    private static let suite = ProcessInfo.processInfo.environment["WATCHDESK_AUTOBAHN"]

    @Test(.enabled(if: AutobahnTests.suite != nil, "no kosoku here; run .ci/autobahn.sh"))
    func `every core case passes`() async throws {
        let suite = try #require(AutobahnTests.suite)
        let server = try await EchoServer.start()
        let folder = NSTemporaryDirectory() + "autobahn-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let process = Process()
        process.executableURL = URL(filePath: suite)
        process.arguments = ["-x", "12.*", "-x", "13.*", "-o", folder, "127.0.0.1:\(server.port)"]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(text.suffix(4000))")
        #expect(text.contains("301 cases passed"), "\(text.suffix(400))")
        try await server.stop()
    }
}
