internal import Vocabulary

/// What is different between two versions, line by line.
public struct VersionDifference: Equatable, Sendable {
    /// One line.
    public struct Line: Equatable, Sendable {
        /// What becomes of a line.
        public enum Kind: Equatable, Sendable {
            /// The name of what is different.
            case head
            /// Only the first version has it.
            case removed
            /// Only the second version has it.
            case added
            /// Both have it.
            case kept
        }

        /// What becomes of it.
        public let kind: Kind
        /// The line, as it was given: hostile until it is made safe.
        public let text: String

        /// What stands before the line on paper.
        public var sign: String {
            switch kind {
            case .head: "  "
            case .removed: "-   "
            case .added: "+   "
            case .kept: "    "
            }
        }
    }

    /// The lines; empty for versions that are the same but for what they did.
    public private(set) var lines: [Line] = []

    /// Compares two versions.
    public init(from first: ModelVersion, to second: ModelVersion) {
        compare("model", "\(first.model) v\(first.version)", "\(second.model) v\(second.version)")
        compare("wire", first.wire, second.wire)
        compare("endpoint", first.endpoint, second.endpoint)
        compare("notes", first.notes, second.notes)
        let scores: [(String, (ClassifierSummary) -> String)] = [
            ("right", { Decimals.percent($0.accuracy) }), ("F1", { Decimals.percent($0.macroF1) }),
            ("calibration error", { Decimals.percent($0.calibrationError) }), ("labels", { "\($0.labels)" }),
            ("learned from", { "\($0.learned) texts" }), ("data", { "sha256 \($0.dataHash)" }), ("spec", { $0.spec }),
        ]
        for (name, score) in scores { compare(name, first.evaluation.map(score), second.evaluation.map(score)) }
        guard first.prompt != second.prompt else { return }
        lines.append(Line(kind: .head, text: "prompt"))
        compare(prompt: first.prompt ?? "(built in)", with: second.prompt ?? "(built in)")
    }

    private mutating func compare(_ name: String, _ left: String?, _ right: String?) {
        guard left != right else { return }
        lines.append(Line(kind: .head, text: name))
        if let left, !left.isEmpty { lines.append(Line(kind: .removed, text: left)) }
        if let right, !right.isEmpty { lines.append(Line(kind: .added, text: right)) }
    }

    /// The lines that went and came between those that stayed.
    private mutating func compare(prompt old: String, with new: String) {
        let (before, after) = (VersionDifference.split(old), VersionDifference.split(new))
        let difference = after.difference(from: before)
        var removed: Set<Int> = []
        var added: Set<Int> = []
        for change in difference {
            switch change {
            case .remove(let place, _, _): removed.insert(place)
            case .insert(let place, _, _): added.insert(place)
            }
        }
        var place = 0
        for (number, line) in before.enumerated() {
            guard !removed.contains(number) else {
                lines.append(Line(kind: .removed, text: line))
                continue
            }
            while added.contains(place) {
                lines.append(Line(kind: .added, text: after[place]))
                place += 1
            }
            lines.append(Line(kind: .kept, text: line))
            place += 1
        }
        lines += after[min(place, after.count)...].map { Line(kind: .added, text: $0) }
    }

    private static func split(_ text: String) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
}
