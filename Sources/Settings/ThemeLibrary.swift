public import Terminal
internal import Vocabulary

/// The themes that a person can choose from: their own, the installation's, and the built-in one.
public struct ThemeLibrary: Sendable {
    /// The folders that are looked through; a theme in an earlier one hides those of the same name in later ones.
    public let folders: [String]
    private let files: FileSource

    /// A library over these folders.
    public init(folders: [String], files: FileSource = .system) {
        self.folders = folders
        self.files = files
    }

    /// The library of this machine: the person's configuration folder, then what was installed or built with `program`.
    ///
    /// - Parameters:
    ///   - context: The person's folders.
    ///   - program: The path of the running program, with links resolved; see ``RunningProgram``.
    public init(context: SettingContext, program: String, files: FileSource = .system) {
        let own = context.configHome.map { ["\($0)/watchdesk/themes"] } ?? []
        self.init(folders: own + ThemeLibrary.folders(besides: program), files: files)
    }

    /// The endings of theme files: ours, and btop's.
    private static let endings = [".yaml", ".theme"]

    /// The names of all themes in alphabetical order.
    public var names: [String] {
        let found = folders.flatMap(files.list).compactMap { file in
            ThemeLibrary.endings.first { file.hasSuffix($0) }.map { String(file.dropLast($0.count)) }
        }
        return Set(found + [Theme.dark.name]).sorted()
    }

    /// The file of a theme of this name; `nil` for the built-in one and for what is not there.
    public func file(of name: String) -> String? {
        for folder in folders {
            let names = files.list(folder)
            let ending = ThemeLibrary.endings.first { names.contains(name + $0) }
            if let ending { return "\(folder)/\(name)\(ending)" }
        }
        return nil
    }

    /// The theme of this name, or in this file when there is a `/` in it; a file that ends in `.theme` is one of btop.
    ///
    /// - Throws: ``SettingsFailure`` that names the theme that was probably meant, or each wrong role with its line.
    public func theme(_ name: String) throws(SettingsFailure) -> Theme {
        if name.contains("/") { return try ThemeFile.load(name, from: files) }
        if let file = file(of: name) { return try ThemeFile.load(file, from: files) }
        guard name != Theme.dark.name else { return .dark }
        let known = names
        let hint =
            known.nearest(to: name).map { "did you mean \($0)?" } ?? "there are: " + known.joined(separator: ", ")
        throw SettingsFailure(["theme: there is no theme \"\(name)\"; \(hint)"])
    }

    /// Where an installation keeps its themes, and where the source tree does when the program runs from its build.
    private static func folders(besides program: String) -> [String] {
        let parts = program.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        let installed = parts.dropLast().joined(separator: "/") + "/share/watchdesk/themes"
        guard let build = parts.firstIndex(where: { $0 == ".build" || $0.hasPrefix(".build-") }) else {
            return [installed]
        }
        return [parts[..<build].joined(separator: "/") + "/themes", installed]
    }
}
