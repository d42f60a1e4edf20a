internal import DeskAPI
internal import Terminal
internal import Vocabulary

extension ModelsPane {
    static func draw(_ state: State, _ scene: Scene, in rect: Rect, on frame: inout Frame) {
        let layout = ModelsLayout(rect, state, scene.facts)
        if let sheet = state.sheet {
            sheet.draw(in: layout.whole, on: &frame)
        } else if let map = state.map {
            map.draw(in: layout.whole, on: &frame)
        } else {
            drawList(state, scene, in: layout.list, on: &frame)
            if let rect = layout.detail { drawDetail(state, scene, in: rect, on: &frame) }
            if let rect = layout.traffic, let traffic = traffic(state, scene.facts) {
                TrafficTile(deployment: traffic.shown, all: traffic.all, scene: scene).draw(in: rect, on: &frame)
            }
            if let rect = layout.training, let job = scene.facts.newestTraining {
                TrainingTile(job: job, scene: scene).draw(in: rect, on: &frame)
            }
        }
        if let rect = layout.form { state.form?.draw(in: rect, on: &frame) }
    }

    private static func drawList(_ state: State, _ scene: Scene, in rect: Rect, on frame: inout Frame) {
        let count = StyledText(
            scene.facts.models.count == 1 ? "1 version" : "\(scene.facts.models.count) versions", .dim)
        var inside = Tile("Models", state: count, isFocused: true).draw(in: rect, on: &frame).inset(columns: 1)
        if state.filter.isShown {
            state.filter.draw(in: inside.line(0), matches: state.list.rows.count, on: &frame)
            inside = inside.droppingTop(1)
        }
        let table = table(emptyText(state, scene))
        let window = state.list.window(rows: table.visibleRows(in: inside))
        table.draw(
            count: state.list.rows.count, first: window.lowerBound, selected: state.list.cursorIndex, in: inside,
            on: &frame
        ) { index in
            scene.facts.models[state.list.rows[index]].map { cells($0, scene) } ?? []
        }
    }

    private static func table(_ empty: SafeText) -> Table {
        Table(
            [
                Table.Column("serves", width: 10, priority: 1), Table.Column("model", width: 16, stretch: 3),
                Table.Column("kind", width: 9, priority: 6),
                Table.Column("answers", width: 7, align: .right),
                Table.Column("errors", width: 7, align: .right),
                Table.Column("tokens", width: 8, align: .right, priority: 3),
                Table.Column("first word", width: 10, align: .right, priority: 2),
                Table.Column("whole p50", width: 9, align: .right, priority: 4),
                Table.Column("whole p95", width: 9, align: .right),
                Table.Column("last used", width: 9, align: .right, priority: 5),
            ], empty: empty)
    }

    /// The names that customers and agents are served by; that the configuration names it too says nothing more.
    private static func serves(_ model: ModelRow, _ scene: Scene) -> StyledText {
        let names = model.aliases.filter { $0 != "configured" }
        if names.isEmpty, let own = scene.facts.openDeployments.last(where: { $0.canary == model.id }) {
            return StyledText(own.status == .shadow ? "shadow" : "canary", .accent)
        }
        return StyledText(names.joined(separator: " "), .strong)
    }

    private static func cells(_ model: ModelRow, _ scene: Scene) -> [StyledText] {
        let tokens = Quantity(count: Int(clamping: model.promptTokens + model.answerTokens)).styled()
        let errors = Quantity(model.errorShare, .percent).styled(model.errors > 0 ? .warning : .text)
        return [
            serves(model, scene),
            StyledText(model.name),
            StyledText(SafeText(untrusted: model.record.kind.rawValue), .dim),
            Quantity(count: Int(clamping: model.requests)).styled(), errors,
            model.estimated > 0 ? StyledText("~", .dim) + tokens : tokens,
            ModelWords.time(model.firstTokenP50).styled(), ModelWords.time(model.totalP50).styled(),
            ModelWords.time(model.totalP95).styled(),
            StyledText(model.lastUsedAt.map { scene.age($0) } ?? "never", .dim),
        ]
    }

    private static func emptyText(_ state: State, _ scene: Scene) -> SafeText {
        if let words = scene.modelsOfThePast { return words }
        if let fault = scene.facts.faults[.models] { return "Models could not be read: \(fault)" }
        guard scene.facts.loaded.contains(.models) else { return "Reading the models …" }
        if state.filter.isActive { return "No model holds this text. Esc shows all rows." }
        return "Nothing has answered yet. Without a language model the knowledge base answers; set "
            + "WATCHDESK_ASSISTANT_URL to use one."
    }

    private static func drawDetail(_ state: State, _ scene: Scene, in rect: Rect, on frame: inout Frame) {
        guard let model = state.list.cursor.flatMap({ scene.facts.models[$0] }) else {
            Tile("Detail").draw(in: rect, on: &frame)
            return
        }
        let inside = Tile(model.name, state: StyledText(model.wire, .dim)).draw(in: rect, on: &frame).inset(columns: 1)
        for (row, line) in lines(model, scene).prefix(inside.rows).enumerated() {
            let label = StyledText(line.label, .dim)
            frame.write(styled: label, in: inside.line(row).left(14))
            frame.write(styled: line.value, in: inside.line(row).droppingLeft(15))
        }
    }

    /// What a version without a name does.
    private static func use(of version: ID<ModelVersion>, _ facts: DeskFacts) -> SafeText {
        guard let trial = facts.openDeployments.first(where: { $0.canary == version }) else {
            return "nothing: no name points here"
        }
        let name = SafeText(untrusted: trial.name, limit: 64).oneLine
        if trial.status == .shadow { return "no customer: it is asked out of sight of \(name)" }
        return "\(Quantity(Double(trial.share) / 100, .percent).text) of \(name), on trial"
    }

    private static func lines(_ model: ModelRow, _ scene: Scene) -> [(label: SafeText, value: StyledText)] {
        let estimate: SafeText = model.estimated > 0 ? "  \(model.estimated) of them estimated" : ""
        let serves: SafeText =
            model.aliases.isEmpty ? use(of: model.id, scene.facts) : model.aliases.joined(separator: ", ")
        var lines: [(SafeText, StyledText)] = [
            ("serves", StyledText(serves)),
            ("reached at", StyledText(model.endpoint ?? "inside the gateway")),
            (
                "answers",
                Quantity(count: Int(clamping: model.requests)).styled(.strong) + StyledText("  failed ", .dim)
                    + Quantity(count: Int(clamping: model.errors)).styled(model.errors > 0 ? .warning : .text)
            ),
            ("customers", outcomes(model.record)),
            (
                "tokens",
                Quantity(count: Int(clamping: model.promptTokens)).styled() + StyledText(" in prompts  ", .dim)
                    + Quantity(count: Int(clamping: model.answerTokens)).styled() + StyledText(" in answers", .dim)
                    + StyledText(estimate, .dim)
            ),
            ("cost", cost(model)),
            ("first word", pair(model.firstTokenP50, model.firstTokenP95)),
            ("whole answer", pair(model.totalP50, model.totalP95)),
            ("registered", StyledText("\(scene.age(model.createdAt)) ago")),
        ]
        if let evaluation = model.record.evaluation {
            lines = [
                lines[0],
                (
                    "right",
                    Quantity(evaluation.accuracy * 100, .percent).styled(.strong)
                        + StyledText(" of \(evaluation.texts) texts it never saw  F1 ", .dim)
                        + Quantity(evaluation.macroF1 * 100, .percent).styled()
                ),
                ("drift", DriftWords.state(model.record.drift)),
                ("new words", DriftWords.newWords(model.record.drift)),
                (
                    "calibration",
                    Quantity(evaluation.calibrationError * 100, .percent).styled() + StyledText(" off", .dim)
                ),
                (
                    "learned from",
                    StyledText("\(evaluation.learned)") + StyledText(" texts, \(evaluation.labels) labels", .dim)
                        + StyledText(evaluation.classWeights == .balanced ? ", balanced weights" : "", .dim)
                ),
                ("registered", StyledText("\(scene.age(model.createdAt)) ago")),
                (
                    "content",
                    StyledText("sha256 \(SafeText(untrusted: String(model.record.contentHash.prefix(16))))…", .dim)
                ),
            ]
        }
        if let shadow = model.record.shadow { lines.append(("in the shadow", ShadowLines.summary(shadow))) }
        if !model.record.notes.isEmpty {
            lines.append(("notes", StyledText(SafeText(untrusted: model.record.notes, limit: 300).oneLine, .note)))
        }
        if model.record.kind != .chat { return lines }
        lines.append(("last error", model.lastError.map { StyledText($0, .warning) } ?? StyledText("none", .dim)))
        return lines
    }

    /// How many customers wanted a person after it, and how content they were: nothing of what nobody did.
    private static func outcomes(_ version: ModelVersion) -> StyledText {
        guard let handedOver = version.handOverShare else { return StyledText("it answered none yet", .dim) }
        let calls =
            Quantity(handedOver * 100, .percent).styled(.strong)
            + StyledText(" of \(version.conversations) handed over  ", .dim)
        guard let satisfied = version.satisfiedShare else { return calls + StyledText("no ratings", .dim) }
        let words: SafeText = version.rated == 1 ? "rating" : "ratings"
        return calls + Quantity(satisfied * 100, .percent).styled(.strong)
            + StyledText(" of \(version.rated) \(words) good, \(version.ratedBadly) bad", .dim)
    }

    /// What its answers cost, in dollars; providers that cost nothing, or whose price nobody gave, say so.
    private static func cost(_ model: ModelRow) -> StyledText {
        let nano = model.record.cost
        guard model.record.route != nil else { return StyledText("nothing: it runs in the gateway", .dim) }
        guard nano > 0 else { return StyledText("no price given", .dim) }
        let answers = model.requests + (model.record.shadow?.requests ?? 0)
        let each = answers > 0 ? Double(nano) / 1e9 / Double(answers) * 1000 : 0
        return StyledText(dollars(Double(nano) / 1e9), .strong) + StyledText("  ", .dim) + StyledText(dollars(each))
            + StyledText(" for a thousand answers", .dim)
    }

    private static func dollars(_ amount: Double) -> SafeText {
        SafeText(untrusted: "$" + Decimals.fixed(amount, decimals: 2))
    }

    private static func pair(_ median: Double?, _ high: Double?) -> StyledText {
        StyledText("p50 ", .dim) + ModelWords.time(median).styled() + StyledText("   p95 ", .dim)
            + ModelWords.time(high).styled()
    }
}
