/// A text that must not be seen: every way to print it shows stars.
public struct Secret: Equatable, Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The secret itself; only for the place that sends or checks it.
    public let revealed: String

    /// Keeps a text secret.
    public init(_ text: String) {
        revealed = text
    }

    /// Eight stars, whatever the length.
    public var description: String { "********" }

    /// Eight stars, whatever the length.
    public var debugDescription: String { description }

    /// Nothing but the stars, so that `dump` shows nothing either.
    public var customMirror: Mirror { Mirror(reflecting: description) }
}
