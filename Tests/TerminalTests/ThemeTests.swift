import GoldenFrames
import Terminal
import Testing
import Vocabulary

@Suite struct ThemeTests {
    @Test func `every role has a name that leads back to it`() {
        #expect(Role.allCases.count == 37)
        for role in Role.allCases { #expect(Role(name: role.name) == role) }
        #expect(Role(name: "colour") == nil)
        #expect(
            (0..<12).map(Role.series).map(\.name).suffix(6) == [
                "series1", "series2", "series3", "series4", "series5", "series6",
            ])
    }

    @Test func `without colours nothing names one, and what is set off by its ground is reversed`() {
        for role in Role.allCases {
            let look = Theme.dark.look(of: cell(role, on: .text), depth: .none)
            #expect(look.foreground == nil && look.background == nil)
        }
        #expect(Theme.dark.look(of: cell(.text, on: .selection), depth: .none).attributes.contains(.reverse))
        #expect(Theme.dark.look(of: cell(.searchHit, on: .text), depth: .none).attributes.contains(.reverse))
        #expect(Theme.dark.look(of: cell(.critical, on: .text), depth: .none).attributes.contains(.bold))
    }

    @Test(arguments: [ColourDepth.eight, .sixteen, .twoFiftySix, .direct])
    func `colours stay in the palette and text stays readable on its ground`(depth: ColourDepth) {
        for role in Role.allCases {
            for ground in [Role.text, .selection, .selectionDim, .searchHit] {
                let look = Theme.dark.look(of: cell(role, on: ground), depth: depth)
                #expect(look.foreground.map { (0..<depth.rawValue).contains($0) } ?? true)
                #expect(look.background.map { (0..<depth.rawValue).contains($0) } ?? true)
                #expect(look.foreground == nil || look.foreground != look.background, "\(role) on \(ground)")
                #expect(ground != .text || role == .searchHit || look.foreground != 0, "\(role) black on black")
            }
        }
    }

    @Test(arguments: [ColourDepth.eight, .sixteen])
    func `with few colours red still means that a person must act`(depth: ColourDepth) {
        func colour(_ role: Role) -> Int? {
            Theme.dark.look(of: cell(role, on: .text), depth: depth).foreground.map { $0 % 8 }
        }
        #expect(colour(.critical) == 1)
        #expect(colour(.warning) == 3)
        #expect(colour(.ok) == 2)
        #expect(![Role.customer, .note, .agent, .series2, .chartHigh, .pending].contains { colour($0) == 1 })
    }

    @Test(arguments: [
        ("#ff0000", 196), ("#00ff00", 46), ("#808080", 244), ("#000000", 16), ("#ffffff", 231), ("#5fafff", 75),
        ("#262626", 235),
    ])
    func `the nearest of 256 is the exact one where there is one`(hex: String, index: Int) {
        #expect(Colour(hex: hex).flatMap(ColourDepth.twoFiftySix.index(of:)) == index)
    }

    @Test(arguments: ["", "#12345", "#1234567", "#12345g", "red", "#+12345", "＃123456"])
    func `what is no colour is refused`(text: String) {
        #expect(Colour(hex: text) == nil)
    }

    @Test func `in 24 bits a colour is itself, and one of the terminal's own stays its number`() {
        #expect(Colour(hex: "#123456").flatMap(ColourDepth.direct.index(of:)) == 0x12_3456)
        #expect(Colour(hex: "#000003").flatMap(ColourDepth.direct.index(of:)) == 16, "below 16 are the terminal's own")
        for depth in [ColourDepth.sixteen, .twoFiftySix, .direct] {
            #expect((0..<16).map { depth.index(of: Colour(palette: $0)) } == Array(0..<16))
        }
        #expect(ColourDepth.eight.index(of: Colour(palette: 12)) == 4)
        #expect(ColourDepth(colours: 16_777_216) == .direct)
        #expect(ColourDepth(colours: 88) == .sixteen)
    }

    @Test func `a ground without a colour can be set off by its attributes`() {
        let mono = Theme(name: "mono", styles: [.selection: Theme.Style(attributes: .reverse)])
        #expect(mono.look(of: cell(.text, on: .selection), depth: .twoFiftySix).attributes.contains(.reverse))
        #expect(!mono.look(of: cell(.text, on: .text), depth: .twoFiftySix).attributes.contains(.reverse))
    }

    @Test func `the gradient rises without a step back in brightness`() {
        let shades = (1...255).compactMap { shade -> Int? in
            var frame = Frame(Size(columns: 1, rows: 1))
            frame.put("⣿", at: frame.bounds.origin, .chartLow, shade: UInt8(shade))
            return Theme.dark.look(of: frame[frame.bounds.origin], depth: .twoFiftySix).foreground
        }
        #expect(shades.count == 255)
        #expect(Set(shades).count >= 8)
    }

    @Test func `a role that a theme leaves out looks as in the built-in one`() {
        let theme = Theme(name: "mine", styles: [.text: Theme.Style(foreground: Colour(red: 1, green: 2, blue: 3))])
        #expect(theme[.text].foreground == Colour(red: 1, green: 2, blue: 3))
        #expect(theme[.critical] == Theme.dark[.critical])
    }

    private func cell(_ role: Role, on ground: Role) -> Cell {
        var frame = Frame(Size(columns: 1, rows: 1))
        frame.put("x", at: frame.bounds.origin, role, on: ground)
        return frame[frame.bounds.origin]
    }
}
