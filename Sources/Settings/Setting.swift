/// What every setting tells about itself, whatever its type; help, `doctor --config` and the file reader go over these.
public protocol SettingDeclaration: Sendable {
    /// The name, which is also its path in the configuration file: `assistant.url`.
    var name: String { get }
    /// The flag of the command line: `--assistant-url`.
    var flag: String { get }
    /// The environment variable: `WATCHDESK_ASSISTANT_URL`.
    var variable: String { get }
    /// Whether the value must never be printed.
    var isSecret: Bool { get }
    /// Whether the configuration file may hold it; all may but the place of that file itself.
    var isInFile: Bool { get }
    /// Whether the configuration file may give it as a mapping, `name: value`, instead of `name=value,name=value`.
    var isMapping: Bool { get }
    /// What it is for, in one line.
    var meaning: String { get }
    /// What is accepted, to stand behind "expected".
    var accepts: String { get }
    /// Whether a text can be read as a value.
    func isAccepted(_ text: String, in context: SettingContext) -> Bool
}

/// One setting, declared once: its names, its type, its default and its meaning.
public struct Setting<Value: Sendable>: SettingDeclaration {
    /// The name, which is also its path in the configuration file.
    public let name: String
    /// What it is for, in one line.
    public let meaning: String
    /// Whether the value must never be printed.
    public let isSecret: Bool
    /// Whether the configuration file may hold it.
    public let isInFile: Bool
    /// Whether the configuration file may give it as a mapping.
    public let isMapping: Bool
    /// How a text becomes a value.
    public let type: SettingType<Value>
    /// The text that stands in when nothing is given; `nil` when there is none.
    public let fallback: @Sendable (SettingContext) -> String?

    /// A setting whose default, if any, is a fixed text.
    public init(
        _ name: String, as type: SettingType<Value>, isMapping: Bool = false, default fallback: String? = nil,
        isSecret: Bool = false, _ meaning: String
    ) {
        self.init(name, as: type, isSecret: isSecret, isMapping: isMapping, meaning) { _ in fallback }
    }

    /// A setting whose default depends on the person's folders.
    public init(
        _ name: String, as type: SettingType<Value>, isSecret: Bool = false, isInFile: Bool = true,
        isMapping: Bool = false, _ meaning: String, default fallback: @escaping @Sendable (SettingContext) -> String?
    ) {
        self.name = name
        self.type = type
        self.meaning = meaning
        self.isSecret = isSecret
        self.isInFile = isInFile
        self.isMapping = isMapping
        self.fallback = fallback
    }

    /// The flag of the command line, made from the name.
    public var flag: String { "--" + name.replacing(".", with: "-") }
    /// The environment variable, made from the name.
    public var variable: String { "WATCHDESK_" + name.uppercased().replacing(".", with: "_") }
    /// What is accepted, to stand behind "expected".
    public var accepts: String { type.accepts }

    /// Whether a text can be read as a value.
    public func isAccepted(_ text: String, in context: SettingContext) -> Bool {
        type.read(text, context) != nil
    }
}

extension String {
    /// The text with each `old` character replaced.
    fileprivate func replacing(_ old: Character, with new: Character) -> String {
        String(map { $0 == old ? new : $0 })
    }
}

/// A type that a setting's text can be read as.
public struct SettingType<Value: Sendable>: Sendable {
    /// What is accepted, to stand behind "expected": `HOST:PORT, such as 127.0.0.1:7180`.
    public let accepts: String
    /// The value of a text, or `nil` when it is not of this type.
    public let read: @Sendable (String, SettingContext) -> Value?

    /// A type by its description and its reading.
    public init(_ accepts: String, read: @escaping @Sendable (String, SettingContext) -> Value?) {
        self.accepts = accepts
        self.read = read
    }
}
