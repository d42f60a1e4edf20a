public import DeskAPI
internal import JSON
public import Vocabulary

/// What a message says about one alert.
public struct NoticeEntry: Equatable, Sendable {
    /// The alert as it was.
    public var alert: Alert
    /// Why people are told; `nil` when they are reminded.
    public var reason: AlertNotice.Reason?
    /// The step of the escalation.
    public var level: Int
    /// When it happened.
    public var at: Timestamp

    /// An entry.
    public init(alert: Alert, reason: AlertNotice.Reason?, level: Int = 0, at: Timestamp) {
        self.alert = alert
        self.reason = reason
        self.level = level
        self.at = at
    }

    /// Whether it says that the alert is over.
    public var isEnd: Bool { reason == .resolved }

    /// The labels of the alert, by name.
    public var labels: [String: String] { AlertLabels.of(alert) }

    /// The names of the labels in the order in which they are told.
    public static var labelNames: [String] { AlertLabels.names.filter { $0 != "level" && $0 != "reason" } }
}

extension [NoticeEntry] {
    /// The entries as they are kept.
    var stored: String {
        var writer = JSONWriter()
        writer.array { writer in
            for entry in self {
                writer.object { writer in
                    writer.name("reason")
                    writer.string(entry.reason?.rawValue ?? "repeated")
                    writer.name("level")
                    writer.integer(entry.level)
                    writer.name("at")
                    writer.integer(entry.at.milliseconds)
                    writer.name("alert")
                    writer.raw(entry.alert.encoded)
                }
            }
        }
        return writer.text
    }

    /// Entries that were kept, perhaps by an older program.
    init(stored text: String) throws(JSONFailure) {
        let elements = try JSONParser.parse(text).elements ?? []
        self = elements.map { element in
            NoticeEntry(
                alert: Alert(kept: element["alert"] ?? .null),
                reason: element["reason"]?.text.flatMap(AlertNotice.Reason.init),
                level: Int(element["level"]?.wholeNumber ?? 0),
                at: Timestamp(milliseconds: element["at"]?.wholeNumber ?? 0))
        }
    }
}

extension Alert {
    /// An alert from a snapshot that an older or newer program may have written: what is unknown or missing is passed over.
    init(kept json: JSONValue) {
        self.init()
        var reader = KeptFields(json: json)
        visit(&reader)
    }
}

private struct KeptFields: FieldVisitor {
    let json: JSONValue

    mutating func field<Value: FieldValue>(
        _ name: String, _ value: inout Value, _ meaning: String, _ limit: FieldLimit, _ presence: FieldPresence
    ) {
        guard let found = json[name] else { return }
        do {
            value = try Value.read(found, .natural)
        } catch {
            // A field that another version wrote in another form keeps its blank value; the notice is worth more.
        }
    }
}
