internal import Vocabulary

/// Finds each setting's value by the order flag, environment, file, default, and collects what is wrong.
struct SettingsResolver {
    private let flags: [String: String]
    private let environment: [String: String]
    private let context: SettingContext
    private let files: FileSource
    private(set) var file: SettingsFile?
    private(set) var problems: [String] = []
    private(set) var listing: [Settings.Line] = []

    init(flags: [String: String], environment: [String: String], files: FileSource) {
        self.flags = flags
        self.environment = environment
        self.files = files
        context = SettingContext(environment: environment)
    }

    /// Reads the configuration file; one that a person named must be there.
    mutating func read(_ config: Resolved<String>) {
        do throws(SettingsFailure) {
            let isNamed = config.origin != .default
            file = try SettingsFile(config.value, isNamed: isNamed, context: context, files: files)
        } catch {
            problems += error.problems.map(\.text)
        }
    }

    /// A value that the program cannot do without; `nil` with a problem noted.
    mutating func required<Value>(_ setting: Setting<Value>) -> Resolved<Value>? {
        let before = problems.count
        let value = optional(setting)
        if value == nil, problems.count == before {
            let file = setting.isInFile ? " or `\(setting.name):` in the configuration file" : ""
            problems.append("\(setting.name) is not set: give \(setting.flag), \(setting.variable)\(file)")
        }
        return value
    }

    /// A value that may be missing; `nil` with a problem noted when what was given cannot be used.
    mutating func optional<Value>(_ setting: Setting<Value>) -> Resolved<Value>? {
        guard let (text, origin) = given(setting) else {
            listing.append(Settings.Line(setting, value: nil, origin: .default))
            return nil
        }
        guard let value = setting.type.read(text, context(of: origin)) else {
            let shown = setting.isSecret ? "the value" : "\"\(text)\""
            problems.append("\(origin): \(shown) for \(setting.name) is not \(setting.accepts)")
            return nil
        }
        listing.append(Settings.Line(setting, value: setting.isSecret ? "********" : "\(value)", origin: origin))
        return Resolved(value, from: origin)
    }

    /// Notes what is wrong with values that do not fit together.
    mutating func refuse(_ problem: String) {
        problems.append(problem)
    }

    /// A secret, fetched from where a reference says it is kept.
    mutating func secret(_ setting: Setting<Secret>) -> Resolved<Secret>? {
        guard let given = optional(setting) else { return nil }
        do throws(SecretFailure) {
            let reference = SecretReference(given.value)
            let secret = try reference.fetch(environment: environment, files: files, context: context(of: given.origin))
            return Resolved(secret, from: given.origin)
        } catch {
            problems.append("\(given.origin): \(setting.name) \(error)")
            return nil
        }
    }

    private func given<Value>(_ setting: Setting<Value>) -> (text: String, origin: Origin)? {
        if let text = flags[setting.name] { return (text, .flag(setting.flag)) }
        if let text = environment[setting.variable], !text.isEmpty { return (text, .environment(setting.variable)) }
        if let file, let entry = file.entries[setting.name] {
            return (entry.text, .file(file.path, line: entry.line))
        }
        return setting.fallback(context).map { ($0, .default) }
    }

    /// Relative paths in the file are counted from its folder, all others from the working directory.
    private func context(of origin: Origin) -> SettingContext {
        if case .file(let path, _) = origin { context.besides(file: path) } else { context }
    }
}
