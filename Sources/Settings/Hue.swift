internal import Terminal

/// The hues that have a meaning, such as red for what a person must act on.
enum Hue: CaseIterable {
    case blue
    case orange
    case green
    case magenta
    case yellow
    case red

    /// Where it lies on the circle of hues, in degrees, and how far from there it is still itself.
    private var place: (degrees: Double, reach: Double) {
        switch self {
        case .red: (0, 16)
        case .orange: (28, 14)
        case .yellow: (48, 14)
        case .green: (115, 40)
        case .blue: (215, 35)
        case .magenta: (300, 35)
        }
    }

    /// The colour that stands in for it.
    var own: Colour {
        switch self {
        case .red: Colour(red: 0xFF, green: 0x6B, blue: 0x63)
        case .orange: Colour(red: 0xE8, green: 0xA9, blue: 0x5A)
        case .yellow: Colour(red: 0xE8, green: 0xC3, blue: 0x5A)
        case .green: Colour(red: 0x7F, green: 0xC9, blue: 0x8B)
        case .blue: Colour(red: 0x5F, green: 0xAF, blue: 0xEF)
        case .magenta: Colour(red: 0xCF, green: 0x92, blue: 0xE2)
        }
    }

    /// How far a colour is from the hue in degrees; `nil` when it is another hue, a grey, or too dark to tell.
    func distance(to colour: Colour) -> Double? {
        let parts = [colour.red, colour.green, colour.blue].map(Double.init)
        guard let high = parts.max(), let low = parts.min(), high >= 96, high - low >= 0.3 * high else { return nil }
        let range = high - low
        let sector: Double =
            if high == parts[0] {
                (parts[1] - parts[2]) / range
            } else if high == parts[1] {
                (parts[2] - parts[0]) / range + 2
            } else {
                (parts[0] - parts[1]) / range + 4
            }
        let degrees = (sector * 60 + 360).truncatingRemainder(dividingBy: 360)
        let apart = abs(degrees - place.degrees)
        let distance = min(apart, 360 - apart)
        return distance <= place.reach ? distance : nil
    }
}
