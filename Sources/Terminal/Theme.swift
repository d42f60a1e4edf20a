/// The colours of each role.
public struct Theme: Hashable, Sendable {
    /// How a role looks.
    public struct Style: Hashable, Sendable {
        /// The colour of glyphs; `nil` is the terminal's own.
        public var foreground: Colour?
        /// The colour behind them; `nil` is the screen's.
        public var background: Colour?
        /// How they are set off besides.
        public var attributes: Attributes

        /// A look; everything is optional.
        public init(foreground: Colour? = nil, background: Colour? = nil, attributes: Attributes = []) {
            self.foreground = foreground
            self.background = background
            self.attributes = attributes
        }
    }

    /// What a person calls it.
    public let name: String
    private let styles: [Style]

    /// A theme of these styles; roles that are left out look as in the built-in theme.
    public init(name: String, styles: [Role: Style]) {
        self.name = name
        self.styles = Role.allCases.map { styles[$0] ?? Theme.darkStyles[$0] ?? Style() }
    }

    /// The look of a role.
    public subscript(role: Role) -> Style { styles[Int(role.rawValue)] }

    /// What a terminal of this depth shows for a cell's role, background, attributes and place in the gradient.
    public func look(of cell: Cell, depth: ColourDepth) -> Look {
        let style = self[cell.role]
        let behind = cell.background == .text ? style.background : self[cell.background].background
        let isSetOff = behind != nil
        let background = behind ?? self[.text].background
        var attributes = style.attributes.union(cell.attributes)
        // A theme without colours sets a ground off by reversing or underlining it.
        if cell.background != .text { attributes.formUnion(self[cell.background].attributes) }
        if depth == .none {
            if isSetOff { attributes.formUnion(.reverse) }
            return Look(foreground: nil, background: nil, attributes: attributes)
        }
        // With few colours the steps between the three named ones would come out as greys.
        let isGradient = cell.shade > 0 && depth >= .twoFiftySix
        let foreground = isGradient ? gradient(cell.shade) ?? style.foreground : style.foreground
        var ink = foreground.flatMap(depth.index(of:))
        let paper = background.flatMap(depth.index(ofGround:))
        // With few colours, two that differ in the theme can become one: then the glyph takes the contrary.
        if let paper, ink == paper { ink = paper == 0 || paper == 8 ? 7 : 0 }
        if depth == .eight, let foreground, foreground.brightness > 215 { attributes.formUnion(.bold) }
        return Look(foreground: ink, background: paper, attributes: attributes)
    }

    /// The colour at a place of the chart gradient, 1 at the foot to 255 at the top; `nil` when the terminal decides.
    func gradient(_ shade: UInt8) -> Colour? {
        guard let low = self[.chartLow].foreground, let middle = self[.chartMid].foreground,
            let high = self[.chartHigh].foreground, [low, middle, high].allSatisfy({ $0.palette == nil })
        else { return nil }
        let place = Double(shade - 1) / 254
        return place < 0.5 ? low.mixed(with: middle, place * 2) : middle.mixed(with: high, place * 2 - 1)
    }
}

/// What a terminal shows for a cell: colours by number, `nil` for the terminal's own.
public struct Look: Hashable, Sendable {
    /// The number of the glyph's colour; in 24 bits the colour itself from 16 on.
    public let foreground: Int?
    /// The number of the colour behind it.
    public let background: Int?
    /// How it is set off besides.
    public let attributes: Attributes
}
