internal import YAML

/// The configuration file as texts by the names of the settings, each checked, with the line where it stands.
struct SettingsFile {
    struct Entry {
        let text: String
        let line: Int
    }

    let path: String
    private(set) var entries: [String: Entry] = [:]
    private(set) var services: [ServiceSetting] = []
    private(set) var scrapes: [ScrapeSetting] = []
    private(set) var endpoints: [EndpointSetting] = []
    private(set) var budgets: [BudgetSetting] = []
    private(set) var isWorldReadable = false

    /// Reads the file at `path`.
    ///
    /// - Parameter isNamed: Whether a person named the file; then it must be there.
    init(_ path: String, isNamed: Bool, context: SettingContext, files: FileSource) throws(SettingsFailure) {
        self.path = path
        let content: FileSource.Content
        do throws(FileFailure) {
            content = try files.read(path)
        } catch .missing where !isNamed {
            return
        } catch {
            throw SettingsFailure(["\(path): \(error)"])
        }
        isWorldReadable = content.isWorldReadable
        do throws(YAMLFailure) {
            let content = try SettingsFile.content(
                of: content.bytes, path: path, context: context.besides(file: path))
            (entries, services, scrapes) = (content.entries, content.services, content.scrapes)
            (endpoints, budgets) = (content.endpoints, content.budgets)
        } catch {
            throw SettingsFailure(error.description.split(separator: "\n").map(String.init))
        }
    }

    /// What stands in the file.
    private struct Content {
        var entries: [String: Entry]
        var services: [ServiceSetting]
        var scrapes: [ScrapeSetting]
        var endpoints: [EndpointSetting]
        var budgets: [BudgetSetting]
    }

    private static func content(
        of bytes: [UInt8], path: String, context: SettingContext
    ) throws(YAMLFailure) -> Content {
        try YAMLDocument.read(bytes, file: path) { root in
            var entries: [String: Entry] = [:]
            var sections: [String: YAMLMapping?] = [:]
            for setting in DeskSettings.all where setting.isInFile {
                guard let reader = reader(of: setting.name, in: root, &sections), !reader.node.isNull else { continue }
                guard let text = text(of: setting, from: reader, context) else { continue }
                entries[setting.name] = Entry(text: text, line: reader.node.position.line)
            }
            return Content(
                entries: entries, services: ServiceSetting.read(root), scrapes: ScrapeSetting.read(root),
                endpoints: EndpointSetting.read(root), budgets: BudgetSetting.read(root))
        }
    }

    /// The value as flags and variables would give it; `nil` with a fault recorded.
    private static func text(
        of setting: any SettingDeclaration, from reader: YAMLReader, _ context: SettingContext
    ) -> String? {
        guard setting.isMapping, case .mapping = reader.node.content else {
            return reader.value(
                as: YAMLType(setting.accepts) { setting.isAccepted($0.text, in: context) ? $0.text : nil })
        }
        let pairs = reader.mapping()?.entries().compactMap { key, value in
            value.value(
                as: YAMLType(setting.accepts) { scalar in
                    let pair = "\(key)=\(scalar.text)"
                    return setting.isAccepted(pair, in: context) ? pair : nil
                })
        }
        return pairs?.joined(separator: ",")
    }

    /// The value under a path such as `assistant.url`; each section is opened once, so that it knows all its names.
    private static func reader(
        of name: String, in root: YAMLMapping, _ sections: inout [String: YAMLMapping?]
    ) -> YAMLReader? {
        guard let dot = name.firstIndex(of: ".") else { return root.reader(name) }
        let section = String(name[..<dot])
        let mapping = sections[section] ?? root.mapping(section)
        sections.updateValue(mapping, forKey: section)
        return mapping?.reader(String(name[name.index(after: dot)...]))
    }
}
