/// Numbers as digits and letters: short, and selected as one word by a double click.
public enum Base62 {
    static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

    /// The number in base 62 (digits, capitals, small letters), filled with zeros to at least `width` characters.
    public static func encode(_ number: UInt64, width: Int = 1) -> String {
        var characters: [UInt8] = []
        var rest = number
        while rest > 0 || characters.count < width {
            characters.append(alphabet[Int(rest % 62)])
            rest /= 62
        }
        return String(decoding: characters.reversed(), as: UTF8.self)
    }

    /// Whether a text has only the 62 digits and letters.
    public static func isValid(_ text: some StringProtocol) -> Bool {
        text.utf8.allSatisfy { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
        }
    }
}
