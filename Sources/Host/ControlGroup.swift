/// The control groups that this process is in (`/proc/self/cgroup`, cgroups(7)).
struct ControlGroup: Equatable, Sendable {
    /// The path in the version 2 tree.
    var unified: String?
    /// The path in the version 1 tree of the memory controller.
    var memory: String?
    /// The path in the version 1 tree of the processor controller, and the names it is mounted under.
    var cpu: String?
    var cpuControllers: String?
    var accounting: String?
    var accountingControllers: String?

    /// Reads every line; controllers that are not named stay `nil`.
    static func parse(_ bytes: Span<UInt8>) -> ControlGroup {
        var group = ControlGroup()
        var cursor = ByteCursor()
        while !cursor.isAtEnd(of: bytes) {
            group.takeLine(&cursor, in: bytes)
            cursor.nextLine(in: bytes)
        }
        return group
    }

    private mutating func takeLine(_ cursor: inout ByteCursor, in bytes: Span<UInt8>) {
        guard cursor.field(endingIn: ASCII.colon, in: bytes) != nil,
            let names = cursor.field(endingIn: ASCII.colon, in: bytes)
        else { return }
        let path = ControlGroup.restOfLine(&cursor, in: bytes)
        guard path.hasPrefix("/"), !path.contains("..") else { return }
        let controllers = String(decoding: bytes.array(names), as: UTF8.self)
        guard !controllers.isEmpty else {
            unified = path
            return
        }
        let single = controllers.split(separator: ",")
        if single.contains("memory") { memory = path }
        if single.contains("cpu") { (cpu, cpuControllers) = (path, controllers) }
        if single.contains("cpuacct") { (accounting, accountingControllers) = (path, controllers) }
    }

    private static func restOfLine(_ cursor: inout ByteCursor, in bytes: Span<UInt8>) -> String {
        let start = cursor.index
        var end = start
        while end < bytes.count, bytes[end] != ASCII.newline { end += 1 }
        return String(decoding: bytes.array(start..<end), as: UTF8.self)
    }

    /// A group's folder and those above it, the deepest first; a container sees its own group as the top.
    static func lineage(of path: String, under mount: String) -> [String] {
        var folders: [String] = []
        var parts = path.split(separator: "/")
        while !parts.isEmpty {
            folders.append(mount + "/" + parts.joined(separator: "/"))
            parts.removeLast()
        }
        return folders + [mount]
    }
}
