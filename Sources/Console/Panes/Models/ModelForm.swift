internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// The one line in which a person says which name a version gets, or types a name to confirm that its traffic moves.
struct ModelForm: Equatable, Sendable {
    /// What is done.
    enum Deed: Equatable, Sendable {
        /// Give a version to a growing share of a name's conversations.
        case deploy(ID<ModelVersion>)
        /// Give a version to everybody at once.
        case move(ID<ModelVersion>)
        /// Give the new version of a deployment to everybody.
        case promote(Deployment)
        /// Give nobody the new version of a deployment any more.
        case rollBack(Deployment)
        /// Let a name point to the version before again.
        case moveBack(String, ID<ModelVersion>)
        /// Train on the desk's own conversations.
        case train
        /// Fine-tune a model at a provider with the desk's own conversations.
        case tune
        /// Ask a version a share of the questions out of the customers' sight.
        case shadow(ID<ModelVersion>)
        /// Register a version of a chat model; what servers of the gateway's machine offer is proposed.
        case register([LocalModel])
    }

    let deed: Deed
    private let what: SafeText
    var line: TextField
    private(set) var isSending = false
    var problem: SafeText?
    /// Which of the proposals stands in the line.
    var proposed = 0

    init(_ deed: Deed, _ what: SafeText) {
        self.deed = deed
        self.what = what
        switch deed {
        case .deploy:
            line = TextField(hint: "the name, such as production", limit: 64)
            line.replace(with: "production")
        case .move: line = TextField(hint: "type the name: everybody gets the version at once", limit: 64)
        case .promote(let deployment), .rollBack(let deployment):
            line = TextField(
                hint: "type \(SafeText(untrusted: deployment.name, limit: 64).oneLine) to confirm", limit: 64)
        case .moveBack(let name, _):
            line = TextField(hint: "type \(SafeText(untrusted: name, limit: 64).oneLine) to confirm", limit: 64)
        case .train: line = TextField(hint: "intents from tags, or sentiment from ratings", limit: 64)
        case .tune: line = TextField(hint: "endpoint and model, such as openai gpt-4o-mini-2024-07-18", limit: 300)
        case .shadow:
            line = TextField(hint: "the share of the questions, such as 10", limit: 8)
            line.replace(with: "10")
        case .register(let found):
            line = TextField(hint: "endpoint and model, such as ollama qwen2.5:3b", limit: 300)
            if let first = found.first { line.replace(with: ModelForm.proposal(first)) }
        }
    }

    mutating func take(_ key: Key) {
        problem = nil
        if case .register(let found) = deed, propose(key, of: found) { return }
        _ = line.take(key)
    }

    mutating func refuse(_ refusal: Problem) {
        isSending = false
        problem = SafeText(untrusted: refusal.detail, limit: 300).oneLine
    }

    mutating func send(_ turn: inout Turn) {
        guard !isSending else { return }
        let word = line.text.text.filter { !$0.isWhitespace }
        guard !word.isEmpty else {
            problem = deed.isNamed ? "say the name" : "say what the line is for"
            return
        }
        switch deed {
        case .deploy(let version): turn.ask(.startDeployment(StartDeployment(word, to: version)))
        case .move(let version):
            turn.ask(.moveAlias(MoveAlias(word, to: version), from: turn.facts.version(named: word)))
        case .promote(let deployment): confirm(word, deployment, .promote, &turn)
        case .rollBack(let deployment): confirm(word, deployment, .rollBack, &turn)
        case .moveBack(let name, let version):
            guard word == name else { return refuse(word, name) }
            turn.ask(
                .moveAlias(
                    MoveAlias(name, to: version, reason: "rolled back"), from: turn.facts.version(named: name)))
        case .train: train(word, &turn)
        case .tune: tune(&turn)
        case .shadow(let version): shadow(version, word, &turn)
        case .register: register(&turn)
        }
        if problem == nil { isSending = true }
    }

    private mutating func confirm(
        _ word: String, _ deployment: Deployment, _ act: SteerDeployment.Act, _ turn: inout Turn
    ) {
        guard word == deployment.name else { return refuse(word, deployment.name) }
        turn.ask(.steerDeployment(SteerDeployment(deployment.id, act)))
    }

    private mutating func refuse(_ word: String, _ name: String) {
        problem = "that is not \(SafeText(untrusted: name, limit: 64).oneLine)"
    }

    private mutating func train(_ word: String, _ turn: inout Turn) {
        guard word == "intents" || word == "sentiment" else {
            problem = "say intents or sentiment; files are trained with `watchdesk train FILE`"
            return
        }
        var request = StartTraining()
        request.model = word
        request.kind = word == "sentiment" ? .sentiment : .intent
        turn.ask(.startTraining(request))
    }

    /// The rows that the form needs.
    static let rows = 4

    private var title: SafeText {
        switch deed {
        case .deploy: "Deploy in steps"
        case .move: "Give to everybody"
        case .promote: "Promote"
        case .rollBack, .moveBack: "Roll back"
        case .train: "Train"
        case .tune: "Fine-tune"
        case .shadow: "Try out of sight"
        case .register: "Register a version"
        }
    }

    private var meaning: StyledText {
        switch deed {
        case .deploy: StyledText("1 %, then 5, 25, 50 and all, while it does well", .dim)
        case .move: StyledText("nobody watches it then", .warning)
        case .promote: StyledText("everybody gets it", .dim)
        case .rollBack, .moveBack: StyledText("at once, for everybody", .warning)
        case .train: StyledText("on the desk's own conversations", .dim)
        case .tune: StyledText("the provider's price is paid", .warning)
        case .shadow: StyledText("customers hear nothing of it", .dim)
        case .register(let found):
            StyledText(found.count > 1 ? "↑↓ \(proposed + 1) of \(found.count) found" : "nobody gets it yet", .dim)
        }
    }

    func draw(in rect: Rect, on frame: inout Frame) {
        let state = isSending ? StyledText("sending …", .pending) : meaning
        let inside = Tile(title, state: state, footer: StyledText("Enter does it · Esc", .dim), isFocused: true)
            .draw(in: rect, on: &frame).inset(columns: 1)
        if inside.rows > 1 {
            frame.write(
                styled: problem.map { StyledText("▲ \($0)", .warning) } ?? StyledText(what, .strong),
                in: inside.line(0))
        }
        line.draw(in: inside.line(inside.rows > 1 ? 1 : 0), isFocused: true, on: &frame)
    }
}
