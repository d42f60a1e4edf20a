extension Colour {
    /// How much light it sends, 0 black to 1 white (WCAG 2.2, relative luminance).
    public var luminance: Double {
        0.2126 * Colour.light[Int(red)] + 0.7152 * Colour.light[Int(green)] + 0.0722 * Colour.light[Int(blue)]
    }

    /// How well one can be read on the other, 1 not at all to 21 black on white (WCAG 2.2, contrast ratio).
    public func contrast(with other: Colour) -> Double {
        let (left, right) = (luminance, other.luminance)
        return (max(left, right) + 0.05) / (min(left, right) + 0.05)
    }

    /// The colour that a terminal of 256 shows for it.
    public var reduced: Colour {
        guard palette == nil else { return self }
        return ColourDepth.twoFiftySix.index(of: self).map(ColourDepth.palette) ?? self
    }

    /// This colour, or as little lighter or darker as it takes to be read on all of these grounds.
    ///
    /// Both in full colour and as a terminal of 256 shows it. When even black or white is not enough, it is that.
    public func readable(on grounds: [Colour], contrast wanted: Double) -> Colour {
        let brightest = grounds.map(\.luminance).max() ?? 0
        // Black and white have the same contrast on a ground of this luminance.
        let pole = brightest < 0.179 ? Colour(0xFFFFFF) : Colour(0x000000)
        let steps = (0...32).lazy.map { self.mixed(with: pole, Double($0) / 32) }
        return steps.first { colour in
            grounds.allSatisfy { ground in
                colour.contrast(with: ground) >= wanted && colour.reduced.contrast(with: ground.reduced) >= wanted
            }
        } ?? pole
    }

    /// The share of full light that each of 256 steps of a part stands for (IEC 61966-2-1).
    private static let light: [Double] = (0...255).map { step in
        let share = Double(step) / 255
        guard share > 0.04045 else { return share / 12.92 }
        return twelveFifths((share + 0.055) / 1.055)
    }

    /// The power of 2.4 without a library: the fifth root by Newton's steps, then the twelfth power.
    private static func twelveFifths(_ value: Double) -> Double {
        var root = 1.0
        for _ in 0..<40 {
            let fourth = root * root * root * root
            root = (4 * root + value / fourth) / 5
        }
        let cube = root * root * root
        return cube * cube * cube * cube
    }
}
