import Console
import DeskAPI
import GoldenFrames
import Terminal
import Testing
import Vocabulary

/// What an admin begins in the models pane: a version, a shadow, a fine-tuning; and takes back with U.
@Suite struct ModelBeginningTests {
    private func admin(_ size: Size = Size(columns: 80, rows: 24)) -> Sitting {
        var admin = Sitting.busy(size, role: .admin)
        admin.press(.character("5"))
        admin.forget()
        return admin
    }

    private var found: [LocalModel] {
        [
            LocalModel("qwen2.5:3b", server: "Ollama", route: "ollama", url: "http://127.0.0.1:11434/v1"),
            LocalModel("evil\u{1B}[2J", server: "vLLM", route: "vllm", url: "http://127.0.0.1:8000/v1"),
        ]
    }

    private func adding(_ model: String, at route: String) -> DeskRequest {
        var request = AddModelVersion()
        (request.model, request.route) = (model, route)
        return .addModelVersion(request)
    }

    @Test(arguments: [Size(columns: 80, rows: 24), Size(columns: 160, rows: 45)])
    func `models of this machine are proposed, and one is registered`(size: Size) {
        var admin = admin(size)
        admin.press(.character("a"))
        #expect(admin.look() == [.listLocalModels])
        admin.answer(.listLocalModels, .localModels(found))
        expectGolden(admin.state.view(size), "models-register-\(size.columns)x\(size.rows)")
        admin.press(.down)
        #expect(admin.screen().contains("vllm evil") && admin.screen().contains("2 of 2 found"))
        admin.press(.up, .enter)
        let request = adding("qwen2.5:3b", at: "ollama")
        #expect(admin.look() == [request])
        admin.refuse(request, Problem(.invalidField, "route must be an endpoint"))
        #expect(admin.screen().contains("route must be an endpoint"))
        admin.press(.enter)
        #expect(admin.look() == [request])
        var version = ModelVersion.example
        (version.id, version.model, version.aliases) = (ID(9), "qwen2.5:3b", [])
        admin.answer(request, .model(version))
        #expect(admin.screen().contains("Version 9 is registered") && admin.screen().contains("qwen2.5:3b"))
    }

    @Test func `where nothing is found another endpoint is typed, and half a line is not sent`() {
        var admin = admin()
        admin.press(.character("a"))
        _ = admin.look()
        admin.answer(.listLocalModels, .localModels([]))
        #expect(admin.screen().contains("no server of this machine offers a model"))
        admin.type("assistant")
        admin.press(.enter)
        #expect(admin.look() == [] && admin.screen().contains("the endpoint and the model"))
        admin.type(" gpt-4o-mini")
        admin.press(.enter)
        #expect(admin.look() == [adding("gpt-4o-mini", at: "assistant")])
    }

    @Test func `a version is asked out of sight, a share that means nothing is not sent`() {
        var admin = admin()
        admin.press(.character("j"), .character("v"))
        admin.type("x")
        admin.press(.enter)
        #expect(admin.look() == [] && admin.screen().contains("a share of the questions in percent"))
        admin.press(.backspace)
        admin.type("%")
        admin.press(.enter)
        var request = StartDeployment("production", to: Desk.models[1].id)
        (request.isShadow, request.shadowShare) = (true, 1000)
        #expect(admin.look() == [.startDeployment(request)])
        var begun = Deployment.example
        (begun.status, begun.canary) = (.shadow, Desk.models[1].id)
        admin.answer(.startDeployment(request), .deployment(begun))
        #expect(admin.screen().contains("is asked out of the customers'"))
        admin.press(.character("U"))
        admin.pass(.seconds(1))
        admin.press(.character("y"))
        #expect(admin.look() == [.steerDeployment(SteerDeployment(begun.id, .rollBack))])
    }

    @Test func `a fine-tuning is begun with the desk's own conversations`() {
        var admin = admin()
        admin.press(.character("f"))
        #expect(admin.screen().contains("the provider's price is paid"))
        admin.type("openai gpt-4o-mini-2024-07-18")
        admin.press(.enter)
        var request = StartTuning()
        (request.endpoint, request.model) = ("openai", "gpt-4o-mini-2024-07-18")
        #expect(admin.look() == [.startTuning(request)])
        var job = TrainingJob.example
        (job.id, job.status) = (ID(5), .running)
        admin.answer(.startTuning(request), .training(job))
        #expect(admin.screen().contains("Fine-tuning 5 has begun"))
    }

    @Test func `a name that was moved goes back with U, although the news came before the answer`() {
        var admin = admin()
        admin.press(.character("j"), .character("D"))
        admin.type("production")
        admin.press(.enter)
        let (old, new) = (Desk.models[0], Desk.models[1])
        let request = DeskRequest.moveAlias(MoveAlias("production", to: new.id), from: old.id)
        #expect(admin.look() == [request])
        var (before, after) = (old, new)
        (before.aliases, after.aliases) = ([], ["fallback", "production"])
        admin.hear(.modelChanged(before))
        admin.hear(.modelChanged(after))
        admin.answer(request, .model(after))
        admin.press(.character("U"))
        #expect(admin.screen().contains("Take back: you let production point to version 1"))
        admin.pass(.seconds(1))
        admin.press(.character("y"))
        let back = DeskRequest.moveAlias(MoveAlias("production", to: old.id, reason: "undone"), from: new.id)
        #expect(admin.look() == [back])
        admin.answer(back, .model(old))
        admin.press(.character("U"))
        #expect(admin.look() == [], "an undo is not undone")
    }
}
