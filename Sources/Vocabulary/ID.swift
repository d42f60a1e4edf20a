/// A positive number that names one `Subject` within a desk; written as a plain integer in JSON and in addresses.
///
/// The type parameter keeps a conversation's number from being used as a customer's.
public struct ID<Subject>: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The number as stored: 1 or greater for everything that exists, 0 only for "not stored yet".
    public let number: Int64

    /// Names the subject with this number.
    public init(_ number: Int64) {
        self.number = number
    }

    /// The decimal digits of the number, without any decoration.
    public var description: String { String(number) }

    /// Orders by age: numbers are handed out in rising order.
    public static func < (left: Self, right: Self) -> Bool { left.number < right.number }
}
