/// The environment that this process was started with.
public enum ProcessEnvironment {
    /// Names and values as `/proc/self/environ` holds them; of a name that stands twice the first counts, as for `getenv`.
    ///
    /// - Throws: ``FileFailure`` when `/proc` is not mounted.
    public static func current() throws(FileFailure) -> [String: String] {
        parse(try FileSource.system.read("/proc/self/environ").bytes)
    }

    /// Reads `NAME=value` entries that end in a zero byte.
    static func parse(_ bytes: [UInt8]) -> [String: String] {
        let entries = bytes.split(separator: 0).compactMap { entry -> (String, String)? in
            guard let sign = entry.firstIndex(of: UInt8(ascii: "=")) else { return nil }
            let value = entry[(sign + 1)...]
            return (String(decoding: entry[..<sign], as: UTF8.self), String(decoding: value, as: UTF8.self))
        }
        return Dictionary(entries) { first, _ in first }
    }
}
