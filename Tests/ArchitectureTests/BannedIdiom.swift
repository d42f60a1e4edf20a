import Foundation

/// A way to write that the house does not use, with what to write instead.
struct BannedIdiom: Sendable {
    let name: String
    let remedy: String
    /// Texts of which an offence holds at least one; looked for first, because patterns are slow.
    let words: [String]
    /// Whether a comment in the line above, which says why, makes it right.
    let isExcusable: Bool
    let isOffence: @Sendable (Substring, SourceFile) -> Bool

    /// A line that is allowed to break a rule, and why.
    struct Exception: Sendable {
        let path: String
        let idiom: String
        let reason: String
    }

    /// The exceptions; each is a debt, so each says why.
    static let exceptions: [Exception] = [
        Exception(
            path: "Tests/ThreadsTests/ThreadExecutorTests.swift", idiom: "sleep",
            reason: "the executor's own sleep is what is tested"),
        Exception(
            path: "Tests/StorageTests/SnapshotTests.swift", idiom: "@unchecked Sendable",
            reason: "carries a transaction out of its closure on purpose, to show that it is refused there"),
    ]

    /// What no source of the product may hold.
    static let inSources: [BannedIdiom] =
        everywhere + [
            BannedIdiom("MainActor", "main() is synchronous and owns the screen; nothing needs an actor for it"),
            BannedIdiom("fatalError", "throw an error that says what to do; preconditionFailure for programmer errors"),
            BannedIdiom(
                "try?", isExcusable: true, "handle the error, let it through, or say above why it does not matter"
            ) { $0.contains(#/(^|[{;]\s*)\s*(_ = )?try\? /#) },
            BannedIdiom(
                "print(", words: ["print(", "Print(", "dump("], exceptIn: "watchdesk", "only the command line prints"
            ) {
                $0.contains(#/(^|[^\w.])(print|debugPrint|dump)\(/#)
            },
        ]

    /// What no test may hold.
    static let inTests: [BannedIdiom] =
        everywhere + [
            BannedIdiom("sleep", "wait for a condition with a deadline") {
                // A server that trickles plays its part with pauses; nobody waits for anything there.
                $0.contains(#/\b(Task\.sleep|Thread\.sleep|u?sleep\(|nanosleep)/#)
                    && !$0.contains(#/while \w+\.send\(/#)
            },
            BannedIdiom(".disabled", "a test that does not run is no test"),
        ]

    private static let everywhere: [BannedIdiom] = [
        BannedIdiom("@unchecked Sendable", "use an actor, or NIOLockedValueBox"),
        BannedIdiom("nonisolated(unsafe)", "use an actor, or NIOLockedValueBox"),
        BannedIdiom("@preconcurrency", "reach the declaration through a door"),
        BannedIdiom("Task.detached", "use a task group, or DedicatedThread for what blocks"),
        BannedIdiom("DispatchQueue", "use an actor, or DedicatedThread for what blocks"),
        BannedIdiom("NSLock", "use NIOLockedValueBox"),
        BannedIdiom("Mutex", "use NIOLockedValueBox: Mutex blinds the thread sanitizer") {
            $0.contains(#/\bMutex[<(]/#)
        },
        BannedIdiom("try!", "let the error through"),
        BannedIdiom("as!", "use a conditional cast") { $0.contains(#/\bas! /#) },
        BannedIdiom("TODO", words: ["TODO", "FIXME", "XXX", "HACK"], "do it, or open an issue") {
            $0.contains(#/\b(TODO|FIXME|XXX|HACK)\b/#)
        },
        BannedIdiom("placeholder", words: ["placeholder", "Placeholder"], "write the real thing") {
            $0.contains(#/\/\/.*\b[Pp]laceholder/#)
        },
        BannedIdiom("vague name", words: vagueWords, "name it for what it does; without a name it has no home") {
            let declared = $0.firstMatch(of: #/\b(?:struct|class|enum|actor|protocol|typealias)\s+(\w+)/#)
            return declared.map { isVague(String($0.1)) } ?? false
        },
        BannedIdiom("path of a machine", words: ["/root/"], "no path of one machine") {
            $0.contains(#/"\/root\//#)
        },
    ]

    private static let vagueWords = ["Util", "Helper", "Manager", "Common", "Base", "Impl", "Misc"]

    /// An idiom whose offences hold `name`, or one of `others` if given, and match the pattern if there is one.
    private init(
        _ name: String, words others: [String] = [], exceptIn target: String? = nil,
        isExcusable: Bool = false, _ remedy: String,
        pattern: (@Sendable (Substring) -> Bool)? = nil
    ) {
        self.name = name
        self.remedy = remedy
        self.isExcusable = isExcusable
        words = others.isEmpty ? [name] : others
        isOffence = { line, file in
            guard file.target != target else { return false }
            return pattern.map { $0(line) } ?? line.contains(name)
        }
    }

    /// Whether a name ends in a word that says nothing.
    static func isVague(_ name: String) -> Bool {
        guard !name.hasSuffix("KnowledgeBase") else { return false }
        return vagueWords.contains { name.hasSuffix($0) || name.hasSuffix($0 + "s") } || name.hasSuffix("Utilities")
    }

    /// Each line of a file that uses the idiom, without those that an exception covers.
    func violations(in file: SourceFile) -> [Violation] {
        guard !BannedIdiom.exceptions.contains(where: { $0.path == file.path && $0.idiom == name }) else { return [] }
        guard words.contains(where: { file.holds($0) }) else { return [] }
        return file.lines.indices.compactMap { index in
            let line = file.lines[index]
            let text = String(line)
            guard words.contains(where: { strstr(text, $0) != nil }), isOffence(line, file) else { return nil }
            guard !(isExcusable && index > 0 && file.lines[index - 1].contains("//")) else { return nil }
            return Violation(path: file.path, line: index + 1, reason: "\(name): \(remedy)")
        }
    }
}
