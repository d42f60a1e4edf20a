public import Vocabulary
internal import YAML

/// All settings of a run, each checked and each with the place it came from.
public struct Settings: Sendable {
    /// The folder that holds everything the desk keeps.
    public let data: Resolved<String>
    /// The configuration file; it may be missing when nobody named it.
    public let config: Resolved<String>
    /// The gateway to talk to, when it is not one of our own.
    public let url: Resolved<ServerAddress>?
    /// The key for that gateway.
    public let key: Resolved<Secret>?
    /// Where the gateway listens.
    public let listen: Resolved<ListenAddress>
    /// Other sites whose pages may show the chat or connect to the gateway.
    public let origins: Resolved<[String]>
    /// Names of versions that only admins move on.
    public let protectedNames: Resolved<[String]>
    /// The name of the console's theme, or the path of its file.
    public let theme: Resolved<String>
    /// The themes for single gateways.
    public let themes: Resolved<ThemesByGateway>
    /// What charts are drawn with.
    public let charts: Resolved<ChartGlyphs>
    /// Whether only plain ASCII characters are drawn.
    public let ascii: Resolved<Bool>
    /// The names of the overview's tiles in their order.
    public let overview: Resolved<[String]>
    /// How the console calls a person who may look elsewhere.
    public let calls: Resolved<CallWay>
    /// Whether the console takes the mouse.
    public let mouse: Resolved<Bool>
    /// The language model that answers, and how it is reached.
    public let assistant: Assistant
    /// How long the history is kept.
    public let history: History
    /// What this host sends to a gateway elsewhere.
    public let agent: Agent
    /// The services that the gateway asks whether they answer; only the configuration file can name them.
    public let services: [ServiceSetting]
    /// The exporters whose hosts are watched; only the configuration file can name them.
    public let scrapes: [ScrapeSetting]
    /// Further servers of language models; only the file has them.
    public let endpoints: [EndpointSetting]
    /// How much language models may use; only the file has them.
    public let budgets: [BudgetSetting]
    /// Every setting with its value, for people.
    public let listing: [Line]
    /// What works but should be looked at.
    public let warnings: [SafeText]

    /// The language model that answers, and how it is reached; without a ``url`` the knowledge base answers alone.
    public struct Assistant: Sendable {
        /// The server.
        public let url: Resolved<ServerAddress>?
        /// The model's name there.
        public let model: Resolved<String>?
        /// The key for the server.
        public let key: Resolved<Secret>?
        /// The protocol that the server speaks.
        public let wire: Resolved<AssistantWire>
        /// What the model is told first, in place of the built-in text.
        public let system: Resolved<String>?
        /// How long it may take to its first token.
        public let firstToken: Resolved<Duration>
        /// How long it may take for a whole answer.
        public let whole: Resolved<Duration>
        /// What a million tokens of prompts cost, in dollars.
        public let inputPrice: Resolved<Double>?
        /// What a million tokens of answers cost, in dollars.
        public let outputPrice: Resolved<Double>?
        /// What a million tokens of prompts cost that came from its cache, in dollars.
        public let cachedInputPrice: Resolved<Double>?
        /// What a million tokens of prompts cost that went into its cache, in dollars.
        public let cacheWritePrice: Resolved<Double>?
        /// Whether personal data is kept from it.
        public let redact: Resolved<Bool>
    }

    /// How long each tier of the history is kept.
    public struct History: Sendable {
        /// Every sample.
        public let seconds: Resolved<Duration>
        /// Steps of ten seconds.
        public let tenSeconds: Resolved<Duration>
        /// Steps of a minute.
        public let minutes: Resolved<Duration>
        /// Steps of an hour.
        public let hours: Resolved<Duration>
    }

    /// How this host's samples go to a gateway elsewhere.
    public struct Agent: Sendable {
        /// What the host is called there; its own name unless given.
        public let name: Resolved<String>?
        /// How long samples are kept while that gateway is away.
        public let buffer: Resolved<Duration>
    }

    /// One setting as `doctor --config` shows it.
    public struct Line: Equatable, Sendable {
        /// The setting's name.
        public let name: String
        /// The value, secrets as stars; `nil` when there is none.
        public let value: SafeText?
        /// Where the value came from.
        public let origin: Origin
        /// What the setting is for.
        public let meaning: String

        init(_ setting: some SettingDeclaration, value: String?, origin: Origin) {
            name = setting.name
            self.value = value.map { SafeText(untrusted: $0, limit: 400).oneLine }
            self.origin = origin
            meaning = setting.meaning
        }
    }

    /// The settings of a run.
    ///
    /// - Parameters:
    ///   - flags: What the command line gave, by the settings' names: `["listen": "127.0.0.1:0"]`.
    ///   - environment: The environment; an empty variable counts as not set.
    ///   - files: Where files are read from.
    /// - Throws: ``SettingsFailure`` with everything that is wrong.
    public static func resolve(
        flags: [String: String] = [:], environment: [String: String], files: FileSource = .system
    ) throws(SettingsFailure) -> Settings {
        var resolver = SettingsResolver(flags: flags, environment: environment, files: files)
        let config = resolver.required(DeskSettings.config)
        if let config { resolver.read(config) }
        let settings = config.flatMap { Settings(config: $0, from: &resolver, environment: environment) }
        guard let settings, resolver.problems.isEmpty else { throw SettingsFailure(resolver.problems) }
        return settings
    }

    /// The theme to show: the one asked for at the start, else the gateway's own, else the usual one.
    public var chosenTheme: String {
        switch theme.origin {
        case .flag, .environment: return theme.value
        case .file, .default: return url.flatMap { themes.value.theme(for: $0.value) } ?? theme.value
        }
    }

    private init?(
        config: Resolved<String>, from resolver: inout SettingsResolver, environment: [String: String]
    ) {
        let data = resolver.required(DeskSettings.data)
        let url = resolver.optional(DeskSettings.url)
        let key = resolver.secret(DeskSettings.key)
        let listen = resolver.required(DeskSettings.listen)
        let origins = resolver.required(DeskSettings.origins)
        let protectedNames = resolver.required(DeskSettings.protectedNames)
        let theme = resolver.required(DeskSettings.theme)
        let themes = resolver.required(DeskSettings.themes)
        let charts = resolver.required(DeskSettings.charts)
        let ascii = resolver.required(DeskSettings.ascii)
        let overview = resolver.required(DeskSettings.overview)
        let calls = resolver.required(DeskSettings.calls)
        let mouse = resolver.required(DeskSettings.mouse)
        let assistant = Assistant(from: &resolver)
        let history = History(from: &resolver)
        let agent = Agent(from: &resolver)
        guard let data, let listen, let theme, let themes, let charts, let ascii, let calls, let mouse, let assistant,
            let overview, let history, let agent, let origins, let protectedNames
        else { return nil }
        (self.origins, self.protectedNames) = (origins, protectedNames)
        (self.overview, self.history, self.agent) = (overview, history, agent)
        services = resolver.file?.services ?? []
        scrapes = resolver.file?.scrapes ?? []
        endpoints = resolver.file?.endpoints ?? []
        budgets = resolver.file?.budgets ?? []
        (self.data, self.config, self.url, self.key, self.listen) = (data, config, url, key, listen)
        (self.theme, self.themes, self.charts) = (theme, themes, charts)
        (self.ascii, self.calls, self.mouse, self.assistant) = (ascii, calls, mouse, assistant)
        listing = resolver.listing
        warnings = SettingsWarnings.all(environment: environment, file: resolver.file)
    }
}

extension Settings.History {
    fileprivate init?(from resolver: inout SettingsResolver) {
        let seconds = resolver.required(DeskSettings.historySeconds)
        let tenSeconds = resolver.required(DeskSettings.historyTenSeconds)
        let minutes = resolver.required(DeskSettings.historyMinutes)
        let hours = resolver.required(DeskSettings.historyHours)
        guard let seconds, let tenSeconds, let minutes, let hours else { return nil }
        (self.seconds, self.tenSeconds, self.minutes, self.hours) = (seconds, tenSeconds, minutes, hours)
        let tiers = [("seconds", seconds), ("ten_seconds", tenSeconds), ("minutes", minutes), ("hours", hours)]
        for (finer, coarser) in zip(tiers, tiers.dropFirst()) where coarser.1.value < finer.1.value {
            resolver.refuse(
                "\(coarser.1.origin): history.\(coarser.0) must not be shorter than history.\(finer.0) "
                    + "(\(finer.1.value.shorthand)): older times would have no history")
        }
    }
}

extension Settings.Agent {
    fileprivate init?(from resolver: inout SettingsResolver) {
        name = resolver.optional(DeskSettings.agentName)
        guard let buffer = resolver.required(DeskSettings.agentBuffer) else { return nil }
        self.buffer = buffer
    }
}

extension Settings.Assistant {
    fileprivate init?(from resolver: inout SettingsResolver) {
        url = resolver.optional(DeskSettings.assistantURL)
        model = resolver.optional(DeskSettings.assistantModel)
        key = resolver.secret(DeskSettings.assistantKey)
        let wire = resolver.required(DeskSettings.assistantWire)
        system = resolver.optional(DeskSettings.assistantSystem)
        inputPrice = resolver.optional(DeskSettings.assistantInputPrice)
        outputPrice = resolver.optional(DeskSettings.assistantOutputPrice)
        cachedInputPrice = resolver.optional(DeskSettings.assistantCachedInputPrice)
        cacheWritePrice = resolver.optional(DeskSettings.assistantCacheWritePrice)
        let redact = resolver.required(DeskSettings.assistantRedact)
        let firstToken = resolver.required(DeskSettings.assistantFirstToken)
        let whole = resolver.required(DeskSettings.assistantWhole)
        guard let wire, let redact, let firstToken, let whole else { return nil }
        (self.wire, self.redact, self.firstToken, self.whole) = (wire, redact, firstToken, whole)
    }
}
