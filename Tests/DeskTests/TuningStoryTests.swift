import DeskAPI
import Foundation
import Testing
import Vocabulary

@testable import Desk

/// Fine-tunings at a provider, from the file to the version, with everything that goes wrong on the way.
@Suite struct TuningStoryTests {
    @Test func `a file becomes a version that nobody is answered by yet`() async throws {
        let provider = try TuningProvider()
        let desk = try await OpenDesk.open(endpoints: ["trial": provider.server])
        var base = AddModelVersion()
        (base.model, base.route, base.prompt) = ("base-1", "trial", "You are kind.")
        let parent = try await desk.agent.call(Operations.addModelVersion, base)
        var wanted = request()
        (wanted.suffix, wanted.seed, wanted.epochs, wanted.notes) = ("desk", 7, 3, "kinder")
        wanted.validation = lines(2, "Late?")
        let begun = try await desk.agent.call(Operations.startTuning, wanted)
        #expect(begun.status == .queued && begun.texts == 12 && begun.tuning?.file == nil)

        let waiting = try await until(desk, begun.id) { $0.tuning?.remoteJob != nil }
        #expect(waiting.tuning?.origin == provider.server.url && waiting.tuning?.validationFile == "file-2")
        let order = try #require(provider.jobs.first).body
        #expect(
            order
                == #"{"model":"base-1","training_file":"file-1","validation_file":"file-2","suffix":"desk","seed":7,"#
                + #""hyperparameters":{"n_epochs":3}}"#)
        #expect(provider.state.withLockedValue { $0.files["file-1"]?.contains(lines(12)) } == true)

        provider.tell(1) { event($0, "Files validated") }
        provider.tell(5) { metrics($0, step: ($0 - 1) * 10, of: 100) }
        provider.change { $0.status = "running" }
        let running = try await until(desk, begun.id) { $0.tuning?.points.count == 5 }
        #expect(running.status == .running && running.progress == 0.5)
        #expect(running.log.contains("Files validated") && running.tuning?.points.last?.validationLoss == 0.6)
        #expect(running.tuning?.events == 6)

        provider.change { ($0.status, $0.model) = ("succeeded", "ft:base-1:desk:1") }
        let over = try await until(desk, begun.id) { $0.status.isOver }
        #expect(over.status == .succeeded && over.tuning?.trainedTokens == 4711 && over.failure == nil)
        let version = try #require(try await desk.models()["ft:base-1:desk:1"])
        #expect(version.id == over.version && version.job == begun.id && version.parent == parent.id)
        #expect(version.prompt == "You are kind." && version.route == "trial" && version.aliases.isEmpty)
        #expect(version.notes.contains("kinder") && version.notes.contains(over.tuning?.dataHash ?? "none"))
        #expect(version.notes.contains("ftjob-1"))
        let audit = try await desk.agent.call(Operations.listAudit, ListAudit()).items
        #expect(audit.contains { $0.action == "tuning.start" && $0.subject == "training:\(begun.id)" })
        #expect(audit.contains { $0.action == "model.tune" && $0.subject == "model:\(version.id)" })

        // The same again costs nothing: it is the same version, unless somebody insists.
        #expect(try await desk.agent.call(Operations.startTuning, wanted).id == begun.id)
        wanted.isAgain = true
        #expect(try await desk.agent.call(Operations.startTuning, wanted).id != begun.id)
        try await desk.end()
    }

    @Test func `wrong data, endpoints and suffixes are refused before anything is sent`() async throws {
        let provider = try TuningProvider()
        let desk = try await OpenDesk.open(endpoints: ["trial": provider.server])
        var wrong = request()
        wrong.data += "{\"messages\":[]}\nx\n"
        let faults = await #expect(throws: Problem.self) {
            _ = try await desk.agent.call(Operations.startTuning, wrong)
        }
        #expect(faults?.detail.contains("line 13") == true && faults?.detail.contains("line 14") == true)
        wrong = request()
        wrong.endpoint = "elsewhere"
        await expectProblem(.invalidField) { _ = try await desk.agent.call(Operations.startTuning, wrong) }
        wrong = request()
        wrong.suffix = "a b"
        await expectProblem(.invalidField) { _ = try await desk.agent.call(Operations.startTuning, wrong) }
        wrong = request()
        wrong.parent = ID(99)
        await expectProblem(.notFound) { _ = try await desk.agent.call(Operations.startTuning, wrong) }
        wrong = request()
        wrong.data = ""
        let few = await #expect(throws: Problem.self) { _ = try await desk.agent.call(Operations.startTuning, wrong) }
        #expect(few?.detail.contains("too few examples (0)") == true)
        #expect(try await desk.agent.call(Operations.listTrainings, Nothing()).items.isEmpty)
        #expect(provider.state.withLockedValue { $0.requests.isEmpty })
        try await desk.end()
    }

    @Test(arguments: [
        ("POST /v1/files", 400, "Invalid file format."), ("POST /v1/files", 401, "Incorrect API key."),
        ("POST /v1/fine_tuning/jobs", 400, "model x cannot be fine-tuned"), ("POST /v1/fine_tuning/jobs", 401, "No."),
    ])
    func `a refusal ends the job with the provider's words`(line: String, status: Int, words: String) async throws {
        let provider = try TuningProvider()
        provider.fault(line, .refusal(status, #"{"error":{"message":"\#(words)"}}"#, []))
        let desk = try await OpenDesk.open(endpoints: ["trial": provider.server])
        let begun = try await desk.agent.call(Operations.startTuning, request())
        let over = try await until(desk, begun.id) { $0.status.isOver }
        #expect(over.status == .failed && over.failure?.contains("status \(status): \(words)") == true)
        #expect(provider.jobs.isEmpty && provider.requests(line) == 1)
        try await desk.end()
    }

    @Test func `what may pass is tried again and told`() async throws {
        let provider = try TuningProvider()
        let busy = #"{"error":{"message":"slow down"}}"#
        provider.fault("POST /v1/files", .refusal(503, "", []), .nonsense("<html>"))
        provider.fault("POST /v1/fine_tuning/jobs", .refusal(429, busy, ["Retry-After: 0"]))
        provider.fault(
            "GET /v1/fine_tuning/jobs/", .refusal(500, "", []), .nonsense("{\"id\":"),
            .refusal(401, #"{"error":{"message":"key expired"}}"#, []), .nonsense("[]"))
        let desk = try await OpenDesk.open(endpoints: ["trial": provider.server])
        let begun = try await desk.agent.call(Operations.startTuning, request())
        _ = try await until(desk, begun.id) { $0.log.contains { $0.contains("key expired") } }
        provider.change { ($0.status, $0.model) = ("succeeded", "ft:1") }
        let over = try await until(desk, begun.id) { $0.status.isOver }
        #expect(over.status == .succeeded && provider.jobs.count == 1 && over.tuning?.trouble == nil)
        for words in [
            "status 503", "cannot be understood", "slow down", "status 500", "answers again",
        ] {
            #expect(over.log.contains { $0.contains(words) }, "\(words): \(over.log)")
        }
        try await desk.end()
    }

    @Test func `an upstream that is gone is told, and asked less and less often`() async throws {
        var provider: TuningProvider? = try TuningProvider()
        let desk = try await OpenDesk.open(endpoints: ["trial": #require(provider).server])
        let begun = try await desk.agent.call(Operations.startTuning, request())
        _ = try await until(desk, begun.id) { $0.tuning?.remoteStatus != nil }
        provider?.state.withLockedValue { $0.isGone = true }
        // Its port is closed with it.
        provider = nil
        let alone = try await until(desk, begun.id) { $0.tuning?.trouble?.contains("refused the connection") == true }
        #expect(!alone.status.isOver)
        #expect(alone.log.last?.contains("it is tried again") == true)
        try await desk.end()
        var pace = TuningPace()
        pace.most = .seconds(60)
        var pause = Duration.zero
        var all: [Duration] = []
        for _ in 0..<7 {
            pause = pace.pause(after: pause, asked: nil)
            all.append(pause)
        }
        #expect(all == [2, 4, 8, 16, 32, 60, 60].map { .seconds($0) })
        #expect(pace.pause(after: .zero, asked: .seconds(90)) == .seconds(90))
        #expect(pace.pause(after: .zero, asked: .seconds(86_400)) == .seconds(600))
    }

    @Test func `after a restart it goes on from the provider's job, and reads no event twice`() async throws {
        let provider = try TuningProvider()
        let first = try await OpenDesk.open(endpoints: ["trial": provider.server])
        let begun = try await first.agent.call(Operations.startTuning, request())
        provider.tell(250) { event($0, "before \($0)") }
        provider.change { $0.status = "running" }
        let seen = try await until(first, begun.id) { $0.tuning?.events == 250 }
        #expect(seen.log.last == "before 250" && seen.tuning?.linesLeftOut ?? 0 > 0)
        await first.desk.close()
        provider.tell(310) { event($0, "after \($0)") }
        provider.change { ($0.status, $0.model) = ("succeeded", "ft:1") }
        let second = try await OpenDesk.open(at: first.folder, endpoints: ["trial": provider.server])
        let over = try await until(second, begun.id) { $0.status.isOver }
        #expect(over.status == .succeeded && over.tuning?.events == 560)
        #expect(over.log.count { $0 == "after 300" } <= 1 && provider.jobs.count == 1)
        #expect(provider.requests("POST /v1/files") == 1)
        try await second.end()
    }

    @Test func `when nobody knows whether it began, the provider's list says so`() async throws {
        let provider = try TuningProvider()
        provider.state.withLockedValue { state in
            for number in 1...230 {
                state.jobs.append(TuningProvider.Job(id: "other-\(number)", file: "other", body: ""))
            }
        }
        provider.fault("POST /v1/fine_tuning/jobs", .lostAnswer)
        let desk = try await OpenDesk.open(endpoints: ["trial": provider.server])
        let begun = try await desk.agent.call(Operations.startTuning, request())
        let found = try await until(desk, begun.id) { $0.tuning?.remoteJob != nil }
        #expect(found.tuning?.remoteJob == "ftjob-231" && provider.requests("POST /v1/fine_tuning/jobs") == 1)

        // Where it did not begin, it is asked again once that is certain.
        var again = request()
        again.model = "base-2"
        provider.fault("POST /v1/fine_tuning/jobs", .refusal(502, "", []))
        let second = try await desk.agent.call(Operations.startTuning, again)
        let late = try await until(desk, second.id) { $0.tuning?.remoteJob != nil }
        #expect(late.tuning?.starts == 2 && provider.jobs.count == 232)
        try await desk.end()
    }

    @Test func `a provider without a list ends it, and says where to look`() async throws {
        let provider = try TuningProvider()
        provider.fault("POST /v1/fine_tuning/jobs", .nonsense("ok"))
        provider.fault("GET /v1/fine_tuning/jobs?", .refusal(405, "", []))
        let desk = try await OpenDesk.open(endpoints: ["trial": provider.server])
        let begun = try await desk.agent.call(Operations.startTuning, request())
        let over = try await until(desk, begun.id) { $0.status.isOver }
        #expect(over.status == .failed && over.failure?.contains("nobody knows whether the provider began") == true)
        #expect(over.failure?.contains("file-1") == true && provider.requests("POST /v1/fine_tuning/jobs") == 1)
        try await desk.end()
    }

    @Test func `ending it reaches the provider, also after a fault and a restart`() async throws {
        let provider = try TuningProvider()
        let first = try await OpenDesk.open(endpoints: ["trial": provider.server])
        let begun = try await first.agent.call(Operations.startTuning, request())
        _ = try await until(first, begun.id) { $0.tuning?.remoteJob != nil }
        for _ in 0..<3 { provider.fault("POST /v1/fine_tuning/jobs/ftjob-1/cancel", .refusal(500, "", [])) }
        let leaving = try await first.agent.call(Operations.cancelTraining, TrainingReference(begun.id))
        #expect(!leaving.status.isOver && leaving.tuning?.isCancelling == true)
        await first.desk.close()
        let second = try await OpenDesk.open(at: first.folder, endpoints: ["trial": provider.server])
        let over = try await until(second, begun.id) { $0.status.isOver }
        #expect(over.status == .cancelled && provider.jobs.first?.status == "cancelled")
        let audit = try await second.agent.call(Operations.listAudit, ListAudit()).items
        #expect(audit.contains { $0.action == "tuning.cancel" && $0.subject == "training:\(begun.id)" })

        // Who is too late gets the version that was paid for.
        var again = request()
        again.isAgain = true
        let next = try await second.agent.call(Operations.startTuning, again)
        _ = try await until(second, next.id) { $0.tuning?.remoteJob != nil }
        provider.change { if $0.status != "cancelled" { ($0.status, $0.model) = ("succeeded", "ft:2") } }
        // It may be over already, and then there is nothing to end.
        _ = try? await second.agent.call(Operations.cancelTraining, TrainingReference(next.id))
        #expect(try await until(second, next.id) { $0.status.isOver }.status == .succeeded)
        try await second.end()
    }

    @Test func `examples and key do not follow an endpoint that moved`() async throws {
        let provider = try TuningProvider()
        let other = try TuningProvider()
        let first = try await OpenDesk.open(endpoints: ["trial": provider.server])
        let begun = try await first.agent.call(Operations.startTuning, request())
        _ = try await until(first, begun.id) { $0.tuning?.remoteJob != nil }
        await first.desk.close()
        let second = try await OpenDesk.open(at: first.folder, endpoints: ["trial": other.server])
        let waiting = try await until(second, begun.id) { $0.tuning?.trouble != nil }
        #expect(!waiting.status.isOver && waiting.tuning?.trouble?.contains(provider.server.url) == true)
        #expect(other.state.withLockedValue { $0.requests.isEmpty })
        try await second.end()
    }

    @Test func `the desk's own conversations teach, without personal data`() async throws {
        let provider = try TuningProvider()
        let desk = try await OpenDesk.open(endpoints: ["trial": provider.server])
        for number in 0..<11 {
            let customer = try await desk.customer()
            try await customer.ask("Is it you, \(number)? I am crystal@example.com")
            _ = try await desk.agent.call(Operations.claimConversation, ClaimConversation(customer.conversation))
            for text in ["Yes, crystal@example.com.", "Number \(number)."] {
                _ = try await desk.agent.call(
                    Operations.postMessage, PostMessage(to: customer.conversation, cid: nil, text: text))
            }
            try await customer.ask("Thanks")
            _ = try await desk.agent.call(Operations.resolveConversation, ConversationReference(customer.conversation))
            _ = try await customer.client.call(
                Operations.rateConversation, RateConversation(customer.conversation, rating: number == 3 ? 2 : 5))
        }
        var own = request()
        own.data = ""
        let begun = try await desk.agent.call(Operations.startTuning, own)
        #expect(begun.texts == 10)
        _ = try await until(desk, begun.id) { $0.tuning?.remoteJob != nil }
        let sent = try #require(provider.state.withLockedValue { $0.files["file-1"] })
        #expect(!sent.contains("crystal@") && !sent.contains("Number 3") && !sent.contains("Thanks"))
        #expect(
            sent.contains(
                #"{"messages":[{"role":"user","content":"Is it you, 7? I am [email 1]"},"#
                    + #"{"role":"assistant","content":"Yes, [email 1].\nNumber 7."}]}"#), "\(sent)")
        try await desk.end()
    }

    @Test func `a failed job carries the provider's reason`() async throws {
        let provider = try TuningProvider()
        let desk = try await OpenDesk.open(endpoints: ["trial": provider.server])
        let begun = try await desk.agent.call(Operations.startTuning, request())
        _ = try await until(desk, begun.id) { $0.tuning?.remoteJob != nil }
        provider.change { ($0.status, $0.error) = ("failed", "The file was flagged.") }
        let over = try await until(desk, begun.id) { $0.status.isOver }
        #expect(over.status == .failed && over.failure == "the provider says: The file was flagged.")
        try await desk.end()
    }

    private func request() -> StartTuning {
        var request = StartTuning()
        (request.endpoint, request.model, request.data) = ("trial", "base-1", lines(12))
        return request
    }

    private func lines(_ count: Int, _ words: String = "Where is it?") -> String {
        (1...count).map {
            #"{"messages":[{"role":"user","content":"\#(words) \#($0)"},{"role":"assistant","content":"Here."}]}"#
                + "\n"
        }.joined()
    }

    private func event(_ number: Int, _ words: String) -> String {
        #"{"id":"e\#(number)","created_at":\#(1_795_371_601 + number),"level":"info","type":"message","message":"\#(words)"}"#
    }

    private func metrics(_ number: Int, step: Int, of total: Int) -> String {
        #"{"id":"e\#(number)","created_at":\#(1_795_371_601 + number),"type":"metrics","message":"Step \#(step)","data":"#
            + #"{"step":\#(step),"total_steps":\#(total),"train_loss":0.5,"valid_loss":0.6}}"#
    }

    private func until(
        _ desk: OpenDesk, _ id: ID<TrainingJob>, _ fits: (TrainingJob) -> Bool
    ) async throws -> TrainingJob {
        try await desk.until {
            try await desk.agent.call(Operations.listTrainings, Nothing()).items.first { $0.id == id && fits($0) }
        }
    }
}
