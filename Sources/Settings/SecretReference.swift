/// A secret as settings give it: itself, or the place where it is kept.
struct SecretReference {
    private enum Place {
        case here(Secret)
        case file(String)
        case variable(String)
    }

    private let place: Place

    init(_ given: Secret) {
        let text = given.revealed
        if text.hasPrefix("file:") {
            place = .file(String(text.dropFirst("file:".count)))
        } else if text.hasPrefix("env:") {
            place = .variable(String(text.dropFirst("env:".count)))
        } else {
            place = .here(given)
        }
    }

    /// Whether the secret itself stood in the setting.
    var isLiteral: Bool {
        if case .here = place { true } else { false }
    }

    /// The secret from where it is kept; a line break at the end of a file is not part of it.
    func fetch(
        environment: [String: String], files: FileSource, context: SettingContext
    ) throws(SecretFailure) -> Secret {
        switch place {
        case .here(let secret): secret
        case .variable(let name): try Self.secret(inVariable: name, environment)
        case .file(let path): try Self.secret(inFile: path, files, context)
        }
    }

    private static func secret(
        inVariable name: String, _ environment: [String: String]
    ) throws(SecretFailure) -> Secret {
        guard let text = environment[name], !text.isEmpty else { throw .noVariable(name) }
        return Secret(text)
    }

    private static func secret(
        inFile given: String, _ files: FileSource, _ context: SettingContext
    ) throws(SecretFailure) -> Secret {
        guard let path = context.path(given) else { throw .unreadable(given, .missing) }
        let content: FileSource.Content
        do throws(FileFailure) {
            content = try files.read(path)
        } catch {
            throw .unreadable(path, error)
        }
        guard !content.isWorldReadable else { throw .worldReadable(path) }
        guard let text = String(validating: content.bytes, as: UTF8.self) else { throw .notText(path) }
        let lines = text.split(whereSeparator: \.isNewline)
        guard let secret = lines.first, lines.count == 1 else { throw .notOneLine(path) }
        return Secret(String(secret))
    }
}

/// Why a secret could not be fetched.
enum SecretFailure: Error, Equatable, CustomStringConvertible {
    case noVariable(String)
    case unreadable(String, FileFailure)
    case worldReadable(String)
    case notText(String)
    case notOneLine(String)

    /// The reason and the remedy, to stand behind the setting's name.
    var description: String {
        switch self {
        case .noVariable(let name): "names the environment variable \(name), which is not set"
        case .unreadable(let path, let reason): "names the file \(path): \(reason)"
        case .worldReadable(let path): "names the file \(path), which everybody can read; run: chmod 600 \(path)"
        case .notText(let path): "names the file \(path), which is not UTF-8 text"
        case .notOneLine(let path): "names the file \(path), which must hold one line and nothing else"
        }
    }
}
