/// Who may import whom: what the manifest allows, and a few modules of the system.
struct ImportRule {
    let manifest: Manifest

    /// The modules of the system, who may import them, and why.
    static let system: [String: (targets: Set<String>, reason: String)] = [
        "Glibc": (
            ["Threads", "Host", "Storage", "HostAgent", "Transfer", "NcursesScreen", "Settings", "watchdesk"],
            "only what touches files, threads or the terminal calls the system"
        )
    ]

    /// Functions of the system's library that are mathematics, imported one by one: anybody may compute.
    static let mathematics: Set<String> = ["exp", "expf", "log", "logf", "pow"]

    /// Each import that is not allowed.
    func violations(in file: SourceFile) -> [Violation] {
        ImportRule.imports(of: file).compactMap { line, module in
            guard let reason = objection(to: module, from: file.target) else { return nil }
            return Violation(path: file.path, line: line, reason: reason)
        }
    }

    /// The modules that a file imports, with their lines.
    static func imports(of file: SourceFile) -> [(line: Int, module: String)] {
        let pattern =
            /^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?import\s+(?:(?:struct|class|enum|protocol|typealias|func|var|let)\s+)?(\w+)/
        return file.lines.enumerated().filter { $1.contains("import ") && !isMathematics($1) }.compactMap {
            index, line in
            line.firstMatch(of: pattern).map { (index + 1, String($0.1)) }
        }
    }

    private static func isMathematics(_ line: Substring) -> Bool {
        let pattern = /^internal import func Glibc\.(\w+)$/
        return line.wholeMatch(of: pattern).map { mathematics.contains(String($0.1)) } ?? false
    }

    private func objection(to module: String, from target: String) -> String? {
        guard let allowed = manifest.imports[target] else { return "\(target) is no target of Package.swift" }
        if allowed.contains(module) { return nil }
        if module == "Foundation" || module == "FoundationEssentials" {
            return "\(module) is banned: it adds megabytes to the binary and slow JSON"
        }
        guard let system = ImportRule.system[module] else { return "\(target) may not import \(module)" }
        return system.targets.contains(target) ? nil : "\(target) may not import \(module): \(system.reason)"
    }
}
