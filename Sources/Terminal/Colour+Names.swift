extension Colour {
    /// One of the 256 colours of xterm's palette by its number.
    ///
    /// The first sixteen stay the terminal's own, which people choose for themselves; the others look alike everywhere.
    public init(palette number: UInt8) {
        let known = number < 16 ? Colour.xterm[Int(number)] : ColourDepth.palette(Int(number))
        self.init(red: known.red, green: known.green, blue: known.blue, palette: number < 16 ? number : nil)
    }

    /// A colour as people write it: `#5fb3f5`, a number of the palette from `0` to `255`, or a name such as `red`,
    /// `brightblue` or `grey`; anything else is `nil`.
    public init?(text: some StringProtocol) {
        if text.hasPrefix("#") {
            self.init(hex: text)
        } else if let number = UInt8(text), text.allSatisfy(\.isNumber) {
            self.init(palette: number)
        } else if let place = Colour.names.firstIndex(of: String(text)) {
            self.init(palette: UInt8(place))
        } else if text == "grey" || text == "gray" {
            self.init(palette: 8)
        } else {
            return nil
        }
    }

    private init(red: UInt8, green: UInt8, blue: UInt8, palette: UInt8?) {
        self.red = red
        self.green = green
        self.blue = blue
        self.palette = palette
    }

    /// The names of the sixteen, in the order of their numbers.
    public static let names: [String] = {
        let plain = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"]
        return plain + plain.map { "bright\($0)" }
    }()

    /// What xterm shows for the sixteen (charproc.c, its resources color0 to color15).
    private static let xterm: [Colour] = [
        Colour(0x000000), Colour(0xCD0000), Colour(0x00CD00), Colour(0xCDCD00), Colour(0x0000EE), Colour(0xCD00CD),
        Colour(0x00CDCD), Colour(0xE5E5E5), Colour(0x7F7F7F), Colour(0xFF0000), Colour(0x00FF00), Colour(0xFFFF00),
        Colour(0x5C5CFF), Colour(0xFF00FF), Colour(0x00FFFF), Colour(0xFFFFFF),
    ]
}
