public import Terminal
public import Vocabulary

/// A theme that a person can choose, as it was found.
public struct OfferedTheme: Equatable, Sendable {
    /// The name under which it is chosen.
    public var name: SafeText
    /// Where it comes from, such as a folder.
    public var source: SafeText
    /// Its colours; `nil` when its file is broken.
    public var theme: Theme?
    /// What is wrong with its file.
    public var fault: SafeText

    /// A theme that can be shown.
    public init(_ name: SafeText, source: SafeText, theme: Theme) {
        self.name = name
        self.source = source
        self.theme = theme
        fault = ""
    }

    /// A theme whose file is broken.
    public init(_ name: SafeText, source: SafeText, fault: SafeText) {
        self.name = name
        self.source = source
        self.fault = fault
    }
}
