internal import DeskAPI
internal import JSON
internal import Storage
internal import Vocabulary

extension Models {
    /// Everything of the registry as the database has it.
    static func read(_ snapshot: Snapshot) throws -> Shelf {
        var shelf = Shelf()
        let aliases = try snapshot.rows("SELECT name, version FROM model_alias ORDER BY name") { row in
            (name: try row[0] as String, version: try row[1] as ID<ModelVersion>)
        }
        shelf.aliases = Dictionary(uniqueKeysWithValues: aliases.map { ($0.name, $0.version) })
        try snapshot.forEach(
            "SELECT id, record, salt, places FROM deployment WHERE record != '' ORDER BY id DESC LIMIT 200"
        ) { row in
            let id: ID<Deployment> = try row[0]
            let record = try Deployment.read(try JSONParser.parse(try row[1] as String), .natural)
            shelf.deployments[id] = record
            shelf.salts[id] = try row[2]
            shelf.places[id] = try places(try row[3], of: record)
        }
        let tried = shelf.deployments.values.filter { $0.status.isOpen && $0.status != .shadow }
        shelf.tried = Dictionary(grouping: tried, by: \.name).mapValues { $0.map(\.id).sorted() }
        try snapshot.forEach("SELECT version, slot, first_token, total FROM model_delay") { row in
            shelf.delays[try row[0], default: DelayWindow()].put(
                firstToken: try row[2], total: try row[3], slot: try row[1])
        }
        try snapshot.forEach(
            """
            SELECT id, model, version, wire, endpoint, created_at, requests, errors, prompt_tokens, answer_tokens,
                estimated, last_error, last_used_at, kind, parent, job, route, prompt, content_hash, created_by, notes,
                evaluation, cost, conversations, handed_over, rated, rated_well, rated_badly, cached_tokens,
                cache_write_tokens, reasoning_tokens, shadow
            FROM model_version
            """
        ) { row in
            var version = try ModelVersion(row)
            version.aliases = aliases.filter { $0.version == version.id }.map(\.name)
            shelf.delays[version.id]?.describe(&version)
            shelf.versions[version.id] = version
        }
        return shelf
    }
}

extension ModelVersion {
    fileprivate init(_ row: borrowing Row) throws {
        self.init()
        id = try row[0]
        model = try row[1]
        version = try row[2]
        wire = try row[3]
        let endpoint: String = try row[4]
        self.endpoint = endpoint.isEmpty ? nil : endpoint
        createdAt = try row[5]
        requests = try row[6]
        errors = try row[7]
        promptTokens = try row[8]
        answerTokens = try row[9]
        estimated = try row[10]
        lastError = try row[11]
        lastUsedAt = try row[12]
        kind = ModelKind(rawValue: try row[13]) ?? .chat
        parent = try row[14]
        job = try row[15]
        route = try row[16]
        prompt = try row[17]
        contentHash = try row[18]
        createdBy = try row[19]
        notes = try row[20]
        cost = try row[22]
        conversations = try row[23]
        handedOver = try row[24]
        rated = try row[25]
        ratedWell = try row[26]
        ratedBadly = try row[27]
        cachedTokens = try row[28]
        cacheWriteTokens = try row[29]
        reasoningTokens = try row[30]
        let shadow: String? = try row[31]
        self.shadow = try shadow.map { try ShadowCounts.read(try JSONParser.parse($0), .natural) }
        let evaluation: String? = try row[21]
        self.evaluation = try evaluation.map { try ClassifierSummary.read(try JSONParser.parse($0), .natural) }
    }
}
