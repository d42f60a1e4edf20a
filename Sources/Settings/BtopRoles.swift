internal import Terminal

/// Gives our roles the colours of a btop theme, and derives what it has no word for.
///
/// What a theme says is kept as long as it can be read: text has a contrast of 4.5 at least on every ground that it
/// meets, shapes 3, frames 1.5; a colour with less becomes lighter or darker until it has.
struct BtopRoles {
    private let colours: [String: Colour]
    private let ink: Colour
    private let paper: Colour?
    /// The ground that contrast is counted against; the terminal's own is taken for a common dark one, or for white
    /// when the text is dark.
    private let ground: Colour
    private let selection: Colour
    private let selectionDim: Colour

    init(_ colours: [String: Colour]) {
        self.colours = colours
        paper = colours["main_bg"]
        let wanted = colours["main_fg"]
        ground = paper ?? (wanted.map { $0.luminance < 0.179 } == true ? Self.white : Self.commonPaper)
        ink = (wanted ?? (ground.luminance < 0.179 ? Self.white : Self.black)).readable(on: [ground], contrast: 7)
        let chosen = colours["selected_bg"] ?? colours["hi_fg"] ?? ink
        selection = BtopRoles.calmed(chosen, on: ground, under: ink)
        selectionDim = ground.mixed(with: selection, 0.55)
    }

    private static let white = Colour(red: 255, green: 255, blue: 255)
    private static let black = Colour(red: 0, green: 0, blue: 0)
    /// The lightest of the common dark backgrounds.
    private static let commonPaper = Colour(red: 0x1E, green: 0x1E, blue: 0x2E)

    /// The ground of a chosen row: as much of the theme's colour as leaves the text on it easy to read.
    private static func calmed(_ colour: Colour, on ground: Colour, under ink: Colour) -> Colour {
        let shares = stride(from: 1.0, through: 0.1, by: -0.05)
        let mixed = shares.lazy.map { ground.mixed(with: colour, $0) }
        return mixed.first { min($0.contrast(with: ink), $0.reduced.contrast(with: ink.reduced)) >= 6.5 } ?? ground
    }

    func theme(named name: String) -> Theme {
        var styles: [Role: Theme.Style] = [:]
        func text(_ roles: [Role], _ colour: Colour?, _ attributes: Attributes = []) {
            let shown = (colour ?? ink).readable(on: [ground, selection, selectionDim], contrast: 4.5)
            for role in roles { styles[role] = Theme.Style(foreground: shown, attributes: attributes) }
        }
        text([.text, .inputText], ink)
        styles[.text]?.background = paper
        text([.strong], colours["title"], .bold)
        text([.title], colours["title"])
        let quiet = colours["graph_text"] ?? colours["inactive_fg"] ?? ink.mixed(with: ground, 0.35)
        text([.dim, .muted, .inputHint], quiet)
        text([.system], quiet, .italic)
        text([.frameFocus, .accent], colours["hi_fg"] ?? colours["proc_misc"])
        text([.critical], hue(.red), .bold)
        text([.warning, .note], hue(.yellow))
        text([.pending], hue(.yellow).mixed(with: quiet, 0.4))
        text([.ok, .agent], hue(.green))
        text([.info, .assistant], hue(.blue))
        text([.link], hue(.blue), .underline)
        text([.acked], hue(.blue).mixed(with: quiet, 0.5))
        text([.customer], hue(.orange))
        text([.marker, .past], hue(.magenta))
        for (place, colour) in lines.enumerated() { text([.series(place)], colour) }
        styles.merge(shapes) { $1 }
        return Theme(name: name, styles: styles)
    }

    /// What is drawn and not read.
    private var shapes: [Role: Theme.Style] {
        func shape(_ colour: Colour, _ contrast: Double) -> Theme.Style {
            Theme.Style(foreground: colour.readable(on: [ground], contrast: contrast))
        }
        let low = colours["cpu_start"] ?? hue(.blue)
        let middle = colours["cpu_mid"] ?? colours["cpu_end"].map { low.mixed(with: $0, 0.5) } ?? low
        let hit = hue(.yellow)
        return [
            .frame: shape(colours["div_line"] ?? colours["cpu_box"] ?? ink.mixed(with: ground, 0.65), 1.5),
            .selection: Theme.Style(background: selection), .selectionDim: Theme.Style(background: selectionDim),
            .chartLow: shape(low, 3), .chartMid: shape(middle, 3), .chartHigh: shape(colours["cpu_end"] ?? middle, 3),
            .threshold: shape(hue(.red).mixed(with: ink, 0.2), 3),
            .searchHit: Theme.Style(
                foreground: (hit.luminance > 0.179 ? Self.black : Self.white).readable(on: [hit], contrast: 4.5),
                background: hit),
        ]
    }

    /// The six lines of a chart: the theme's own colours as far as they differ, then ours.
    private var lines: [Colour] {
        let own = ["download_start", "upload_start", "used_start", "available_start", "cached_start", "free_start"]
        let ends = ["download_end", "upload_end", "cpu_end", "temp_end", "used_end", "process_start", "process_end"]
        let candidates = (own + ends).compactMap { colours[$0] } + Hue.allCases.map(hue)
        var chosen: [Colour] = []
        // On a ground of middling brightness little can be read but black: then lines differ in their dash alone.
        for leastDistance in [9000, 3000, -1] {
            for colour in candidates where chosen.count < 6 {
                let shown = colour.readable(on: [ground], contrast: 4.5)
                if chosen.allSatisfy({ $0.distance(to: shown) > leastDistance }) { chosen.append(shown) }
            }
        }
        return chosen
    }

    /// The theme's colour that is nearest to a hue, or ours when it has none of it.
    private func hue(_ hue: Hue) -> Colour {
        let near = colours.sorted { $0.key < $1.key }.map(\.value).compactMap { colour in
            hue.distance(to: colour).map { (colour: colour, distance: $0) }
        }
        return near.min { $0.distance < $1.distance }?.colour ?? hue.own
    }
}
