internal import ArgumentParser
internal import Assistant
internal import DeskAPI
internal import Vocabulary

extension ModelsVerb {
    /// Shows one version.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show a version; of a classifier its model card, with the labels it confuses.",
            discussion: "EXAMPLE:\n  watchdesk models show 5")

        @Argument(help: "The version's number.")
        var id: Int64
        @OptionGroup var list: ListOptions
        @OptionGroup var common: CommonOptions

        func run() throws {
            let wanted = ID<ModelVersion>(id)
            let (version, report, outcomes) = try DeskAccess.use(common) { client in
                let version = try await ModelsVerb.version(wanted, at: client)
                let report =
                    version.kind == .chat
                    ? nil : try await client.call(Operations.showClassifierReport, ModelReference(wanted))
                let outcomes =
                    version.kind != .chat
                    ? nil
                    : try await client.call(Operations.listSuggestionOutcomes, Nothing()).items
                        .first { $0.version == wanted }
                return (version, report, outcomes)
            }
            guard !list.json else { return Output.write((report?.json ?? version.json) + "\n") }
            Output.write(ModelCard(version, report, outcomes).text)
        }
    }

    /// Compares two versions.
    struct Compare: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "diff", abstract: "Show what is different between two versions.",
            discussion: "EXAMPLE:\n  watchdesk models diff 3 4")

        @Argument(help: "The number of the one version.")
        var first: Int64
        @Argument(help: "The number of the other version.")
        var second: Int64
        @OptionGroup var common: CommonOptions

        func run() throws {
            let wanted = (ID<ModelVersion>(first), ID<ModelVersion>(second))
            let pair = try DeskAccess.use(common) { client in
                (
                    try await ModelsVerb.version(wanted.0, at: client),
                    try await ModelsVerb.version(wanted.1, at: client)
                )
            }
            let lines = VersionDifference(from: pair.0, to: pair.1).lines
            Output.write(
                lines.isEmpty
                    ? "Versions \(first) and \(second) are the same but for what they did.\n"
                    : lines.map { "\($0.sign)\(SafeText(untrusted: $0.text).oneLine.text)\n" }.joined())
        }
    }

    /// Looks for language models on this machine.
    struct Discover: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Look for language models on this machine: Ollama, llama.cpp, LM Studio, vLLM.",
            discussion: """
                Asks their usual ports of this machine for their models, and nothing else. What is found can be
                registered under its endpoint's name, without any configuration.

                EXAMPLE:
                  watchdesk models discover
                  watchdesk models add qwen2.5:3b --endpoint ollama
                """)

        @OptionGroup var list: ListOptions

        func run() throws {
            let found = try LocalModels.find().flatMap { server in
                server.models.map { LocalModel($0.text, server: server.name, route: server.route, url: server.url) }
            }
            Listing(
                items: found,
                columns: [
                    .init("SERVER") { $0.server }, .init("ENDPOINT") { $0.route }, .init("URL") { $0.url },
                    .init("MODEL") { $0.model },
                ], empty: "None found. `assistant.url` names one elsewhere."
            ).print(asJSON: list.json)
        }
    }

    static func version(_ id: ID<ModelVersion>, at client: any DeskClient) async throws -> ModelVersion {
        let all = try await client.call(Operations.listModels, Nothing()).items
        guard let version = all.first(where: { $0.id == id }) else {
            throw Failure("there is no version \(id); `watchdesk models` lists them")
        }
        return version
    }
}

/// A version as a text for people.
struct ModelCard {
    private let version: ModelVersion
    private let report: ClassifierReport?
    private let outcomes: SuggestionOutcomes?

    init(_ version: ModelVersion, _ report: ClassifierReport?, _ outcomes: SuggestionOutcomes? = nil) {
        self.version = version
        self.report = report
        self.outcomes = outcomes
    }

    var text: String {
        var lines = ["# \(ModelsVerb.name(version)) (version \(version.id), \(version.kind.rawValue))", ""]
        func add(_ name: String, _ value: String?) {
            guard let value, !value.isEmpty else { return }
            lines.append("\(name): \(SafeText(untrusted: value).text)")
        }
        add("names", version.aliases.joined(separator: ", "))
        add("made", "\(version.createdAt.rfc3339) by \(version.createdBy)")
        add("from version", version.parent.map { "\($0)" })
        add("training", version.job.map { "\($0)" })
        add("endpoint", version.endpoint.map { "\(version.route ?? "") \($0) (\(version.wire))" })
        add("content", version.contentHash.isEmpty ? nil : "sha256 \(version.contentHash)")
        add("notes", version.notes)
        add("prompt", version.prompt)
        if version.kind == .chat {
            add("answers", "\(version.requests), \(version.errors) failed")
            add("tokens", ModelCard.tokens(version))
            add("cost", version.cost > 0 ? ModelsVerb.dollars(version.cost) : nil)
            add(
                "handed over",
                version.handOverShare.map { share in
                    "\(Decimals.percent(share)) of \(version.conversations) conversations"
                })
            add(
                "satisfied",
                version.satisfiedShare.map { share in
                    "\(Decimals.percent(share)) of \(version.rated) ratings (\(version.ratedBadly) bad)"
                })
            add(
                "first word",
                "p50 \(ModelsVerb.milliseconds(version.firstTokenP50)), p95 \(ModelsVerb.milliseconds(version.firstTokenP95))"
            )
        }
        if let shadow = version.shadow { for (name, value) in ModelCard.lines(shadow) { add(name, value) } }
        add(
            "suggested to colleagues",
            outcomes.map { "\($0.accepted) sent as they were, \($0.edited) changed, \($0.rejected) not used" })
        if let report { lines += ModelCard.lines(report) + ModelCard.lines(version.drift) }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Tokens, with what of them the provider told apart.
    private static func tokens(_ version: ModelVersion) -> String {
        func part(_ count: Int64, _ words: String) -> String? { count > 0 ? "\(count) \(words)" : nil }
        func parts(_ all: [String?]) -> String {
            let said = all.compactMap { $0 }.joined(separator: ", ")
            return said.isEmpty ? "" : " (\(said))"
        }
        let prompt = parts([
            part(version.cachedTokens, "read from the provider's cache"),
            part(version.cacheWriteTokens, "written to it"),
        ])
        let answer = parts([part(version.reasoningTokens, "of them reasoning")])
        let estimate = version.estimated > 0 ? "; those of \(version.estimated) answers are estimated" : ""
        return "\(version.promptTokens) in prompts\(prompt), \(version.answerTokens) in answers\(answer)\(estimate)"
    }

    private static func lines(_ drift: ClassifierDrift?) -> [String] {
        let head = ["", "## Drift over the last seven days"]
        guard let drift else { return head + ["nothing yet: it read no text of customers"] }
        if let missing = drift.missing { return head + [missing] }
        func index(_ value: Double?) -> String { value.map { Decimals.fixed($0, decimals: 2) } ?? "n/a" }
        let words =
            drift.newWords.map { share in
                "new words: \(Decimals.percent(share)), of the held-out texts \(drift.usualNewWords.map(Decimals.percent) ?? "n/a")"
            } ?? "new words: not known of this version; train it again"
        return head + [
            "\(drift.state.rawValue), of \(drift.texts) texts beside \(drift.reference) held out",
            "labels: \(index(drift.labels))   confidence: \(index(drift.confidence))   (from 0.1 on watch, from 0.25 on drifted)",
            words,
        ]
    }

    /// What it did out of the customers' sight.
    private static func lines(_ shadow: ShadowCounts) -> [(String, String?)] {
        let left = shadow.dropped + shadow.overBudget
        return [
            (
                "in the shadow",
                "\(shadow.requests) questions, \(shadow.errors) errors, \(shadow.empty) empty, \(shadow.withheld) withheld, "
                    + "\(shadow.slow) slow" + (left > 0 ? "; \(left) left out" : "")
            ),
            (
                "shadow's tokens",
                "\(shadow.promptTokens) in prompts, \(shadow.answerTokens) in answers"
                    + (shadow.cost > 0 ? ", \(ModelsVerb.dollars(shadow.cost))" : "")
            ),
            (
                "shadow's times",
                "first word p50 \(ModelsVerb.milliseconds(shadow.firstTokenP50)), "
                    + "whole p50 \(ModelsVerb.milliseconds(shadow.totalP50))"
            ),
            (
                "beside the stable version",
                shadow.compared == 0
                    ? nil
                    : "of \(shadow.compared) pairs only it did not know \(shadow.refusedAlone), only the other "
                        + "\(shadow.answeredAlone)"
            ),
            (
                "from the same passage",
                shadow.samePassageShare.map { "\(Decimals.percent($0)) of \(shadow.grounded) that rest on one" }
            ),
        ]
    }

    private static func lines(_ report: ClassifierReport) -> [String] {
        let summary = report.summary
        var lines = [
            "", "## On \(summary.texts) texts that it never saw",
            "right: \(Decimals.percent(summary.accuracy))   F1 (mean of labels): \(Decimals.percent(summary.macroF1))",
            "calibration error: \(Decimals.percent(summary.calibrationError))   wrongly out of scope: "
                + "\(Decimals.percent(summary.rejected)) (below confidence \(Decimals.percent(summary.threshold)))",
            "learned from: \(summary.learned) texts of \(summary.labels) labels, sha256 \(summary.dataHash)",
            "spec: \(SafeText(untrusted: summary.spec).oneLine.text)",
            "class weights: \((summary.classWeights ?? .even).rawValue)", "", "## Labels, the weakest first",
        ]
        lines += report.labels.sorted { ($0.f1, $0.label) < ($1.f1, $1.label) }.prefix(20).map { label in
            "F1 \(Decimals.percent(label.f1))  precision \(label.precision.map(Decimals.percent) ?? "n/a")  "
                + "recall \(label.recall.map(Decimals.percent) ?? "n/a")  of \(label.texts)  "
                + SafeText(untrusted: label.label).oneLine.text
        }
        let mistakes = report.confusions.filter { $0.label != $0.given }.sorted {
            ($1.texts, $0.label) < ($0.texts, $1.label)
        }
        if !mistakes.isEmpty { lines += ["", "## What it takes for what"] }
        lines += mistakes.prefix(15).map {
            "\($0.texts)  \(SafeText(untrusted: $0.label).oneLine.text) → \(SafeText(untrusted: $0.given).oneLine.text)"
        }
        lines += ["", "## How sure, and how often right"]
        lines += report.ranges.filter { $0.texts > 0 }.map {
            "sure \(Decimals.percent($0.confidence))  right \(Decimals.percent($0.accuracy))  of \($0.texts)"
        }
        return lines
    }
}
