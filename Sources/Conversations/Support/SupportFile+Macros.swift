internal import DeskAPI
internal import Vocabulary
internal import YAML

extension SupportFile {
    /// The most macros that are kept.
    static let macroLimit = 200

    /// Reads `macros`: a name, and under `do` what is done, one thing an entry.
    static func macros(_ root: YAMLMapping) -> [Macro] {
        let items = root.items("macros")
        if items.count > macroLimit { root.refuse("there are \(items.count) macros; at most \(macroLimit) are kept") }
        var names: Set<String> = []
        return items.compactMap { item in
            guard let mapping = item.mapping() else { return nil }
            let name = mapping.required("name", as: .replyName)
            let readers = mapping.items("do")
            let steps = readers.compactMap(step)
            guard let name else { return nil }
            if !names.insert(name).inserted { item.refuse("there is already a macro `\(name)`") }
            if readers.isEmpty { item.refuse("`do` must say at least one thing that is done") }
            if let fault = order(steps) { mapping.reader("do")?.refuse(fault) }
            return Macro(name: name, steps: steps)
        }
    }

    /// Reads `views`: a name, and what a line of the inbox must hold.
    static func views(_ root: YAMLMapping) -> [SavedView] {
        let items = root.items("views")
        if items.count > 30 { root.refuse("there are \(items.count) views; at most 30 are kept") }
        var names: Set<String> = []
        return items.compactMap { item in
            guard let mapping = item.mapping() else { return nil }
            let name = mapping.required("name", as: .replyName)
            let filter = mapping.required("filter", as: .name)
            guard let name, let filter else { return nil }
            if !names.insert(name).inserted { item.refuse("there is already a view `\(name)`") }
            if filter.count > 80 { mapping.reader("filter")?.refuse("a filter has at most 80 characters") }
            return SavedView(name: name, filter: filter)
        }
    }

    private static func step(_ item: YAMLReader) -> MacroStep? {
        if item.isScalar {
            guard let word = item.value(as: .name) else { return nil }
            switch word {
            case "resolve": return MacroStep(.resolve)
            case "snooze": return MacroStep(.snooze)
            default:
                item.refuse("\"\(word)\" needs more, such as `\(word): …`; alone stand only resolve and snooze")
                return nil
            }
        }
        guard let mapping = item.mapping() else { return nil }
        let entries = mapping.entries()
        guard entries.count == 1, let (key, value) = entries.first else {
            item.refuse("each entry of `do` says one thing, such as `tag: refund`")
            return nil
        }
        guard let deed = MacroStep.Deed(rawValue: key) else {
            let known = MacroStep.Deed.allCases.map(\.rawValue)
            let hint = known.nearest(to: key).map { "; did you mean \($0)?" } ?? ""
            value.refuse("\"\(key)\" is nothing that a macro does\(hint) There are \(known.joined(separator: ", "))")
            return nil
        }
        return read(deed, value)
    }

    private static func read(_ deed: MacroStep.Deed, _ value: YAMLReader) -> MacroStep? {
        switch deed {
        case .reply, .note:
            guard let text = value.value(as: .name) else { return nil }
            for unknown in CannedReply.variables(in: text) where !CannedReply.known.contains(unknown) {
                let known = CannedReply.known.map { "{{\($0)}}" }.joined(separator: ", ")
                value.refuse("{{\(unknown)}} is no variable; there are \(known)")
            }
            if text.unicodeScalars.count > 4000 { value.refuse("at most 4,000 characters") }
            return MacroStep(deed, text)
        case .tag, .untag:
            guard let text = value.value(as: .name) else { return nil }
            guard Conversation.tag(text) == text else {
                value.refuse("a tag has 1 to 40 lower-case letters, digits, - _ . : and /; \"\(text)\" has not")
                return nil
            }
            return MacroStep(deed, text)
        case .priority:
            return value.value(as: .choice(Conversation.Priority.allCases.map(\.rawValue))).map { MacroStep(deed, $0) }
        case .release:
            return value.value(as: .choice(["assistant", "queue"])).map { MacroStep(deed, $0) }
        case .give: return value.value(as: .name).map { MacroStep(deed, $0) }
        case .snooze:
            return value.value(as: .duration(in: .seconds(60)...(.seconds(90 * 86_400)))).map {
                MacroStep(deed, "\($0.components.seconds / 60)")
            }
        case .resolve:
            value.refuse("resolve stands alone: write `- resolve`")
            return nil
        }
    }

    /// What contradicts itself: after a conversation was given away nothing can be done with it.
    private static func order(_ steps: [MacroStep]) -> String? {
        let ends: Set<MacroStep.Deed> = [.give, .snooze, .release, .resolve]
        if let end = steps.firstIndex(where: { ends.contains($0.deed) }), end != steps.count - 1 {
            return "\(steps[end].deed.rawValue) must be the last thing that is done"
        }
        if steps.count(where: { $0.deed == .reply }) > 1 { return "a macro writes one reply at most" }
        return nil
    }
}

extension YAMLType<String> {
    /// One of several words.
    fileprivate static func choice(_ words: [String]) -> Self {
        YAMLType("one of \(words.joined(separator: ", "))") { scalar in
            words.contains(scalar.text) ? scalar.text : nil
        }
    }
}
