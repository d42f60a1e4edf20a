internal import Vocabulary

extension HostIdentity {
    /// Reads who the host under `root` is; the names come from outside and are made harmless.
    init(root: String, _ buffer: inout ReadBuffer) {
        let folder = root + "/proc/sys/kernel/"
        let name = HostIdentity.line(folder + "hostname", &buffer)
        self.init(
            name: name.isEmpty ? "unknown" : name, kernel: HostIdentity.line(folder + "osrelease", &buffer),
            boot: HostIdentity.line(folder + "random/boot_id", &buffer))
    }

    /// The first line of a file; empty when it cannot be read.
    private static func line(_ path: String, _ buffer: inout ReadBuffer) -> String {
        guard KeptFile(path).read(into: &buffer) else { return "" }
        let text = buffer.bytes[..<buffer.count].prefix { $0 != ASCII.newline }
        return SafeText(untrustedBytes: text, limit: 255).oneLine.text
    }
}
