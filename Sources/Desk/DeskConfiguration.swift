public import Assistant
public import Models
public import Monitoring

/// What a desk is opened with.
public struct DeskConfiguration: Sendable {
    /// The folder that holds everything the desk keeps; this process must own it.
    public var folder: String
    /// The name of the person at this machine.
    public var localName: String
    /// The program's version, for the status.
    public var version: String
    /// Where `/proc` and `/sys` are found; `/` but for tests.
    public var hostRoot = "/"
    /// The language model that answers; `nil` leaves the knowledge base alone.
    public var languageModel: LanguageModelEndpoint?
    /// Further servers of language models by their names, for versions that are asked there.
    public var endpoints: [String: LanguageModelEndpoint] = [:]
    /// Servers of this machine that can be used without being configured.
    public var localServers = LocalServer.usualPlaces
    /// What tokens cost at each endpoint that has a price.
    public var prices: [String: TokenPrice] = [:]
    /// How much language models may use.
    public var budgets: [Budget] = []
    /// Names of versions that only admins move on.
    public var protectedNames = Models.usualProtection
    /// How long customers wait for the language model before the knowledge base answers.
    public var answerLimits = AnswerLimits()
    /// The same at endpoints that have limits of their own, by their names.
    public var endpointLimits: [String: AnswerLimits] = [:]
    /// How often providers are asked how a fine-tuning stands.
    public var tuningPace = TuningPace()
    /// What the language model is told first; `nil` uses the built-in text.
    public var systemPrompt: String?
    /// Whether personal data is hidden from language models, and put back into their answers.
    public var hidesPersonalData = true
    /// Reads the alert rules' file; `nil` leaves the starter set.
    public var readAlertRules: @Sendable () throws -> [UInt8]? = { nil }
    /// Where the alert rules' file is, for what is said about its faults.
    public var alertRulesPath = "alerts.yaml"
    /// Reads the file of business hours, targets and replies; `nil` leaves a desk that never closes.
    public var readSupport: @Sendable () throws -> [UInt8]? = { nil }
    /// Where that file is, for what is said about its faults.
    public var supportPath = "support.yaml"
    /// The file that says who is told of alerts, and the secrets it names.
    public var notify = NotifySource()
    /// The services that are asked whether they answer.
    public var services: [ServiceTarget] = []
    /// The exporters whose hosts are watched.
    public var scrapes: [ScrapeTarget] = []
    /// How long each tier of the hosts' history is kept.
    public var retention = HistoryRetention()
    /// Where faults are written down, one line each.
    public var log: @Sendable (String) -> Void

    /// A desk on a folder with every default.
    public init(
        folder: String, localName: String, version: String, log: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.folder = folder
        self.localName = localName
        self.version = version
        self.log = log
    }
}
