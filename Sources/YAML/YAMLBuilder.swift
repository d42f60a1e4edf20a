/// The fault that ends the reading of a text at once, because what follows it cannot be trusted.
struct YAMLStop: Error {
    let fault: YAMLFault
}

/// Builds the tree of one document from libyaml's events.
struct YAMLBuilder {
    /// A fault for each name that stands twice in its mapping; the tree keeps the first.
    private(set) var repeatedKeys: [YAMLFault] = []

    private let bytes: [UInt8]
    private let events: YAMLEvents?

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        events = YAMLEvents(bytes)
    }

    /// The root of the only document.
    mutating func document() throws(YAMLStop) -> YAMLNode {
        let first = try next()
        guard case .document = first.kind else {
            return YAMLNode(.scalar(YAMLScalar("", isPlain: true)), at: first.position)
        }
        let root = try node(from: try next(), depth: 1)
        let last = try next()
        guard case .end = last.kind else { throw stop(last, "a second document begins here; only one is read") }
        return root
    }

    private mutating func node(from event: YAMLEvents.Event, depth: Int) throws(YAMLStop) -> YAMLNode {
        guard !event.isAnchored else {
            throw stop(event, "anchors (&name) are not read; write the value where it is used")
        }
        guard !event.isTagged else { throw stop(event, "tags (!name) are not read; write the plain value") }
        switch event.kind {
        case .scalar(let scalar): return YAMLNode(.scalar(scalar), at: event.position)
        case .sequence: return YAMLNode(.sequence(try items(of: event, depth: depth)), at: event.position)
        case .mapping: return YAMLNode(.mapping(try members(of: event, depth: depth)), at: event.position)
        case .alias(let name):
            throw stop(event, "aliases (*\(name)) are not read; write the value out, or put it in quotes if it is text")
        case .end, .document, .close, .fault, .unreadable: throw stop(event, "a value is missing here")
        }
    }

    private mutating func items(of list: YAMLEvents.Event, depth: Int) throws(YAMLStop) -> [YAMLNode] {
        try checkDepth(depth, of: list)
        var items: [YAMLNode] = []
        while true {
            let event = try next()
            if case .close = event.kind { return items }
            items.append(try node(from: event, depth: depth + 1))
        }
    }

    private mutating func members(of mapping: YAMLEvents.Event, depth: Int) throws(YAMLStop) -> [YAMLMember] {
        try checkDepth(depth, of: mapping)
        var members: [YAMLMember] = []
        var lines: [String: Int] = [:]
        while true {
            let event = try next()
            if case .close = event.kind { return members }
            let key = try key(event)
            let value = try node(from: try next(), depth: depth + 1)
            if let line = lines[key] {
                let message = "`\(key)` stands twice here: the first is in line \(line)"
                repeatedKeys.append(YAMLFault(at: event.position, message))
            } else {
                lines[key] = event.position.line
                members.append(YAMLMember(key, at: event.position, value: value))
            }
        }
    }

    private func checkDepth(_ depth: Int, of event: YAMLEvents.Event) throws(YAMLStop) {
        guard depth <= YAMLDocument.depthLimit else {
            throw stop(event, "lists and mappings may nest at most \(YAMLDocument.depthLimit) deep")
        }
    }

    private func key(_ event: YAMLEvents.Event) throws(YAMLStop) -> String {
        guard case .scalar(let scalar) = event.kind, !event.isAnchored, !event.isTagged else {
            throw stop(event, "a name must be plain text")
        }
        return scalar.text
    }

    /// The next event that is no fault.
    private func next() throws(YAMLStop) -> YAMLEvents.Event {
        guard let event = events?.next() else {
            throw YAMLStop(fault: YAMLFault(at: YAMLPosition(line: 1, column: 1), "memory is short"))
        }
        switch event.kind {
        case .fault(let problem): throw stop(event, YAMLBuilder.plainWords(for: problem))
        case .unreadable(let problem, let offset):
            throw YAMLStop(fault: YAMLFault(at: position(ofByte: offset), YAMLBuilder.plainWords(for: problem)))
        default: return event
        }
    }

    private func stop(_ event: YAMLEvents.Event, _ message: String) -> YAMLStop {
        YAMLStop(fault: YAMLFault(at: event.position, message))
    }

    /// The line and column of a byte; columns count bytes, since what stands there may be no character.
    private func position(ofByte offset: Int) -> YAMLPosition {
        let before = bytes.prefix(offset)
        let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        return YAMLPosition(line: before.count { $0 == 0x0A } + 1, column: before.count - lineStart + 1)
    }

    /// libyaml's commonest complaints in words that say what to do; the others as they are.
    private static func plainWords(for problem: String) -> String {
        let known = [
            (
                "found character that cannot start any token",
                "this character cannot begin a value; use spaces, not tabs, and put text that begins with it in quotes"
            ),
            ("found a tab character", "a tab cannot indent; use spaces"),
            (
                "mapping values are not allowed in this context",
                "a second `: ` in this line; put the text in quotes, or begin a new line"
            ),
            ("could not find expected ':'", "a `:` is missing behind the name"),
            ("control characters are not allowed", "control characters are not allowed"),
            ("UTF-8", "these bytes are not UTF-8"),
        ]
        return known.first { problem.contains($0.0) }?.1 ?? problem
    }
}
