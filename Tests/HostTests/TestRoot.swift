import Foundation
import Host
import Vocabulary

/// A folder that stands for `/`: a copy of a fixture tree, so that a test can change what the kernel says.
final class TestRoot {
    let path: String

    init(_ fixture: String? = nil) throws {
        path = NSTemporaryDirectory() + "host-" + UUID().uuidString
        if let fixture {
            let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
            try FileManager.default.copyItem(atPath: fixtures.appending(path: fixture).path, toPath: path)
        } else {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }
    }

    deinit {
        do { try FileManager.default.removeItem(atPath: path) } catch { print("left behind: \(path)") }
    }

    /// Rewrites a file in place, as the kernel does: who keeps it open reads the new text.
    func write(_ file: String, _ text: String) throws {
        try write(file, Data(text.utf8))
    }

    func write(_ file: String, _ bytes: Data) throws {
        let target = path + "/" + file
        let folder = URL(fileURLWithPath: target).deletingLastPathComponent().path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        if FileManager.default.fileExists(atPath: target) {
            let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: target))
            try handle.truncate(atOffset: 0)
            try handle.write(contentsOf: bytes)
            try handle.close()
        } else {
            try bytes.write(to: URL(fileURLWithPath: target))
        }
    }

    func read(_ file: String) throws -> String {
        try String(contentsOfFile: path + "/" + file, encoding: .utf8)
    }

    /// Replaces text in a file; the test is wrong when it is not there.
    func replace(_ old: String, with new: String, in file: String) throws {
        let text = try read(file)
        guard text.contains(old) else { throw Missing(text: old, file: file) }
        try write(file, text.replacingOccurrences(of: old, with: new))
    }

    func remove(_ file: String) throws {
        try FileManager.default.removeItem(atPath: path + "/" + file)
    }

    struct Missing: Error {
        let text: String
        let file: String
    }
}

/// A sampler on a test root with clocks that only the test moves.
struct Rig: ~Copyable {
    var sampler: Sampler
    var monotonic: Int64 = 1_000_000_000_000
    var boottime: Int64 = 5_000_000_000_000

    init(_ root: TestRoot, interfaces: InterfaceChoice = .physical) {
        sampler = Sampler(root: root.path, interfaces: interfaces)
    }

    /// The next sample, this many seconds later, of which the machine slept some.
    mutating func sample(after seconds: Double = 1, asleep: Double = 0) -> HostSample {
        monotonic += Int64(seconds * 1e9)
        boottime += Int64((seconds + asleep) * 1e9)
        return sampler.sample(
            at: Timestamp(milliseconds: boottime / 1_000_000), monotonic: Monotonic(nanoseconds: monotonic),
            boottime: Monotonic(nanoseconds: boottime))
    }
}

/// Names of a sample that match a beginning.
extension HostSample {
    func names(_ prefix: String) -> [String] {
        layout.metrics.map(\.name).filter { $0.hasPrefix(prefix) }
    }
}

/// The same numbers for the same seed (SplitMix64).
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
