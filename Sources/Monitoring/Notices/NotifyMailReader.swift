internal import YAML

/// Reads a mail receiver.
struct NotifyMailReader {
    private let mapping: YAMLMapping

    init(_ mapping: YAMLMapping) {
        self.mapping = mapping
    }

    /// The receiver; `nil`, with faults recorded, when something it needs is missing or wrong.
    func mail() -> NoticeReceiver.Mail? {
        let encryption: NoticeReceiver.Encryption = mapping.optional("tls", as: .choice) ?? .starttls
        let server = mapping.required("server", as: .mailServer)
        let from = mapping.required("from", as: .mailAddress)
        let recipients = mapping.items("to")
        let to = recipients.compactMap { $0.value(as: .mailAddress) }
        if recipients.isEmpty { mapping.refuse("`email` needs `to`, a list of addresses") }
        if recipients.count > 50 { mapping.refuse("a mail goes to at most 50 addresses") }
        let user = mapping.optional("user", as: .mailUser)
        let password = mapping.optional("password", as: .secret)
        let authority = mapping.optional("ca", as: .name)
        let timeout = mapping.optional("timeout", as: .patience)
        if (user == nil) != (password == nil) { mapping.refuse("`user` and `password` belong together") }
        if user != nil, encryption == .none {
            mapping.reader("tls")?.refuse("with `tls: none` the password would go over the network for all to read")
        }
        if authority != nil, encryption == .none { mapping.reader("ca")?.refuse("`ca` means nothing with `tls: none`") }
        guard let server, let from, !to.isEmpty else { return nil }
        var mail = NoticeReceiver.Mail(
            host: server.host, port: server.port ?? NotifyMailReader.port(encryption), from: from, to: to)
        mail.encryption = encryption
        mail.authority = authority
        mail.user = user
        mail.password = password
        mail.timeout = timeout ?? mail.timeout
        return mail
    }

    private static func port(_ encryption: NoticeReceiver.Encryption) -> Int {
        switch encryption {
        case .starttls: 587
        case .implicit: 465
        case .none: 25
        }
    }
}

/// A mail server as the file names it.
struct MailServerName: Equatable, Sendable {
    let host: String
    let port: Int?
}

extension YAMLType<MailServerName> {
    static var mailServer: Self {
        YAMLType("a mail server such as smtp.example or smtp.example:587") { scalar in
            let parts = scalar.text.split(separator: ":", omittingEmptySubsequences: false)
            guard (1...2).contains(parts.count), let host = parts.first, (1...253).contains(host.count) else {
                return nil
            }
            let isName = host.utf8.allSatisfy {
                (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || "-._".utf8.contains($0)
            }
            guard isName else { return nil }
            guard parts.count == 2 else { return MailServerName(host: String(host), port: nil) }
            guard let port = Int(parts[1]), (1...65_535).contains(port) else { return nil }
            return MailServerName(host: String(host), port: port)
        }
    }
}

extension YAMLType<String> {
    /// `name@domain` in ASCII, without quotes and comments.
    static var mailAddress: Self {
        YAMLType("an address such as ops@example.org") { scalar in
            let parts = scalar.text.split(separator: "@", omittingEmptySubsequences: false)
            let allowed = Array("!#$%&'*+-/=?^_`{|}~.".utf8)
            let isPlain = scalar.text.utf8.allSatisfy {
                (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 64
                    || allowed.contains($0)
            }
            guard isPlain, parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), scalar.text.count <= 254 else {
                return nil
            }
            return scalar.text
        }
    }

    static var mailUser: Self {
        YAMLType("a user's name") { scalar in
            let isPlain = scalar.text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
            return isPlain && (1...254).contains(scalar.text.count) ? scalar.text : nil
        }
    }
}
