public import Vocabulary

/// Every setting of Watchdesk, each declared once; flags, variables, file, help and `doctor --config` follow from these.
public enum DeskSettings {
    /// The folder that holds everything the desk keeps.
    public static let data = Setting("data", as: .path("a folder"), "the folder that holds everything the desk keeps") {
        $0.dataHome.map { "\($0)/watchdesk" }
    }

    /// The configuration file itself.
    public static let config = Setting("config", as: .path("a file"), isInFile: false, "the configuration file") {
        $0.configHome.map { "\($0)/watchdesk/config.yaml" }
    }

    /// The gateway to talk to.
    public static let url = Setting("url", as: .serverAddress, "the gateway to talk to, instead of one of its own")

    /// The key that opens that gateway.
    public static let key = Setting("key", as: .secret, isSecret: true, "the key for the gateway at url")

    /// Where the gateway listens.
    public static let listen = Setting(
        "listen", as: .listenAddress, default: "127.0.0.1:7180", "where the gateway listens")

    /// Other sites that may use the gateway from browsers.
    public static let origins = Setting(
        "origins", as: .origins, default: "",
        "sites whose pages may show the chat or connect to the gateway, such as https://shop.example")

    /// Names of versions that only admins move on.
    public static let protectedNames = Setting(
        "protected", as: .versionNames, default: "production",
        "names of versions that only admins move on; taking back needs none")

    /// The colours of the console.
    public static let theme = Setting("theme", as: .theme, default: "dark", "the colours of the console")

    /// The colours of the console for single gateways.
    public static let themes = Setting(
        "themes", as: .themesByGateway, isMapping: true, default: "",
        "the colours for single gateways, such as desk.example:7180=red-alert")

    /// What charts are drawn with.
    public static let charts = Setting(
        "charts", as: SettingType<ChartGlyphs>.choice, default: "braille", "what charts are drawn with")

    /// Plain characters only.
    public static let ascii = Setting("ascii", as: .truth, default: "false", "draw with plain ASCII characters only")

    /// The tiles of the console's overview.
    public static let overview = Setting(
        "overview", as: .overviewTiles, default: "alerts conversations models cpu memory disk network",
        "the tiles of the overview in their order")

    /// How the console calls a person who may look elsewhere.
    public static let calls = Setting(
        "calls", as: SettingType<CallWay>.choice, default: "bell",
        "how the console calls: none, the bell, or the bell and a notification of the desktop")

    /// Whether the console takes the mouse.
    public static let mouse = Setting(
        "mouse", as: .truth, default: "false", "clicks and the wheel go to the console; selecting text then takes Shift"
    )

    /// The language model's server.
    public static let assistantURL = Setting(
        "assistant.url", as: .serverAddress, "the server of the assistant's language model")

    /// The language model's name.
    public static let assistantModel = Setting("assistant.model", as: .text, "the name of the language model there")

    /// The language model's key.
    public static let assistantKey = Setting(
        "assistant.key", as: .secret, isSecret: true, "the key for that server, or file:/path or env:NAME")

    /// The protocol that the language model's server speaks.
    public static let assistantWire = Setting(
        "assistant.wire", as: SettingType<AssistantWire>.choice, default: "openai", "the protocol of that server")

    /// What the language model is told before everything else.
    public static let assistantSystem = Setting(
        "assistant.system", as: .text, "what the language model is told first, in place of the built-in text")

    /// How long the language model may take to its first token.
    public static let assistantFirstToken = Setting(
        "assistant.first_token", as: .duration(in: .seconds(1)...(.seconds(600))), default: "10s",
        "how long a language model may take to its first token, all attempts together")

    /// How long the language model may take for a whole answer.
    public static let assistantWhole = Setting(
        "assistant.whole", as: .duration(in: .seconds(1)...(.seconds(3600))), default: "30s",
        "how long a language model may take for a whole answer, all attempts together")

    /// What the language model's prompts cost.
    public static let assistantInputPrice = Setting(
        "assistant.input_price", as: .price, "what a million tokens of prompts cost there, in dollars")

    /// What the language model's answers cost.
    public static let assistantOutputPrice = Setting(
        "assistant.output_price", as: .price, "what a million tokens of answers cost there, in dollars")

    /// What the language model's prompts cost where its server had read them before.
    public static let assistantCachedInputPrice = Setting(
        "assistant.cached_input_price", as: .price,
        "what a million tokens of prompts cost that came from its cache, in dollars; input_price unless given")

    /// What the language model's prompts cost that its server keeps for later.
    public static let assistantCacheWritePrice = Setting(
        "assistant.cache_write_price", as: .price,
        "what a million tokens of prompts cost that went into its cache, in dollars; input_price unless given")

    /// Whether personal data is kept from the language model.
    public static let assistantRedact = Setting(
        "assistant.redact", as: .truth, default: "true",
        "keep addresses of mail, card, account and telephone numbers from the language model")

    /// How long every sample is kept.
    public static let historySeconds = Setting(
        "history.seconds", as: .duration(in: .hours(1)...(.days(7))), default: "1h", "how long every sample is kept")

    /// How long steps of ten seconds are kept.
    public static let historyTenSeconds = Setting(
        "history.ten_seconds", as: .duration(in: .hours(1)...(.days(92))), default: "1d",
        "how long steps of ten seconds are kept")

    /// How long steps of a minute are kept.
    public static let historyMinutes = Setting(
        "history.minutes", as: .duration(in: .days(1)...(.days(731))), default: "31d",
        "how long steps of a minute are kept")

    /// How long steps of an hour are kept.
    public static let historyHours = Setting(
        "history.hours", as: .duration(in: .days(31)...(.days(3653))), default: "731d",
        "how long steps of an hour are kept")

    /// What this host is called at the gateway that it sends its samples to.
    public static let agentName = Setting(
        "agent.name", as: .text, "what this host is called at the gateway; its own name unless given")

    /// How much the agent keeps while the gateway is away.
    public static let agentBuffer = Setting(
        "agent.buffer", as: .duration(in: .minutes(5)...(.days(31))), default: "1d",
        "how long samples are kept on this host while the gateway is away")

    /// All of them, in the order in which they are listed.
    public static let all: [any SettingDeclaration] = [
        data, config, url, key, listen, origins, protectedNames, theme, themes, charts, ascii, overview, calls, mouse,
        assistantURL,
        assistantModel,
        assistantKey, assistantWire, assistantSystem, assistantFirstToken, assistantWhole, assistantInputPrice,
        assistantOutputPrice, assistantCachedInputPrice, assistantCacheWritePrice, assistantRedact, historySeconds,
        historyTenSeconds,
        historyMinutes, historyHours,
        agentName, agentBuffer,
    ]
}

/// How the console calls a person who may look elsewhere.
public enum CallWay: String, CaseIterable, Sendable {
    /// Not at all.
    case none
    /// With the terminal's bell.
    case bell
    /// With the bell, and a notification of the desktop where the terminal passes one on.
    case desktop
}

/// The protocols that a language model's server may speak.
public enum AssistantWire: String, CaseIterable, Sendable {
    /// OpenAI's chat completions, which most servers speak.
    case openai
    /// Anthropic's messages.
    case anthropic
}

/// What charts may be drawn with.
public enum ChartGlyphs: String, CaseIterable, Sendable {
    /// Eight dots a cell.
    case braille
    /// Quarters and quadrants of a cell, for fonts without braille.
    case blocks
}
