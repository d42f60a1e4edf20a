internal import Console
internal import Vocabulary

/// Where the console's themes come from, and where a choice can be written down.
struct ThemeOffer: Sendable {
    /// The configuration file.
    let configuration: SafeText
    /// Reads all themes anew: a person may be writing one.
    let read: @Sendable () -> [OfferedTheme]
}
