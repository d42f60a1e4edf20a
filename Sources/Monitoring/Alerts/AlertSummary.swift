internal import DeskAPI
internal import Vocabulary
internal import YAML

/// What an alert says, with names in braces that are filled in: `{device} is {value} full`.
public struct AlertSummary: Equatable, Sendable {
    /// What can stand in braces.
    enum Name: String, CaseIterable {
        case metric, host, device, value, threshold, clear
        case hold = "for"
    }

    private enum Part: Equatable {
        case text(String)
        case name(Name)
    }

    /// Why a text is no summary.
    enum Fault: Error, Equatable {
        case unknownName(String)
        case unclosedBrace
    }

    private let parts: [Part]

    /// Reads a summary; `{{` and `}}` stand for braces.
    init(_ text: String) throws(Fault) {
        var parts: [Part] = []
        var literal = ""
        var rest = Substring(text)
        while let character = rest.popFirst() {
            guard character == "{" || character == "}" else {
                literal.append(character)
                continue
            }
            if rest.first == character {
                literal.append(rest.removeFirst())
                continue
            }
            guard character == "{", let end = rest.firstIndex(of: "}") else { throw .unclosedBrace }
            guard let name = Name(rawValue: String(rest[..<end])) else { throw .unknownName(String(rest[..<end])) }
            parts += [.text(literal), .name(name)]
            literal = ""
            rest = rest[rest.index(after: end)...]
        }
        self.parts = (parts + [.text(literal)]).filter { $0 != .text("") }
    }

    /// A summary that stands in our own source.
    init(ours text: String) {
        do throws(Fault) {
            try self.init(text)
        } catch {
            preconditionFailure("\(text) is no summary: \(error)")
        }
    }

    /// A summary that says just this, braces and all.
    init(literal text: String) {
        self.init(parts: [.text(text)])
    }

    private init(parts: [Part]) {
        self.parts = parts
    }

    /// What is said when a rule does not say anything itself.
    static func plain(firesAbove: Bool) -> AlertSummary {
        AlertSummary(parts: [
            .name(.metric), .text(" is "), .name(.value), .text(firesAbove ? ", above " : ", below "),
            .name(.threshold),
        ])
    }

    /// The line for an alert; device and host come from outside and are made harmless.
    func line(for alert: Alert, device: String, rule: AlertRule) -> String {
        var line = ""
        for part in parts {
            switch part {
            case .text(let text): line += text
            case .name(.metric): line += alert.metric
            case .name(.host): line += alert.host
            case .name(.device): line += device
            case .name(.value): line += alert.value.map(alert.unit.text) ?? "n/a"
            case .name(.threshold): line += alert.unit.text(alert.threshold)
            case .name(.clear): line += alert.unit.text(alert.clear)
            case .name(.hold): line += rule.hold.shorthand
            }
        }
        return SafeText(untrusted: line, limit: 400).oneLine.text
    }
}
