internal import Assistant
internal import Desk
internal import DeskAPI
internal import Gateway
internal import Glibc
internal import Host
internal import Models
internal import Monitoring
internal import Settings
internal import Storage
internal import Vocabulary

/// The desk of this process, with its data folder and, when asked for, its gateway.
struct LiveDesk: Sendable {
    /// The desk.
    let desk: Desk
    /// Its gateway; `nil` when it is not reachable from outside.
    let gateway: Gateway?
    private let folder: DataFolder
    private let origins: [String]

    static let tokenFile = "local.token"

    /// Takes the data folder and opens the desk on it.
    ///
    /// - Throws: `DataFolderFailure.ownedByAnother` when another process has the folder.
    static func open(_ settings: Settings, log: @escaping @Sendable (String) -> Void) async throws -> LiveDesk {
        let folder = try DataFolder(settings.data.value)
        var configuration = DeskConfiguration(
            folder: folder.path, localName: UserName.current, version: Version.text, log: log)
        configuration.languageModel = try languageModel(settings.assistant)
        configuration.endpoints = try endpoints(settings)
        configuration.answerLimits.firstToken = settings.assistant.firstToken.value
        configuration.answerLimits.total = settings.assistant.whole.value
        for endpoint in settings.endpoints {
            var limits = configuration.answerLimits
            limits.firstToken = endpoint.firstToken ?? limits.firstToken
            limits.total = max(endpoint.whole ?? limits.total, limits.firstToken)
            limits.retries = endpoint.retries ?? limits.retries
            configuration.endpointLimits[endpoint.name] = limits
        }
        configuration.prices = prices(settings)
        configuration.protectedNames = Set(settings.protectedNames.value)
        configuration.budgets = settings.budgets.map(Budget.init)
        configuration.hidesPersonalData = settings.assistant.redact.value
        configuration.systemPrompt = settings.assistant.system?.value
        configuration.alertRulesPath = ConfigurationFile.path("alerts.yaml", beside: settings.config.value)
        let rulesPath = configuration.alertRulesPath
        configuration.readAlertRules = { try ConfigurationFile.read(rulesPath) }
        configuration.supportPath = ConfigurationFile.path("support.yaml", beside: settings.config.value)
        let supportPath = configuration.supportPath
        configuration.readSupport = { try ConfigurationFile.read(supportPath) }
        configuration.notify = try NotifyText.source(beside: settings.config.value)
        configuration.retention = retention(settings.history)
        configuration.scrapes = settings.scrapes.map { ScrapeTarget(name: $0.name, url: $0.url, every: $0.every) }
        configuration.services = settings.services.compactMap(ServiceTarget.init)
        let desk = try await Desk.open(configuration, clock: .system)
        return LiveDesk(desk: desk, gateway: nil, folder: folder, origins: settings.origins.value)
    }

    private init(desk: Desk, gateway: Gateway?, folder: DataFolder, origins: [String]) {
        self.origins = origins
        self.desk = desk
        self.gateway = gateway
        self.folder = folder
    }

    /// The same desk with a gateway that listens at this address, and its address in the data folder for who attaches.
    func serving(at address: ListenAddress) async throws -> LiveDesk {
        var limits = GatewayLimits()
        (limits.http.frameOrigins, limits.realtime.origins) = (origins, origins)
        let gateway = try await Gateway.start(
            desk: desk, listen: address, version: Version.text, limits: limits, now: { .now })
        try PrivateFile.write(desk.tokenForThisMachine, to: folder.file(LiveDesk.tokenFile))
        let reachable = ListenAddress(host: LiveDesk.reachable(address.host), port: UInt16(clamping: gateway.port))
        try folder.announce(address: "http://\(reachable)")
        return LiveDesk(desk: desk, gateway: gateway, folder: folder, origins: origins)
    }

    /// Ends the gateway, then the desk: what was asked is finished, and nothing acknowledged is lost.
    func close() async {
        await gateway?.stop()
        await desk.close()
        // Who comes next finds no address of a gateway that is gone; the lock goes with the process in any case.
        do {
            try folder.announce(address: nil)
        } catch {
            Output.complain("watchdesk: \(error)")
        }
    }

    /// What listens everywhere is reached on the loopback.
    private static func reachable(_ host: String) -> String {
        switch host {
        case "0.0.0.0", "": "127.0.0.1"
        case "::": "::1"
        default: host
        }
    }

    private static func retention(_ settings: Settings.History) -> HistoryRetention {
        var retention = HistoryRetention()
        retention.seconds = settings.seconds.value
        retention.tenSeconds = settings.tenSeconds.value
        retention.minutes = settings.minutes.value
        retention.hours = settings.hours.value
        return retention
    }

    /// What tokens cost where a price was given.
    private static func prices(_ settings: Settings) -> [String: TokenPrice] {
        var prices: [String: TokenPrice] = [:]
        for endpoint in settings.endpoints {
            prices[endpoint.name] = price(
                endpoint.inputPrice, endpoint.outputPrice, endpoint.cachedInputPrice, endpoint.cacheWritePrice)
        }
        let own = settings.assistant
        prices["assistant"] = price(
            own.inputPrice?.value, own.outputPrice?.value, own.cachedInputPrice?.value, own.cacheWritePrice?.value)
        return prices
    }

    private static func price(
        _ input: Double?, _ output: Double?, _ cachedInput: Double?, _ cacheWrite: Double?
    ) -> TokenPrice? {
        guard input != nil || output != nil || cachedInput != nil || cacheWrite != nil else { return nil }
        return TokenPrice(input: input ?? 0, output: output ?? 0, cachedInput: cachedInput, cacheWrite: cacheWrite)
    }

    /// Further endpoints with the keys that the file names.
    private static func endpoints(_ settings: Settings) throws -> [String: LanguageModelEndpoint] {
        let pairs = try settings.endpoints.map { setting in
            let key: Secret?
            do {
                key = try setting.key.map {
                    try Secret.kept(
                        at: $0, namedIn: settings.config.value, environment: ProcessEnvironment.current())
                }
            } catch {
                throw Failure("the key of the endpoint \(setting.name): \(error)")
            }
            return (
                setting.name,
                LanguageModelEndpoint(
                    url: setting.url, model: "", key: key?.revealed,
                    wire: setting.wire == .anthropic ? .anthropic : .openai)
            )
        }
        return Dictionary(uniqueKeysWithValues: pairs)
    }

    private static func languageModel(_ settings: Settings.Assistant) throws -> LanguageModelEndpoint? {
        guard let url = settings.url else { return nil }
        guard let model = settings.model?.value else {
            throw Failure("assistant.url is set (\(url.origin)), but assistant.model is not: name the model there")
        }
        return LanguageModelEndpoint(
            url: url.value.text, model: model, key: settings.key?.value.revealed,
            wire: settings.wire.value == .anthropic ? .anthropic : .openai)
    }
}

extension Budget {
    /// A budget as the configuration file names it.
    fileprivate init(_ setting: BudgetSetting) {
        let scope: Scope =
            switch setting.scope {
            case .day: .day
            case .deployment: .deployment(setting.name ?? "")
            case .key: setting.name.map { .key($0) } ?? .eachKey
            case .customer: .customer
            case .conversation: .conversation
            }
        self.init(
            for: scope, setting.tokens ?? setting.nanodollars ?? 0, setting.tokens == nil ? .nanodollars : .tokens)
    }
}

extension ServiceTarget {
    /// A service as the configuration file names it.
    fileprivate init?(_ setting: ServiceSetting) {
        guard let kind = Service.Kind(rawValue: setting.kind.rawValue) else { return nil }
        self.init(
            name: setting.name, kind: kind, target: setting.target, every: setting.every, timeout: setting.timeout,
            expect: setting.expect, authority: setting.authority)
    }
}

/// The name of the person who started the program.
enum UserName {
    static var current: String {
        guard let record = unsafe getpwuid(getuid()) else { return "uid \(getuid())" }
        return unsafe String(cString: record.pointee.pw_name)
    }
}
