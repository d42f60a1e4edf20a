internal import Console
internal import Settings

/// The person's own keys.
enum KeyChoice {
    /// The keys after the file beside the configuration; without one each command has its own.
    ///
    /// - Throws: `Failure` with file, line and reason.
    static func load(_ settings: Settings) throws -> KeyBindings {
        let path = KeyFile.path(beside: settings.config.value)
        let entries: [KeyFile.Entry]
        do {
            entries = try KeyFile.read(path)
        } catch let failure as FileFailure {
            throw Failure("\(path): \(failure)")
        }
        do throws(KeyBindings.Fault) {
            return try KeyBindings(entries.map { KeyBindings.Wish(command: $0.command, keys: $0.keys) })
        } catch {
            throw Failure("\(path):\(entries[error.index].line): \(error.message)")
        }
    }
}
