import Console
import DeskAPI
import GoldenFrames
import Terminal
import Testing
import Vocabulary

/// An admin tries a version, sees the evidence, and takes it back with a typed word.
@Suite struct ModelStoryTests {
    private func admin(_ size: Size = Size(columns: 80, rows: 24), role: DeskAPI.Role = .admin) -> Sitting {
        var admin = Sitting.busy(size, role: role)
        admin.press(.character("5"))
        admin.forget()
        return admin
    }

    private var deployment: Deployment {
        var deployment = Deployment.example
        (deployment.stable, deployment.canary) = (Desk.models[0].id, Desk.models[1].id)
        deployment.guards = FailureNames.all.map { name, evidence in
            var reading = GuardReading()
            reading.name = name
            (reading.canary, reading.stable, reading.evidence) = (evidence > 1 ? 3 : 0, 4, evidence)
            return reading
        }
        deployment.reason = "the step went well"
        return deployment
    }

    private enum FailureNames {
        static let all: [(String, Double)] = [
            ("errors", 37), ("empty", 1), ("slow", 0.4), ("withheld", 1), ("handoff", 2.5), ("dissatisfied", 1),
        ]
    }

    private var job: TrainingJob {
        var job = TrainingJob.example
        job.passes = [(1.7, 0.47), (0.46, 0.39), (0.29, 0.36)].map { loss, validation in
            var pass = TrainingPassRecord()
            (pass.loss, pass.validationLoss, pass.validationAccuracy) = (loss, validation, 0.9)
            return pass
        }
        job.log.append("pass 3: loss 0.290, validation 0.360, 90.000 % right")
        return job
    }

    @Test(arguments: [Size(columns: 80, rows: 24), Size(columns: 160, rows: 45)])
    func `traffic, evidence and what is learned are on one screen`(size: Size) {
        var admin = admin(size)
        admin.hear(.deploymentChanged(deployment))
        admin.hear(.trainingChanged(job))
        expectGolden(admin.state.view(size), "models-traffic-\(size.columns)x\(size.rows)")
        #expect(admin.screen().contains("1 : 37 against"))
    }

    @Test func `a shadow shows what it did, and no odds`() {
        var admin = admin()
        var shadow = deployment
        (shadow.status, shadow.share, shadow.shadowShare, shadow.shadow) = (.shadow, 0, 1000, .example)
        admin.hear(.deploymentChanged(shadow))
        let screen = admin.screen()
        #expect(
            screen.contains("shadow: nobody hears it") && screen.contains("asked 100  failed 2  slow 1  left out 4"))
        #expect(
            screen.contains("only the new did not know 3, only the old 5") && screen.contains("of 80 that rest on one"))
        #expect(!screen.contains("against") && screen.contains("first word 420 ms"))
        let request = DeskRequest.steerDeployment(SteerDeployment(deployment.id, .step))
        admin.press(.character("s"))
        #expect(admin.look() == [request])
    }

    @Test func `a fine-tuning shows what the provider says, and makes no share up`() {
        var admin = admin()
        var tuning = job
        (tuning.tuning, tuning.progress, tuning.passes, tuning.secondsLeft) = (.example, 0, [], nil)
        tuning.tuning?.points = [(10, 1.25), (20, 0.75), (30, 0.5)].map { TuningPoint(step: $0, loss: $1) }
        admin.hear(.trainingChanged(tuning))
        #expect(admin.screen().contains("provider says running"))
        #expect(admin.screen().contains("step 30  loss 0.500"))
        #expect(!admin.screen().contains("  9972 texts"))
        tuning.tuning?.step = 30
        tuning.tuning?.totalSteps = 60
        tuning.progress = 0.5
        admin.hear(.trainingChanged(tuning))
        #expect(admin.screen().contains("50"))
        tuning.tuning?.trouble = "status 503"
        admin.hear(.trainingChanged(tuning))
        #expect(admin.screen().contains("waits for the provider"))
        admin.press(.character("x"))
        #expect(admin.look() == [.cancelTraining(TrainingReference(tuning.id))])
        // What is learned here is over in seconds, and is shown meanwhile.
        var here = job
        here.id = ID(tuning.id.number + 1)
        admin.hear(.trainingChanged(here))
        #expect(admin.screen().contains("Training \(here.id)") && !admin.screen().contains("waits for the provider"))
    }

    @Test func `rolling back takes the typed name`() {
        var admin = admin()
        admin.hear(.deploymentChanged(deployment))
        admin.press(.character("R"))
        admin.type("prod")
        admin.press(.enter)
        #expect(admin.look() == [] && admin.screen().contains("that is not production"))
        admin.type("uction")
        admin.press(.enter)
        let request = DeskRequest.steerDeployment(SteerDeployment(deployment.id, .rollBack))
        #expect(admin.look() == [request])
        var over = deployment
        (over.status, over.share) = (.rolledBack, 0)
        admin.answer(request, .deployment(over))
        #expect(admin.screen().contains("was taken back: nobody gets it"))
    }

    @Test func `without a deployment the name goes back to where it pointed before`() {
        var admin = admin()
        admin.press(.character("R"))
        #expect(admin.look() == [.listAliasMoves])
        admin.answer(.listAliasMoves, .aliasMoves([]))
        #expect(admin.screen().contains("never pointed to"))
        var move = AliasMove.example
        (move.name, move.from, move.to) = ("production", ID(99), Desk.models[0].id)
        admin.answer(.listAliasMoves, .aliasMoves([move]))
        admin.type("production")
        admin.press(.enter)
        #expect(
            admin.look() == [
                .moveAlias(MoveAlias("production", to: ID(99), reason: "rolled back"), from: Desk.models[0].id)
            ])
    }

    @Test func `a version that was deleted is gone`() {
        var admin = admin()
        let second = Desk.models[1]
        #expect(admin.screen().contains(second.model))
        admin.hear(.modelDeleted(ModelReference(second.id)))
        #expect(!admin.screen().contains(second.model))
    }

    @Test func `the version under the cursor is tried in steps, and a refusal is told in the form`() {
        var admin = admin()
        let second = Desk.models.first { !$0.aliases.contains("production") } ?? Desk.models[1]
        admin.press(.character("j"))
        admin.press(.character("d"), .enter)
        let request = DeskRequest.startDeployment(StartDeployment("production", to: second.id))
        #expect(admin.look() == [request])
        admin.refuse(request, Problem(.coolingDown, "version 2 was rolled back within the last six hours"))
        #expect(admin.screen().contains("within the last six hours"))
        admin.press(.escape)
        admin.press(.character("c"))
        #expect(admin.screen().contains("→"))
    }

    /// A classifier of 150 labels whose neighbours are alike.
    private var confused: (version: ModelVersion, report: ClassifierReport) {
        var version = ModelVersion.example
        (version.id, version.model, version.kind, version.wire) = (ID(77), "intents", .intent, "classifier")
        version.evaluation = .example
        version.aliases = ["intents"]
        var report = ClassifierReport()
        report.version = version.id
        report.labels = (0..<150).map { number in
            var score = LabelScore()
            (score.label, score.texts) = ("topic_\(100 + number)", 30)
            return score
        }
        for number in 0..<150 {
            for (given, texts) in [(number, 26), ((number + 1) % 150, number % 4), ((number * 7) % 150, number % 3)]
            where texts > 0 {
                var confusion = LabelConfusion()
                (confusion.label, confusion.texts) = (report.labels[number].label, Int64(texts))
                confusion.given = report.labels[given].label
                report.confusions.append(confusion)
            }
        }
        return (version, report)
    }

    @Test(arguments: [Size(columns: 80, rows: 24), Size(columns: 160, rows: 45)])
    func `the drift of a classifier stands beside its evaluation, or how many texts it needs`(size: Size) {
        var admin = admin(size)
        var (version, _) = confused
        admin.hear(.modelChanged(version))
        admin.press(.character("g"))
        while !admin.screen().contains("calibration") { admin.press(.character("j")) }
        #expect(admin.screen().contains("it read no text of customers yet"))
        var few = ClassifierDrift()
        (few.texts, few.reference) = (37, 1993)
        version.drift = few
        admin.hear(.modelChanged(version))
        #expect(admin.screen().contains("not enough yet: 37 of 100 texts"))
        version.drift = .example
        admin.hear(.modelChanged(version))
        #expect(admin.screen().contains("drifted  labels 0.31  confidence 0.12  of 412 texts"))
        #expect(admin.screen().contains("of its held-out texts"))
    }

    @Test(arguments: [Size(columns: 80, rows: 24), Size(columns: 160, rows: 45)])
    func `what a classifier takes for what is a map, whole and close up`(size: Size) {
        var admin = admin(size)
        let (version, report) = confused
        admin.hear(.modelChanged(version))
        admin.press(.character("g"))
        while !admin.screen().contains("sha256"), !admin.screen().contains("calibration") {
            admin.press(.character("j"))
        }
        admin.forget()
        admin.press(.character("m"))
        let request = DeskRequest.showReport(ModelReference(version.id))
        #expect(admin.look() == [request])
        admin.answer(request, .report(report))
        admin.press(.character("j"), .character("j"))
        expectGolden(admin.state.view(size), "models-map-\(size.columns)x\(size.rows)")
        #expect(admin.screen().contains("3 of 30 texts"))
        admin.press(.character("z"), .character("G"))
        expectGolden(admin.state.view(size), "models-map-close-\(size.columns)x\(size.rows)")
        admin.press(.escape)
        #expect(admin.screen().contains("Models"))
    }

    @Test func `who may only look is told why the keys are off`() {
        var agent = admin(Size(columns: 160, rows: 45), role: .agent)
        agent.press(.character("d"))
        #expect(agent.look() == [] && agent.screen().contains("your role (agent) lacks"))
    }

    @Test func `budgets are shown with the fullest first, or that there are none`() {
        var admin = Sitting.busy(Size(columns: 120, rows: 40))
        admin.press(.character("5"), .character("b"))
        #expect(admin.look().contains(.listBudgets))
        var full = BudgetState.example
        (full.name, full.unit, full.limit, full.used) = ("key\u{1B}[2J", .nanodollars, 2_000_000_000, 2_100_000_000)
        (full.share, full.subject, full.renewsAt) = (105, 7, admin.now + .seconds(7200))
        admin.answer(.listBudgets, .budgets([.example, full]))
        let screen = admin.screen(120, 40)
        #expect(screen.contains("$2.10 of $2.00") && screen.contains("anew in 2h") && screen.contains("set aside"))
        let order = ["$2.10", "deployment production"].compactMap { screen.firstRange(of: $0)?.lowerBound }
        #expect(order.count == 2 && order[0] < order[1] && !screen.contains("\u{1B}"))
        admin.press(.escape, .character("b"))
        admin.answer(.listBudgets, .budgets([]))
        #expect(admin.screen(120, 40).contains("No budgets"))
    }
}
