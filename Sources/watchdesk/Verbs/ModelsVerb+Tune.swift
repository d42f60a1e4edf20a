internal import ArgumentParser
internal import DeskAPI
internal import Vocabulary

extension ModelsVerb {
    /// Fine-tunes a model at a provider.
    struct Tune: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Fine-tune a model at a provider, and register what comes of it.",
            discussion: """
                The file has a JSON object a line, {"messages": [{"role": "user", "content": …}, {"role": "assistant", …}]}, \
                ten lines or more. Without a file the resolved conversations of the desk that were rated 4 or 5 are sent, as \
                far as colleagues answered in them, with personal data behind marks. The provider bills what it learns.

                The gateway goes on by itself, also after a restart: Ctrl-C only ends the watching. `watchdesk train list`, \
                `train log` and `train cancel` are for fine-tunings too.

                EXAMPLE:
                  watchdesk models tune chats.jsonl --endpoint openai --model gpt-4o-mini-2024-07-18 --suffix desk --epochs 3
                """)

        @Argument(help: "The examples; the desk's own conversations unless given.")
        var file: String?
        @Option(help: "The endpoint's name in the configuration.")
        var endpoint: String
        @Option(help: "The provider's name of the model that learns.")
        var model: String
        @Option(help: "What is to stand in the new model's name.")
        var suffix: String?
        @Option(help: "Passes over the data, 1 to 50; the provider's choice unless given.")
        var epochs: Int64?
        @Option(help: "Examples that are not learned, for the loss on them.")
        var validation: String?
        @Option(help: "Where the provider's chance comes from.")
        var seed: Int64?
        @Option(help: "The version whose prompt the new one gets; the newest of that model unless given.")
        var parent: Int64?
        @Option(help: "What the version is to say about itself.")
        var notes: String = ""
        @Flag(help: "Pay again for what gave a version already.")
        var again = false
        @Flag(help: "Do not wait; the gateway goes on by itself.")
        var detach = false
        @OptionGroup var list: ListOptions
        @OptionGroup var common: CommonOptions

        func run() throws {
            var request = StartTuning()
            (request.endpoint, request.model, request.suffix) = (endpoint, model, suffix)
            (request.epochs, request.seed, request.notes, request.isAgain) = (epochs, seed, notes, again)
            request.parent = parent.map { ID($0) }
            if let file { request.data = try TextFile.read(file, atMost: StartTuning.mostData) }
            if let validation { request.validation = try TextFile.read(validation, atMost: StartTuning.mostData) }
            let (asked, isDetached, isJSON) = (request, detach, list.json)
            let job = try DeskAccess.use(common) { client in
                let job = try await client.call(Operations.startTuning, asked)
                if job.status == .succeeded, let version = job.version {
                    Output.complain("Version \(version) learned the same; --again pays for it once more.")
                }
                return try await JobWatch(isQuiet: isJSON).follow(job, at: client, isOnce: isDetached)
            }
            if isJSON { Output.write(job.json + "\n") }
            try Tune.end(job, isQuiet: isJSON)
        }

        private static func end(_ job: TrainingJob, isQuiet: Bool) throws {
            switch job.status {
            case .queued, .running:
                if !isQuiet {
                    Output.write("Fine-tuning \(job.id) goes on at the gateway: watchdesk train log \(job.id)\n")
                }
            case .succeeded:
                if !isQuiet, let version = job.version {
                    Output.write("Version \(version). Try it: watchdesk models deploy production \(version)\n")
                }
            case .failed: throw Failure("fine-tuning \(job.id) failed: \(job.failure ?? "")")
            case .cancelled: throw Failure("fine-tuning \(job.id) was ended")
            }
        }
    }
}
