/// Turns how much of a question a passage covers into a degree of belief that the passage answers it.
enum Confidence {
    /// Below this the assistant says that it does not know.
    static let threshold = 0.5
    /// At most this, when a question's only word stands somewhere in the text of a passage: it may be asked back.
    static let ofChance = 0.4

    /// An S-shaped curve over the covered share of the question's meaning, 0.5 at the share where as many answers are
    /// wrong as right.
    ///
    /// - Parameters:
    ///   - covered: the summed rarity of the question's words that the passage holds.
    ///   - whole: the summed rarity of all the question's words, unknown ones counted as the rarest.
    static func of(covered: Double, whole: Double) -> Double {
        guard whole > 0 else { return 0 }
        let distance = steepness * (min(1, covered / whole) - middle)
        return 0.5 + 0.5 * distance / (1 + distance * distance).squareRoot()
    }

    private static let middle = 0.5
    private static let steepness = 4.0
}
