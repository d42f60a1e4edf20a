internal import ArgumentParser
internal import DeskAPI
internal import Vocabulary

/// `watchdesk train`: classifiers that learn from labelled texts.
struct TrainVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train", abstract: "Train a classifier of intents or sentiment on labelled texts.",
        discussion: """
            The file has a head with a column of texts and one of labels (CSV or tab-separated), or a JSON object a line. \
            A tenth of the texts decides when to stop and a fifth is kept for the evaluation. Without a file it learns from \
            the desk's own conversations: intents from their tags, sentiment from the ratings of customers.

            EXAMPLES:
              watchdesk train questions.csv --model intents
              watchdesk train rated.jsonl --model mood --kind sentiment --label stars
              watchdesk train list
            """, subcommands: [Start.self, ListAll.self, Log.self, Cancel.self], defaultSubcommand: Start.self)

    /// Begins a training and waits for it.
    struct Start: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Train a classifier and wait until it is registered.",
            discussion:
                "EXAMPLE:\n  watchdesk train start questions.csv --model intents --seed 7 --class-weights balanced")

        @Argument(help: "The data set; the desk's own conversations unless given.")
        var file: String?
        @Option(help: "The name of the model that gets a new version; intents or sentiment unless given.")
        var model: String?
        @Option(help: "What it says: intent or sentiment.")
        var kind: String = "intent"
        @Option(help: "The column of the texts; the usual names unless given.")
        var text: String?
        @Option(help: "The column of the labels; the usual names unless given.")
        var label: String?
        @Option(help: "Where all chance comes from: the same seed gives the same classifier.")
        var seed: Int64 = 1
        @Option(help: "The most passes over the data, 1 to 200.")
        var epochs: Int64 = 10
        @Option(help: "How much the texts of rare labels count: even or balanced.")
        var classWeights: String = "even"
        @Option(help: "What the version is to say about itself.")
        var notes: String = ""
        @Flag(help: "Train although the same data and spec gave a version already.")
        var again = false
        @Flag(help: "Do not wait; the gateway goes on by itself.")
        var detach = false
        @OptionGroup var list: ListOptions
        @OptionGroup var common: CommonOptions

        func run() throws {
            guard let kind = ModelKind(rawValue: kind), kind != .chat else {
                throw Failure("--kind is \(self.kind), but must be intent or sentiment", status: 2)
            }
            guard let weights = ClassWeights(rawValue: classWeights) else {
                throw Failure("--class-weights is \(classWeights), but must be even or balanced", status: 2)
            }
            var request = StartTraining()
            request.classWeights = weights
            let model = model ?? (kind == .sentiment ? "sentiment" : "intents")
            (request.model, request.kind, request.notes) = (model, kind, notes)
            (request.textName, request.labelName) = (text, label)
            (request.seed, request.epochs, request.isAgain) = (seed, epochs, again)
            if let file { request.data = try TextFile.read(file, atMost: StartTraining.mostData) }
            let (asked, isDetached, isJSON) = (request, detach, list.json)
            let job = try DeskAccess.use(common) { client in
                let job = try await client.call(Operations.startTraining, asked)
                if job.status.isOver, let version = job.version {
                    Output.complain("Version \(version) learned the same data with the same spec; --again trains anew.")
                }
                return try await JobWatch(isQuiet: isJSON).follow(job, at: client, isOnce: isDetached)
            }
            if isJSON { Output.write(job.json + "\n") }
            switch job.status {
            case .queued, .running:
                if !isJSON { Output.write("Training \(job.id) goes on at the gateway: watchdesk train list\n") }
            case .succeeded:
                if !isJSON, let version = job.version {
                    Output.write("Version \(version). Use it: watchdesk models deploy \(model) \(version) --now\n")
                }
            case .failed: throw Failure("training \(job.id) failed: \(job.failure ?? "")")
            case .cancelled: throw Failure("training \(job.id) was ended")
            }
        }
    }

    /// Lists trainings.
    struct ListAll: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List trainings, newest first.",
            discussion: "EXAMPLE:\n  watchdesk train list --json")

        @OptionGroup var list: ListOptions
        @OptionGroup var common: CommonOptions

        func run() throws {
            let jobs = try DeskAccess.use(common) { client in
                try await client.call(Operations.listTrainings, Nothing())
            }
            Listing(
                items: jobs.items,
                columns: [
                    .init("ID") { "\($0.id)" }, .init("MODEL") { $0.model }, .init("KIND") { $0.kind.rawValue },
                    .init("STATUS") { $0.status.rawValue }, .init("DONE") { ListAll.done($0) },
                    .init("TEXTS") { $0.tuning == nil ? "\($0.texts) of \($0.labels) labels" : "\($0.texts) examples" },
                    .init("STARTED") { $0.createdAt.rfc3339 }, .init("BY") { $0.createdBy },
                    .init("OUTCOME") { job in
                        job.version.map { "version \($0)" } ?? job.failure ?? job.tuning?.trouble
                            ?? job.secondsLeft.map { "\($0) s left" } ?? job.tuning?.remoteStatus ?? ""
                    },
                ], empty: "No training yet. Begin one: watchdesk train questions.csv --model intents"
            ).print(asJSON: list.json)
        }

        /// How much is done; nothing where a provider does not count.
        private static func done(_ job: TrainingJob) -> String {
            job.tuning != nil && job.tuning?.totalSteps == nil ? "" : Decimals.percent(job.progress)
        }
    }

    /// Shows the log of a training.
    struct Log: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show the log of a training or fine-tuning.",
            discussion: "EXAMPLE:\n  watchdesk train log 3 --follow")

        @Argument(help: "The training's number.")
        var id: Int64
        @Flag(help: "Wait for further lines until it is over.")
        var follow = false
        @OptionGroup var list: ListOptions
        @OptionGroup var common: CommonOptions

        func run() throws {
            let (id, isFollowing, isJSON) = (ID<TrainingJob>(id), follow, list.json)
            let job = try DeskAccess.use(common) { client in
                let all = try await client.call(Operations.listTrainings, Nothing()).items
                guard let job = all.first(where: { $0.id == id }) else {
                    throw Failure("there is no training \(id); `watchdesk train list` lists them")
                }
                return try await JobWatch(isQuiet: isJSON).follow(job, at: client, isOnce: !isFollowing)
            }
            if isJSON { Output.write(job.json + "\n") }
        }
    }

    /// Ends a training.
    struct Cancel: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "End a training that waits or is under way; a fine-tuning ends when its provider confirms it.",
            discussion: "EXAMPLE:\n  watchdesk train cancel 3")

        @Argument(help: "The training's number.")
        var id: Int64
        @OptionGroup var common: CommonOptions

        func run() throws {
            let reference = TrainingReference(ID(id))
            let job = try DeskAccess.use(common) { client in
                try await client.call(Operations.cancelTraining, reference)
            }
            let name = SafeText(untrusted: job.model).oneLine.text
            Output.write(
                job.status.isOver
                    ? "Ended training \(job.id) of \(name).\n"
                    : "The provider is asked to end fine-tuning \(job.id) of \(name): watchdesk train log \(job.id)\n")
        }
    }
}
