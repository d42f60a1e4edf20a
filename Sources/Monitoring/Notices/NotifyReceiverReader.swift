internal import Vocabulary
internal import YAML

/// Reads one receiver: its name, what concerns every kind, and exactly one kind.
struct NotifyReceiverReader {
    private static let kinds = NoticeReceiver.Format.allCases.map(\.rawValue) + ["email", "command", "console"]

    private let mapping: YAMLMapping
    /// Its name, as far as it can be read.
    let name: String?

    init(_ mapping: YAMLMapping) {
        self.mapping = mapping
        name = mapping.required("name", as: .noticeName)
    }

    /// The receiver; `nil`, with faults recorded, when something it needs is missing or wrong.
    func receiver() -> NoticeReceiver? {
        let isToldOfTheEnd = mapping.optional("send_resolved", as: .bool) ?? true
        let attempts = mapping.optional("attempts", as: .int(in: 1...100)) ?? 20
        let written = NotifyReceiverReader.kinds.filter { mapping.reader($0) != nil }
        guard written.count == 1 else {
            let found = written.isEmpty ? "none" : written.joined(separator: " and ")
            mapping.refuse("a receiver has one of \(NotifyReceiverReader.kinds.joined(separator: ", ")), not \(found)")
            return nil
        }
        let channel = channel(written[0])
        guard let name, let channel else { return nil }
        var receiver = NoticeReceiver(name: name, channel: channel)
        receiver.isToldOfTheEnd = isToldOfTheEnd
        receiver.attempts = attempts
        return receiver
    }

    private func channel(_ kind: String) -> NoticeReceiver.Channel? {
        if kind == "console" {
            if mapping.optional("console", as: .bool) == false {
                mapping.reader("console")?.refuse("write `console: true`, or leave the receiver out")
            }
            return .console
        }
        guard let inner = mapping.mapping(kind) else {
            if mapping.reader(kind)?.node.isNull == true { mapping.reader(kind)?.refuse("`\(kind)` is empty") }
            return nil
        }
        switch kind {
        case "email": return NotifyMailReader(inner).mail().map { .mail($0) }
        case "command": return program(inner).map { .program($0) }
        default: return NoticeReceiver.Format(rawValue: kind).flatMap { http($0, inner) }.map { .http($0) }
        }
    }

    private func http(_ format: NoticeReceiver.Format, _ inner: YAMLMapping) -> NoticeReceiver.Endpoint? {
        let url = inner.required("url", as: .reference)
        let bearer = inner.optional("bearer", as: .secret)
        let timeout = inner.optional("timeout", as: .patience)
        let headers = headers(inner)
        if bearer != nil, headers.contains(where: { $0.name.lowercased() == "authorization" }) {
            inner.reader("bearer")?.refuse("`bearer` is the header Authorization, which is given too")
        }
        guard let url else { return nil }
        if case .text(let text) = url, let fault = NotifyReceiverReader.fault(ofURL: text) {
            inner.reader("url")?.refuse(fault)
            return nil
        }
        var endpoint = NoticeReceiver.Endpoint(format, url: url)
        endpoint.bearer = bearer
        endpoint.headers = headers
        endpoint.timeout = timeout ?? endpoint.timeout
        return endpoint
    }

    /// What is wrong with an address; also asked of those that come from elsewhere.
    static func fault(ofURL text: String) -> String? {
        let lower = text.lowercased()
        guard lower.hasPrefix("http://") || lower.hasPrefix("https://"),
            !NoticeReceiver.origin(of: text).hasSuffix("//")
        else { return "an address begins with http:// or https:// and a server's name" }
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            return "the address holds blanks or characters that must be written with %"
        }
        let authority = lower.drop { $0 != "/" }.dropFirst(2).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        return authority.contains("@") ? "the address holds a password; put it into a header with env: or file:" : nil
    }

    private func headers(_ inner: YAMLMapping) -> [NoticeReceiver.Header] {
        guard let mapping = inner.mapping("headers") else { return [] }
        return mapping.entries().compactMap { name, reader in
            let isToken = name.utf8.allSatisfy {
                (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || "-_".utf8.contains($0)
            }
            if !isToken || name.isEmpty { reader.refuse("\"\(name)\" is no name for a header") }
            let ours = ["content-type", "content-length", "host", "idempotency-key", "user-agent"]
            if ours.contains(name.lowercased()) { reader.refuse("the header \(name) is set by Watchdesk") }
            guard let value = reader.value(as: .reference) else { return nil }
            if case .text(let text) = value, text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) {
                reader.refuse("the value of the header \(name) holds control characters")
            }
            if case .text = value, name.lowercased() == "authorization" {
                reader.refuse("a secret is kept elsewhere: env:NAME or file:/path")
            }
            return NoticeReceiver.Header(name: name, value: value)
        }
    }

    private func program(_ inner: YAMLMapping) -> NoticeReceiver.Program? {
        let items = inner.items("run")
        let arguments = items.compactMap { $0.value(as: .argument) }
        let timeout = inner.optional("timeout", as: .patience)
        guard let path = arguments.first else {
            inner.refuse("`command` needs `run`: the program's whole path and its arguments, as a list")
            return nil
        }
        if !path.hasPrefix("/") {
            items[0].refuse("the program is named with its whole path, such as /usr/local/bin/page")
        }
        if arguments.count > 100 { inner.refuse("a program gets at most 100 arguments") }
        for (item, argument) in zip(items, arguments) {
            for name in NotifyReceiverReader.names(in: argument) where !NoticeReceiver.argumentNames.contains(name) {
                let hint = NoticeReceiver.argumentNames.nearest(to: name).map { "did you mean {\($0)}?" }
                item.refuse(
                    "there is no {\(name)}, "
                        + (hint ?? "there are: \(NoticeReceiver.argumentNames.joined(separator: ", "))"))
            }
        }
        var program = NoticeReceiver.Program(arguments: arguments)
        program.timeout = timeout ?? program.timeout
        return program
    }

    /// The names in braces.
    static func names(in argument: String) -> [String] {
        argument.matches(of: #/\{([^{}]*)\}/#).map { String($0.1) }
    }
}

extension YAMLType<NoticeReceiver.Reference> {
    /// A text, or the place of a secret one.
    static var reference: Self {
        YAMLType("text, or env:NAME or file:/path for a secret") { scalar in
            if let secret = secret.read(scalar) { return secret }
            let isBroken = scalar.text.hasPrefix("env:") || scalar.text.hasPrefix("file:")
            return scalar.isNull || scalar.text.isEmpty || isBroken ? nil : .text(scalar.text)
        }
    }

    /// The place of a secret; never the secret itself.
    static var secret: Self {
        YAMLType("the place of a secret, env:NAME or file:/path, not the secret itself") { scalar in
            let places = ["env:", "file:"].filter { scalar.text.hasPrefix($0) && scalar.text.count > $0.count }
            return places.isEmpty ? nil : .secret(scalar.text)
        }
    }
}

extension YAMLType<String> {
    static var argument: Self {
        YAMLType("an argument of up to 4000 characters") { scalar in
            scalar.text.unicodeScalars.contains("\0") || scalar.text.count > 4000 ? nil : scalar.text
        }
    }
}

extension YAMLType<Duration> {
    static var patience: Self { duration(in: .seconds(1) ... .seconds(120)) }
}
