internal import ArgumentParser
internal import Settings

/// The options every verb has; each can also come from the environment or the configuration file.
struct CommonOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Keep the desk's data in this folder.", valueName: "dir"))
    var data: String?

    @Option(help: ArgumentHelp("Read settings from this file.", valueName: "file"))
    var config: String?

    @Option(help: ArgumentHelp("Use the gateway at this address instead of the data folder.", valueName: "url"))
    var url: String?

    @Option(help: ArgumentHelp("The API key for --url.", valueName: "key"))
    var key: String?

    /// The settings in force: flag, environment, file, default.
    func settings(_ more: [String: String?] = [:]) throws -> Settings {
        var flags: [String: String] = [:]
        for (name, value) in more { flags[name] = value }
        if let data { flags["data"] = data }
        if let config { flags["config"] = config }
        if let url { flags["url"] = url }
        if let key { flags["key"] = key }
        do {
            let settings = try Settings.resolve(flags: flags, environment: ProcessEnvironment.current())
            for warning in settings.warnings { Output.complain("watchdesk: \(warning)") }
            return settings
        } catch {
            throw Failure(error)
        }
    }
}

/// `--json`, for everything that lists.
struct ListOptions: ParsableArguments {
    @Flag(help: "Print JSON for programs instead of a table.")
    var json = false
}
