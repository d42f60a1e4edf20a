internal import DeskAPI
internal import JSON
internal import Storage
internal import Vocabulary

extension StoredAlert {
    /// Reads all columns in the order of the table.
    init(_ row: borrowing Row) throws {
        var alert = Alert()
        alert.id = try row[0]
        alert.rule = try row[1]
        alert.host = try row[2]
        alert.metric = try row[3]
        alert.severity = try StoredAlert.choice(row[4], column: 4)
        alert.category = try row[5]
        alert.summary = try row[6]
        alert.condition = try StoredAlert.choice(row[7], column: 7)
        alert.value = try row[8]
        alert.threshold = try row[9]
        alert.clear = try row[10]
        alert.firesAbove = try row[11]
        alert.unit = try StoredAlert.choice(row[12], column: 12)
        alert.startedAt = try row[13]
        alert.firedAt = try row[14]
        alert.resolvedAt = try row[15]
        alert.acknowledgedBy = try row[16]
        alert.acknowledgedAt = try row[17]
        alert.acknowledgedUntil = try row[18]
        alert.note = try row[19]
        let acknowledger: String? = try row[20]
        alert.revision = try row[21]
        alert.updatedAt = try row[22]
        alert.suppression = try StoredAlert.choice(row[25], column: 25)
        alert.suppressedBy = try row[26]
        alert.suppressedUntil = try row[27]
        alert.flapping = try row[28]
        alert.flaps = try row[29]
        alert.source = try StoredAlert.choice(row[32], column: 32)
        alert.labels = try StoredAlert.labels(try row[33])
        alert.runbook = try row[34]
        alert.assignedTo = try row[35]
        alert.level = try row[36]
        alert.previous = try row[37]
        alert.resolvedBy = try row[38]
        var episode = AlertEpisode(alert, acknowledger: acknowledger)
        episode.life.isTold = try row[30]
        episode.life.owed = (try row[31] as String?).flatMap(AlertNotice.Reason.init)
        episode.life.sinceCall = .milliseconds(try row[39] as Int64)
        episode.life.raisedUntil = try row[40]
        self.episode = episode
        elapsed = .milliseconds(try row[23] as Int64)
        seenAt = try row[24]
    }

    private static func labels(_ text: String) throws -> [AlertLabel] {
        guard case .array(let items) = try JSONParser.parse(text) else {
            throw StorageFailure.unexpectedColumn(index: 33, wanted: "a list of labels", found: text)
        }
        return items.map { AlertLabel($0["name"]?.text ?? "", $0["value"]?.text ?? "") }
    }

    private static func choice<Choice: RawRepresentable<String>>(
        _ text: String, column: Int
    ) throws(StorageFailure) -> Choice {
        guard let choice = Choice(rawValue: text) else {
            throw .unexpectedColumn(index: column, wanted: "\(Choice.self)", found: text)
        }
        return choice
    }
}

extension AlertStore {
    /// Labels as they are kept in a column.
    static func text(of labels: [AlertLabel]) -> String {
        "[" + labels.map(\.json).joined(separator: ",") + "]"
    }
}
