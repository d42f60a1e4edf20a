internal import Bus
public import DeskAPI
internal import JSON
public import Learning
internal import NIOConcurrencyHelpers
internal import Storage
public import Vocabulary

extension Models {
    /// What classifiers said of held-out texts, and of customers' texts on each day (UTC).
    ///
    /// The reference has a table of its own: behind a classifier's megabytes it would take a walk over all their pages.
    static let driftMigration = Migration(
        "models-drift-1",
        """
        CREATE TABLE model_reference (
            version INTEGER PRIMARY KEY REFERENCES model_version (id),
            record TEXT NOT NULL
        ) STRICT;
        CREATE TABLE model_tally (
            version INTEGER NOT NULL REFERENCES model_version (id),
            day INTEGER NOT NULL,
            record TEXT NOT NULL,
            PRIMARY KEY (version, day)
        ) STRICT, WITHOUT ROWID;
        """)

    /// Watched classifiers, and the day they were judged last.
    struct Drifts: Sendable {
        var watches: [ID<ModelVersion>: DriftWatch] = [:]
        var judgedOn: Int64?
        /// Versions whose figures are older than their counts.
        var stale: Set<ID<ModelVersion>> = []
    }

    /// Counts what a classifier said of a customer's text, in memory; ``settleDrift(at:)`` stores it.
    ///
    /// - Throws: ``Problem`` `.notFound` when the version is no classifier any more; `StorageFailure`.
    public func watch(
        _ prediction: TextClassifier.Prediction, of version: ID<ModelVersion>, at now: Timestamp
    ) async throws {
        let day = Models.day(of: now)
        let isCounted = drifts.withLockedValue { $0.count(prediction, of: version, on: day) }
        guard !isCounted else { return }
        // A version of a program from before is compared with its evaluation.
        let reference = PredictionReference(of: try await report(of: version))
        drifts.withLockedValue { drifts in
            if drifts.watches[version] == nil { drifts.watches[version] = DriftWatch(reference) }
            _ = drifts.count(prediction, of: version, on: day)
        }
    }

    /// Stores what was counted, and tells everybody what the last seven days come to.
    ///
    /// To be called about once a second. A crash loses what was counted since.
    public nonisolated(nonsending) func settleDrift(at now: Timestamp) async throws {
        let day = Models.day(of: now)
        let (unsaved, judged) = drifts.withLockedValue { $0.settle(on: day) }
        guard !unsaved.isEmpty else { return tell(judged) }
        do {
            try await database.write { transaction in
                for row in unsaved {
                    // One that was deleted meanwhile has no counts.
                    try transaction.run(
                        """
                        INSERT INTO model_tally (version, day, record)
                        SELECT id, ?, ? FROM model_version WHERE id = ?
                        ON CONFLICT (version, day) DO UPDATE SET record = excluded.record
                        """, row.day, row.tally.json.encoded, row.version)
                }
            }
        } catch {
            drifts.withLockedValue { drifts in
                for row in unsaved {
                    drifts.watches[row.version]?.putBack(row.day)
                    drifts.stale.insert(row.version)
                }
            }
            throw error
        }
        tell(judged)
    }

    private func tell(_ judged: [ID<ModelVersion>: ClassifierDrift]) {
        let changed = shelf.withLockedValue { shelf in
            judged.compactMap { id, drift -> ModelVersion? in
                guard let known = shelf.versions[id], known.drift != drift else { return nil }
                shelf.versions[id]?.drift = drift
                return shelf.versions[id]
            }
        }
        for version in changed.sorted(by: { $0.id < $1.id }) { bus.publish(.modelChanged(version)) }
    }

    /// Every reference, and the counts of the newest days.
    static func readDrifts(_ snapshot: Snapshot) throws -> Drifts {
        var drifts = Drifts()
        try snapshot.forEach("SELECT version, record FROM model_reference") { row in
            let id: ID<ModelVersion> = try row[0]
            let reference = PredictionReference(json: try JSONParser.parse(try row[1] as String))
            drifts.watches[id] = reference.map(DriftWatch.init)
        }
        try snapshot.forEach(
            """
            SELECT version, report FROM model_artefact
            WHERE version IN (SELECT version FROM model_tally) AND version NOT IN (SELECT version FROM model_reference)
            """
        ) { row in
            let id: ID<ModelVersion> = try row[0]
            let report = try ClassifierReport.read(try JSONParser.parse(try row[1] as String), .natural)
            drifts.watches[id] = DriftWatch(PredictionReference(of: report))
        }
        try snapshot.forEach(
            "SELECT version, day, record FROM model_tally WHERE day > (SELECT max(day) FROM model_tally) - 7"
        ) { row in
            let (id, day): (ID<ModelVersion>, Int64) = (try row[0], try row[1])
            let tally = PredictionTally(json: try JSONParser.parse(try row[2] as String))
            if let tally { drifts.watches[id]?.put(tally, of: day) }
        }
        return drifts
    }

    private static func day(of now: Timestamp) -> Int64 { now.milliseconds / 86_400_000 }
}

extension Models.Drifts {
    /// - Returns: whether the version is watched.
    fileprivate mutating func count(
        _ prediction: TextClassifier.Prediction, of version: ID<ModelVersion>, on day: Int64
    ) -> Bool {
        guard watches[version] != nil else { return false }
        watches[version]?.count(prediction, on: day)
        stale.insert(version)
        return true
    }

    /// The counts to store and the figures of what changed; on a new day those of everything.
    fileprivate mutating func settle(
        on day: Int64
    ) -> (
        unsaved: [(version: ID<ModelVersion>, day: Int64, tally: PredictionTally)],
        judged: [ID<ModelVersion>: ClassifierDrift]
    ) {
        let concerned = judgedOn == day ? stale : Set(watches.keys)
        (judgedOn, stale) = (day, [])
        var judged: [ID<ModelVersion>: ClassifierDrift] = [:]
        var unsaved: [(version: ID<ModelVersion>, day: Int64, tally: PredictionTally)] = []
        for version in concerned {
            unsaved += watches[version]?.takeUnsaved().map { (version, $0.day, $0.tally) } ?? []
            judged[version] = watches[version]?.drift(on: day)
        }
        return (unsaved, judged)
    }
}
