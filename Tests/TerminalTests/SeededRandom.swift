/// A small repeatable source of randomness (SplitMix64).
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    /// Text as it comes from people and from attackers: letters of many scripts, emoji, marks, controls.
    mutating func text(_ length: Int) -> String {
        let pieces = [
            "a", "word ", " ", "é", "e\u{301}", "周", "敏", "한", "\u{1112}\u{1161}\u{11AB}", "ก็", "हिन्दी", "👍🏽", "👨‍👩‍👧", "🇩🇪",
            "1\u{FE0F}\u{20E3}", "❤\u{FE0F}", "\n", "\t", "\u{1B}[31m", "\u{202E}", "—", "…", "█", "⣿", "\u{300}",
            "\u{200D}",
        ]
        return (0..<length).map { _ in pieces.randomElement(using: &self) ?? "" }.joined()
    }
}
