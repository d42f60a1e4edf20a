internal import DeskAPI
internal import Terminal
internal import Vocabulary

extension ModelForm.Deed {
    /// Whether the line holds the name whose version is meant.
    var isNamed: Bool {
        switch self {
        case .tune, .shadow, .register, .train: false
        default: true
        }
    }
}

/// What begins something new: a version that is registered, asked out of sight, or learned at a provider.
extension ModelForm {
    /// A model as it is typed: its endpoint and its name.
    static func proposal(_ model: LocalModel) -> SafeText {
        SafeText(untrusted: "\(model.route) \(model.model)", limit: 300).oneLine
    }

    /// Puts the next or the last proposal into the line; `false` for keys that do something else.
    mutating func propose(_ key: Key, of found: [LocalModel]) -> Bool {
        guard !found.isEmpty, key == .up || key == .down else { return false }
        proposed = (proposed + (key == .down ? 1 : found.count - 1)) % found.count
        line.replace(with: ModelForm.proposal(found[proposed]))
        return true
    }

    mutating func register(_ turn: inout Turn) {
        guard let (endpoint, model) = endpointAndModel else { return }
        var request = AddModelVersion()
        (request.route, request.model) = (endpoint, model)
        turn.ask(.addModelVersion(request))
    }

    mutating func tune(_ turn: inout Turn) {
        guard let (endpoint, model) = endpointAndModel else { return }
        var request = StartTuning()
        (request.endpoint, request.model) = (endpoint, model)
        turn.ask(.startTuning(request))
    }

    mutating func shadow(_ version: ID<ModelVersion>, _ word: String, _ turn: inout Turn) {
        let digits = word.last == "%" ? word.dropLast() : word[...]
        guard let share = Double(digits), share > 0, share <= 100 else {
            problem = "say a share of the questions in percent, such as 10"
            return
        }
        var request = StartDeployment("production", to: version)
        (request.isShadow, request.shadowShare) = (true, max(1, Int64((share * 100).rounded())))
        turn.ask(.startDeployment(request))
    }

    /// What the line holds: an endpoint and behind it a model.
    private var endpointAndModel: (endpoint: String, model: String)? {
        mutating get {
            let words = line.text.text.split(whereSeparator: \.isWhitespace)
            guard words.count == 2 else {
                problem = "say the endpoint and the model, with a space between them"
                return nil
            }
            return (String(words[0]), String(words[1]))
        }
    }
}
