/// How many colours a terminal can show.
public enum ColourDepth: Int, Sendable, Comparable, CaseIterable {
    /// None: shape, word, bold, underline and reverse must do.
    case none = 0
    /// The eight of ANSI.
    case eight = 8
    /// The eight and their bright forms.
    case sixteen = 16
    /// xterm's cube and grey ramp.
    case twoFiftySix = 256
    /// Every colour of 24 bits.
    case direct = 16_777_216

    /// Orders from few to many.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

    /// The most that a terminal with this many colours can show.
    public init(colours: Int) {
        self = ColourDepth.allCases.last { $0.rawValue <= colours } ?? .none
    }

    /// The number of the colour that looks most like a colour; `nil` when there are none.
    ///
    /// The first sixteen are whatever the person's terminal makes of them; with 256 only the fixed ones are used, unless
    /// the colour is one of the sixteen itself. In 24 bits the numbers from 16 on are the colours themselves, so the
    /// fifteen darkest blues come out as the sixteenth.
    public func index(of colour: Colour) -> Int? {
        if let own = colour.palette { return self == .none ? nil : Int(self == .eight ? own % 8 : own) }
        return switch self {
        case .none: nil
        case .direct: max(16, Int(colour.red) << 16 | Int(colour.green) << 8 | Int(colour.blue))
        case .eight: ColourDepth.ansi(colour, isBrightAllowed: false)
        case .sixteen: ColourDepth.ansi(colour, isBrightAllowed: true)
        case .twoFiftySix: ColourDepth.extended(colour)
        }
    }

    /// The number of the palette colour for what lies behind text: with few colours a dark ground is blue, because black
    /// would not be seen and grey would be too bright.
    public func index(ofGround colour: Colour) -> Int? {
        guard self == .eight || self == .sixteen, colour.palette == nil, colour.chroma < 96,
            (24..<96).contains(colour.brightness)
        else { return index(of: colour) }
        return 4
    }

    /// By hue rather than by distance: a soft red must become red, not grey.
    private static func ansi(_ colour: Colour, isBrightAllowed: Bool) -> Int {
        let brightness = colour.brightness
        guard colour.chroma >= 48 else { return grey(brightness, isBrightAllowed) }
        let limit = Int(max(colour.red, colour.green, colour.blue)) - colour.chroma * 3 / 5
        let hue =
            (Int(colour.red) > limit ? 1 : 0) | (Int(colour.green) > limit ? 2 : 0) | (Int(colour.blue) > limit ? 4 : 0)
        return isBrightAllowed && brightness > 150 ? hue + 8 : hue
    }

    private static func grey(_ brightness: Int, _ isBrightAllowed: Bool) -> Int {
        if brightness < 48 { return 0 }
        guard isBrightAllowed else { return 7 }
        return brightness < 144 ? 8 : brightness < 225 ? 7 : 15
    }

    private static func extended(_ colour: Colour) -> Int {
        let cube = [colour.red, colour.green, colour.blue].map { part in
            levels.indices.min { abs(levels[$0] - Int(part)) < abs(levels[$1] - Int(part)) } ?? 0
        }
        let cubeIndex = 16 + 36 * cube[0] + 6 * cube[1] + cube[2]
        let greyStep = min(23, max(0, (colour.brightness - 3) / 10))
        let greyIndex = 232 + greyStep
        let byGrey = colour.distance(to: palette(greyIndex))
        return byGrey < colour.distance(to: palette(cubeIndex)) ? greyIndex : cubeIndex
    }

    /// The colour that xterm gives to a number from 16 to 255.
    static func palette(_ index: Int) -> Colour {
        guard index < 232 else {
            let grey = UInt8(8 + 10 * (index - 232))
            return Colour(red: grey, green: grey, blue: grey)
        }
        let place = index - 16
        return Colour(
            red: UInt8(levels[place / 36]), green: UInt8(levels[place / 6 % 6]), blue: UInt8(levels[place % 6]))
    }

    private static let levels = [0, 95, 135, 175, 215, 255]
}
