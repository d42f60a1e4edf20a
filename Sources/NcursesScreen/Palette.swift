internal import CNcurses
internal import Terminal

/// Numbers for pairs of colours, given out as they are needed.
struct Palette {
    let theme: Theme
    let depth: ColourDepth
    private let limit: Int
    private let hasDefaults: Bool
    private var pairs: [Int: Int32] = [:]
    private(set) var direct = DirectColours()
    private var known: [Key: Known] = [:]
    private var last: (key: Key, known: Known)?

    /// What decides a cell's look.
    private struct Key: Hashable {
        let role: Role
        let background: Role
        let attributes: Attributes
        let shade: UInt8
    }

    /// How a glyph is sent.
    struct Ink {
        let pair: Int32
        let attributes: UInt8
    }

    /// An ink with what it leaves on the paper where nothing is written.
    private struct Known {
        let ink: Ink
        let paper: Int?
        /// Whether a blank shows no more than its paper.
        let isPlain: Bool
    }

    init(theme: Theme, depth: ColourDepth) {
        self.theme = theme
        self.depth = depth
        limit = min(Int(wd_curses_pairs()), 32_767)
        hasDefaults = wd_curses_has_default_colours() == 1
    }

    /// The ink for a cell; neighbours mostly look alike, so the last one is kept at hand.
    ///
    /// The colour of a blank is seen nowhere: it is sent in that of the cell before it, which saves changing to and fro.
    mutating func ink(for cell: Cell) -> Ink {
        let key = Key(role: cell.role, background: cell.background, attributes: cell.attributes, shade: cell.shade)
        if let last, last.key == key { return last.known.ink }
        let own = known(key, cell)
        if cell.isBlank, let last, own.isPlain, last.known.isPlain, own.paper == last.known.paper {
            return last.known.ink
        }
        last = (key, own)
        return own.ink
    }

    private mutating func known(_ key: Key, _ cell: Cell) -> Known {
        if let known = known[key] { return known }
        let look = theme.look(of: cell, depth: depth)
        let ink = Ink(
            pair: depth == .none ? 0 : pair(look.foreground, look.background), attributes: look.attributes.rawValue)
        let new = Known(
            ink: ink, paper: look.background, isPlain: look.attributes.isDisjoint(with: [.reverse, .underline]))
        known[key] = new
        return new
    }

    /// When all numbers are used up, what comes later has the terminal's own colours.
    private mutating func pair(_ foreground: Int?, _ background: Int?) -> Int32 {
        if foreground == nil, background == nil { return 0 }
        let front = number(foreground) ?? (hasDefaults ? -1 : 7)
        let back = number(background) ?? (hasDefaults ? -1 : 0)
        let key = (front + 1) << 16 | (back + 1)
        if let known = pairs[key] { return known }
        let number = Int32(pairs.count + 1)
        guard Int(number) < limit, wd_curses_pair(number, Int32(front), Int32(back)) == 0 else { return 0 }
        pairs[key] = number
        return number
    }

    /// The number under which ncurses knows a colour.
    private mutating func number(_ colour: Int?) -> Int? {
        guard depth == .direct, let colour, colour >= 16 else { return colour }
        return direct.number(of: colour)
    }
}
