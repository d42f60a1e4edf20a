/// A colour in 24 bits, or one of the sixteen that each terminal shows in its own way.
public struct Colour: Hashable, Sendable {
    /// Red, 0 to 255.
    public let red: UInt8
    /// Green, 0 to 255.
    public let green: UInt8
    /// Blue, 0 to 255.
    public let blue: UInt8
    /// The number in the terminal's own palette, 0 to 15; the parts are then those of xterm and only a guess.
    public let palette: UInt8?

    /// A colour by its parts.
    public init(red: UInt8, green: UInt8, blue: UInt8) {
        self.red = red
        self.green = green
        self.blue = blue
        palette = nil
    }

    /// A colour from six hexadecimal digits, such as `#5fb3f5` or `5fb3f5`; anything else is `nil`.
    public init?(hex text: some StringProtocol) {
        let digits = text.hasPrefix("#") ? text.dropFirst() : text[...]
        guard digits.utf8.count == 6, digits.allSatisfy(\.isHexDigit), let value = UInt32(digits, radix: 16) else {
            return nil
        }
        self.init(value)
    }

    /// A colour from the number that its six hexadecimal digits make.
    init(_ value: UInt32) {
        red = UInt8(value >> 16 & 0xFF)
        green = UInt8(value >> 8 & 0xFF)
        blue = UInt8(value & 0xFF)
        palette = nil
    }

    /// The colour between this one and another, 0 this one to 1 the other.
    public func mixed(with other: Colour, _ share: Double) -> Colour {
        func mix(_ left: UInt8, _ right: UInt8) -> UInt8 {
            UInt8((Double(left) + (Double(right) - Double(left)) * min(max(share, 0), 1)).rounded())
        }
        return Colour(red: mix(red, other.red), green: mix(green, other.green), blue: mix(blue, other.blue))
    }

    /// How different two colours look: squared distance, weighted as the eye does (www.compuphase.com/cmetric.htm).
    public func distance(to other: Colour) -> Int {
        let mean = (Int(red) + Int(other.red)) / 2
        let r = Int(red) - Int(other.red)
        let g = Int(green) - Int(other.green)
        let b = Int(blue) - Int(other.blue)
        return (((512 + mean) * r * r) >> 8) + 4 * g * g + (((767 - mean) * b * b) >> 8)
    }

    /// How bright it looks, 0 to 255 (ITU-R BT.601).
    var brightness: Int { (299 * Int(red) + 587 * Int(green) + 114 * Int(blue)) / 1000 }

    /// How far it is from grey, 0 to 255.
    var chroma: Int { Int(max(red, green, blue)) - Int(min(red, green, blue)) }
}
