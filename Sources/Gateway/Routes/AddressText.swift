internal import DeskAPI

/// Reads the parts of a request's address strictly (RFC 3986): valid escapes, valid UTF-8, no field twice.
enum AddressText {
    /// One field of a query.
    struct Item: Equatable {
        var name: String
        var value: String
    }

    /// The path and the query of an address in origin form or absolute form.
    ///
    /// - Throws: a problem when the address has characters that no address may have, or another form.
    static func parts(of target: String) throws(EdgeProblem) -> (path: Substring, query: Substring?) {
        guard target.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "#") }) else {
            throw EdgeProblem(.malformed, "the address may only have printable ASCII; escape the rest as %XX")
        }
        var rest = target[...]
        if !rest.hasPrefix("/") {
            guard let authority = afterScheme(rest) else {
                throw EdgeProblem(.malformed, "the address must begin with /")
            }
            rest = authority.firstIndex { $0 == "/" || $0 == "?" }.map { authority[$0...] } ?? "/"
        }
        guard let mark = rest.firstIndex(of: "?") else { return (rest, nil) }
        return (rest[..<mark], rest[rest.index(after: mark)...])
    }

    private static func afterScheme(_ target: Substring) -> Substring? {
        for scheme in ["http://", "https://"] where target.lowercased().hasPrefix(scheme) {
            return target.dropFirst(scheme.count)
        }
        return nil
    }

    /// The fields of a query in order.
    ///
    /// - Throws: a problem for a broken escape, a field that stands there twice, or more than 64 fields.
    static func items(of query: Substring) throws(EdgeProblem) -> [Item] {
        var items: [Item] = []
        for part in query.split(separator: "&", omittingEmptySubsequences: true) {
            let divider = part.firstIndex(of: "=") ?? part.endIndex
            let name = try decoded(part[..<divider], plusIsSpace: true)
            let value = try decoded(part[divider...].dropFirst(), plusIsSpace: true)
            guard !items.contains(where: { $0.name == name }) else {
                throw EdgeProblem(
                    Problem(FieldFault("stands twice in the query; give it once").at(name)))
            }
            items.append(Item(name: name, value: value))
            guard items.count <= 64 else { throw EdgeProblem(.malformed, "the query may have at most 64 fields") }
        }
        return items
    }

    /// Text with its `%XX` resolved.
    ///
    /// - Throws: a problem for a broken escape, or when the bytes are not UTF-8.
    static func decoded(_ text: Substring, plusIsSpace: Bool = false) throws(EdgeProblem) -> String {
        guard text.utf8.contains(where: { $0 == UInt8(ascii: "%") || (plusIsSpace && $0 == UInt8(ascii: "+")) }) else {
            return String(text)
        }
        var bytes: [UInt8] = []
        var rest = text.utf8.makeIterator()
        while let byte = rest.next() {
            switch byte {
            case UInt8(ascii: "%"):
                guard let high = rest.next().flatMap(hexDigit), let low = rest.next().flatMap(hexDigit) else {
                    throw EdgeProblem(.malformed, "a % in the address must be followed by two hexadecimal digits")
                }
                bytes.append(high << 4 | low)
            case UInt8(ascii: "+") where plusIsSpace: bytes.append(0x20)
            default: bytes.append(byte)
            }
        }
        guard let decoded = String(validating: bytes, as: UTF8.self) else {
            throw EdgeProblem(.malformed, "the address is not UTF-8 behind its %XX")
        }
        return decoded
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 48...57: byte - 48
        case 65...70: byte - 55
        case 97...102: byte - 87
        default: nil
        }
    }
}

extension FieldFault {
    /// The same fault, said of a named field.
    func at(_ name: String) -> FieldFault {
        var named = self
        named.items = items.map { item in
            var item = item
            item.path = item.path.isEmpty ? name : "\(name)/\(item.path)"
            return item
        }
        return named
    }
}
