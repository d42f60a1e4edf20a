internal import ArgumentParser
internal import DeskAPI
internal import Vocabulary

extension ModelsVerb {
    /// Moves traffic to another version.
    struct Deploy: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give a version to a share of the conversations that grows while it does well.",
            discussion: """
                It is taken back by itself when it fails more often than the version before: errors, empty, slow or \
                withheld answers, customers who ask for a person or are dissatisfied. With --now everybody gets it at once; \
                with --shadow it answers a share of the questions out of the customers' sight, until `models step`. \
                Up to four versions are tried at once, each beside the same stable one.

                EXAMPLES:
                  watchdesk models deploy production 4
                  watchdesk models deploy production 5 --share 10
                  watchdesk models deploy production 4 --steps 10,50,100 --conversations 200
                  watchdesk models deploy production 4 --shadow --share 20
                  watchdesk models deploy intents 6 --now
                """)

        @Argument(help: "The name, such as production.")
        var name: String
        @Argument(help: "The version's number.")
        var id: Int64
        @Option(help: "The shares in percent that it goes through.")
        var steps: String = "1,5,25,50,100"
        @Option(help: "How many conversations of the version a step needs.")
        var conversations: Int64 = 50
        @Option(help: "By how many percent more of its conversations may fail for it to go on.")
        var margin: Double = 10
        @Flag(help: "Give it to everybody at once, without watching.")
        var now = false
        @Flag(help: "Have it answer questions out of the customers' sight first.")
        var shadow = false
        @Option(
            help: "The share in percent that it begins with; with --shadow that of the questions it answers so (10).")
        var share: Double?
        @Flag(help: "Although it was taken back within the last hours.")
        var again = false
        @Option(help: "Why, for the history.")
        var reason: String = ""
        @OptionGroup var list: ListOptions
        @OptionGroup var common: CommonOptions

        func run() throws {
            guard !(now && shadow) else { throw Failure("--now and --shadow exclude each other", status: 2) }
            guard (0.01...100).contains(share ?? 10) else { throw Failure("--share must be 0.01 to 100", status: 2) }
            if now {
                let move = MoveAlias(name, to: ID(id), reason: reason)
                let version = try DeskAccess.use(common) { client in
                    try await client.call(Operations.moveAlias, move)
                }
                return Output.write(
                    list.json
                        ? version.json + "\n" : "\(name) is version \(version.id) (\(ModelsVerb.name(version))).\n")
            }
            var request = StartDeployment(name, to: ID(id))
            request.steps = try shares()
            (request.leastConversations, request.isAgain) = (conversations, again)
            guard (0...100).contains(margin) else { throw Failure("--margin must be 0 to 100", status: 2) }
            request.margin = Int64((margin * 100).rounded())
            let first = share.map { Int64(($0 * 100).rounded()) }
            if shadow {
                (request.isShadow, request.shadowShare) = (true, first ?? 1000)
            } else if let first {
                request.steps = [first] + request.steps.filter { $0 > first }
            }
            let asked = request
            let deployment = try DeskAccess.use(common) { client in
                try await client.call(Operations.startDeployment, asked)
            }
            Output.write(list.json ? deployment.json + "\n" : ModelsVerb.line(deployment))
        }

        private func shares() throws -> [Int64] {
            try steps.split(separator: ",").map { part in
                let text = part.drop { $0 == " " }
                guard let percent = Double(text), (0.01...100).contains(percent) else {
                    throw Failure("--steps must be shares from 0.01 to 100, such as 1,5,25,50,100", status: 2)
                }
                return Int64((percent * 100).rounded())
            }
        }
    }

    /// Lists deployments.
    struct Deployments: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List deployments with their evidence, newest first.",
            discussion: "EXAMPLE:\n  watchdesk models deployments --json")

        @OptionGroup var list: ListOptions
        @OptionGroup var common: CommonOptions

        func run() throws {
            let all = try DeskAccess.use(common) { client in
                try await client.call(Operations.listDeployments, Nothing())
            }
            Listing(
                items: all.items,
                columns: [
                    .init("ID") { "\($0.id)" }, .init("NAME") { $0.name },
                    .init("FROM/TO") { "\($0.stable)/\($0.canary)" }, .init("STATUS") { $0.status.rawValue },
                    .init("SHARE") {
                        Decimals.percent(Double($0.status == .shadow ? $0.shadowShare ?? 0 : $0.share) / 10_000)
                    },
                    .init("FAILED NEW") { "\($0.canaryFailures) of \($0.canaryConversations)" },
                    .init("FAILED OLD") { "\($0.stableFailures) of \($0.stableConversations)" },
                    .init("ODDS AGAINST") { ModelsVerb.odds($0) },
                    .init("SHADOW") { $0.shadow.map { "\(ModelsVerb.failures($0)) of \($0.requests) failed" } ?? "" },
                    .init("WHY") { $0.reason },
                ], empty: "No deployment yet. Begin one: watchdesk models deploy production ID"
            ).print(asJSON: list.json)
        }
    }

    /// Goes on with a deployment.
    struct Step: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Go to the next share, out of the shadow, or on after a pause.",
            discussion: "EXAMPLES:\n  watchdesk models step production\n  watchdesk models step production 5")

        @OptionGroup var target: Target

        func run() throws { try target.steer(.step) }
    }

    /// Pauses a deployment.
    struct Pause: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Leave the share as it is.", discussion: "EXAMPLE:\n  watchdesk models pause production")

        @OptionGroup var target: Target

        func run() throws { try target.steer(.pause) }
    }

    /// Promotes the new version.
    struct Promote: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give the new version to everybody and let the name point to it.",
            discussion: "Ends the others that are tried.\n\n"
                + "EXAMPLE:\n  watchdesk models promote production --reason \"two days without a complaint\"")

        @OptionGroup var target: Target

        func run() throws { try target.steer(.promote) }
    }

    /// Takes a change back.
    struct RollBack: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "rollback", abstract: "Take the last change of a name back, at once and for everybody.",
            discussion: """
                Ends the deployment that is under way; without one, the name points to the version before again. \
                Of several versions that are tried, say which.

                EXAMPLES:
                  watchdesk models rollback production --reason "answers were worse"
                  watchdesk models rollback production 5
                """)

        @OptionGroup var target: Target

        func run() throws { try target.rollBack() }
    }

    /// The name of a deployment, of several its version, and why.
    struct Target: ParsableArguments {
        @Argument(help: "The name, such as production.")
        var name: String
        @Argument(help: "The version's number, where several are tried.")
        var version: Int64?
        @Option(help: "Why, for the history.")
        var reason: String = ""
        @OptionGroup var list: ListOptions
        @OptionGroup var common: CommonOptions

        func steer(_ act: SteerDeployment.Act) throws {
            let (name, version, reason) = (name, version, reason)
            let deployment = try DeskAccess.use(common) { client in
                guard let open = try await Target.open(name, version, at: client) else {
                    throw Failure("no deployment of \(name) is under way; `watchdesk models deployments` lists them")
                }
                return try await client.call(
                    Operations.steerDeployment, SteerDeployment(open.id, act, reason: reason))
            }
            Output.write(list.json ? deployment.json + "\n" : ModelsVerb.line(deployment))
        }

        func rollBack() throws {
            let (name, version, reason, isJSON) = (name, version, reason, list.json)
            let text = try DeskAccess.use(common) { client in
                if let open = try await Target.open(name, version, at: client) {
                    let deployment = try await client.call(
                        Operations.steerDeployment, SteerDeployment(open.id, .rollBack, reason: reason))
                    return isJSON ? deployment.json + "\n" : ModelsVerb.line(deployment)
                }
                let moves = try await client.call(Operations.listAliasMoves, Nothing()).items
                guard let last = moves.first(where: { $0.name == name }), let before = last.from else {
                    throw Failure(
                        "\(name) never pointed to another version; `watchdesk models history` lists its moves")
                }
                let version = try await client.call(
                    Operations.moveAlias, MoveAlias(name, to: before, reason: reason.isEmpty ? "rolled back" : reason))
                return isJSON
                    ? version.json + "\n" : "\(name) is version \(version.id) again (\(ModelsVerb.name(version))).\n"
            }
            Output.write(text)
        }

        private static func open(
            _ name: String, _ version: Int64?, at client: any DeskClient
        ) async throws -> Deployment? {
            try ModelsVerb.open(
                name, version, among: try await client.call(Operations.listDeployments, Nothing()).items)
        }
    }

    /// The deployment that is meant; `nil` when none of the name is under way.
    ///
    /// - Throws: ``Failure`` that names the choices when several are, or none tries the version.
    static func open(_ name: String, _ version: Int64?, among all: [Deployment]) throws -> Deployment? {
        let open = all.filter { $0.name == name && $0.status.isOpen }.sorted { $0.id < $1.id }
        let choices = open.map { "\($0.canary) (\(ModelsVerb.share($0)))" }.joined(separator: ", ")
        guard let version else {
            guard open.count < 2 else {
                throw Failure("several versions are tried under \(name); say which: \(choices)", status: 2)
            }
            return open.first
        }
        guard let meant = open.first(where: { $0.canary == ID(version) }) else {
            throw Failure(
                "version \(version) is not tried under \(name)"
                    + (open.isEmpty ? "; `watchdesk models deployments` lists what was" : "; tried are \(choices)"))
        }
        return meant
    }

    /// What a deployment gives its version, in words.
    private static func share(_ deployment: Deployment) -> String {
        deployment.status == .shadow
            ? "in the shadow" : Decimals.percent(Double(deployment.share) / 10_000)
    }

    static func line(_ deployment: Deployment) -> String {
        let share = Decimals.percent(Double(deployment.share) / 10_000)
        let shadow = Decimals.percent(Double(deployment.shadowShare ?? 0) / 10_000)
        let state =
            switch deployment.status {
            case .shadow: "answers \(shadow) of the questions unseen by the customers of"
            case .canary: "gets \(share) of the conversations of"
            case .paused: "stays at \(share) of the conversations of"
            case .promoted: "is now"
            case .rolledBack: "was taken back from"
            case .ended: "is no longer tried under"
            }
        let reason = SafeText(untrusted: deployment.reason).oneLine.text
        return "Deployment \(deployment.id): version \(deployment.canary) \(state) \(deployment.name)"
            + (reason.isEmpty ? ".\n" : ": \(reason)\n")
    }

    /// Questions that were not answered out of sight.
    static func failures(_ shadow: ShadowCounts) -> Int64 { shadow.errors + shadow.empty + shadow.withheld }

    /// The strongest evidence against the new version.
    static func odds(_ deployment: Deployment) -> String {
        guard let worst = deployment.guards.max(by: { $0.evidence < $1.evidence }), worst.evidence > 1 else {
            return "none"
        }
        return "\(worst.name) 1:\(Int64(worst.evidence.rounded()))"
    }
}
