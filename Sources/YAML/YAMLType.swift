/// A type that a scalar can be read as: what is accepted, in words, and the reading itself.
///
/// Declared once as a value, so that the message to the person and the rule cannot drift apart.
public struct YAMLType<Value>: Sendable {
    /// What is accepted, to stand behind "expected": `a whole number from 1 to 100`.
    public let accepts: String
    /// The value of a scalar, or `nil` when it is not of this type.
    public let read: @Sendable (YAMLScalar) -> Value?

    /// A type by its description and its reading.
    public init(_ accepts: String, read: @escaping @Sendable (YAMLScalar) -> Value?) {
        self.accepts = accepts
        self.read = read
    }
}

extension YAMLType<String> {
    /// Any text; quotes are optional.
    public static var string: Self { YAMLType("text") { $0.isNull ? nil : $0.text } }

    /// Text that is not empty.
    public static var name: Self {
        YAMLType("text that is not empty") { $0.isNull || $0.text.allSatisfy(\.isWhitespace) ? nil : $0.text }
    }
}

extension YAMLType<Int> {
    /// A decimal whole number of 64 bits.
    public static var int: Self { YAMLType("a whole number") { $0.isPlain ? Int($0.text) : nil } }

    /// A decimal whole number within bounds.
    public static func int(in range: ClosedRange<Int>) -> Self {
        YAMLType("a whole number from \(range.lowerBound) to \(range.upperBound)") { scalar in
            int.read(scalar).flatMap { range.contains($0) ? $0 : nil }
        }
    }
}

extension YAMLType<Double> {
    /// A finite decimal number, with or without a fraction.
    public static var double: Self {
        YAMLType("a number") { scalar in
            let digits = scalar.text.allSatisfy { "0123456789+-.eE".contains($0) }
            guard scalar.isPlain, digits, let number = Double(scalar.text), number.isFinite else { return nil }
            return number
        }
    }

    /// A finite decimal number within bounds.
    public static func double(in range: ClosedRange<Double>) -> Self {
        YAMLType("a number from \(range.lowerBound) to \(range.upperBound)") { scalar in
            double.read(scalar).flatMap { range.contains($0) ? $0 : nil }
        }
    }
}

extension YAMLType<Bool> {
    /// `true` or `false` (YAML 1.2); `yes` and `on` are refused rather than guessed.
    public static var bool: Self {
        YAMLType("true or false") { scalar in
            switch scalar.text {
            case "true" where scalar.isPlain: true
            case "false" where scalar.isPlain: false
            default: nil
            }
        }
    }
}

extension YAMLType where Value: RawRepresentable & CaseIterable & Sendable, Value.RawValue == String {
    /// One of the names of an enumeration.
    public static var choice: Self {
        let cases = Array(Value.allCases)
        let names = cases.map(\.rawValue)
        let list = names.dropLast().joined(separator: ", ")
        let accepts = names.count < 2 ? names.joined() : "\(list) or \(names.last ?? "")"
        return YAMLType(accepts) { scalar in cases.first { $0.rawValue == scalar.text } }
    }
}
