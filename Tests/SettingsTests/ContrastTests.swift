import Foundation
import Settings
import Terminal
import Testing

/// Text must be readable: contrast by WCAG 2.2, 1.4.3 and 1.4.11, in full colour and as a terminal of 256 shows it.
@Suite struct ContrastTests {
    /// What is drawn and not read: frames are decoration, charts are shapes.
    private static let decoration: Set<Role> = [.frame]
    private static let shapes: Set<Role> = [.chartLow, .chartMid, .chartHigh, .threshold]
    private static let series: Set<Role> = [.series1, .series2, .series3, .series4, .series5, .series6]
    private static let papers: Set<Role> = [.selection, .selectionDim, .searchHit]

    /// The lightest of the common dark backgrounds, for a theme that leaves the background to the terminal.
    private static let commonPaper = "1e1e2e"

    @Test(arguments: Repository.colouredNames, [false, true])
    func `text can be read on every background it meets`(name: String, isReduced: Bool) throws {
        let theme = try ThemeFile.load("\(Repository.themes)/\(name).yaml")
        let screen = try #require(theme[.text].background ?? Colour(hex: Self.commonPaper))
        let selected = [Role.selection, .selectionDim].compactMap { theme[$0].background }
        #expect(selected.count == 2)
        for role in Role.allCases where !Self.decoration.contains(role) && !Self.papers.contains(role) {
            let ink = try #require(theme[role].foreground, "\(role.name) has no colour")
            let papers = Self.shapes.contains(role) || Self.series.contains(role) ? [screen] : [screen] + selected
            for paper in papers {
                let isScreen = paper == screen && theme[.text].background == nil
                let found = contrast(reduced(ink, isReduced), isScreen ? paper : reduced(paper, isReduced))
                let isHigh = name == "high-contrast"
                let wanted = Self.shapes.contains(role) ? (isHigh ? 4.5 : 3) : isHigh ? 7 : 4.5
                #expect(found >= wanted, "\(name): \(role.name) has \(found) on \(paper)")
            }
        }
    }

    @Test(arguments: Repository.colouredNames, [false, true])
    func `frames can be seen`(name: String, isReduced: Bool) throws {
        let theme = try ThemeFile.load("\(Repository.themes)/\(name).yaml")
        let screen = try #require(theme[.text].background ?? Colour(hex: Self.commonPaper))
        for role in [Role.frame, .frameFocus, .past] {
            let ink = try #require(theme[role].foreground)
            let found = contrast(reduced(ink, isReduced), reduced(screen, isReduced && theme[.text].background != nil))
            #expect(found >= 1.5, "\(name): \(role.name) has \(found)")
        }
    }

    @Test func `the themes of the terminal's own colours name no other`() throws {
        for name in ["mono", "sixteen"] {
            let theme = try ThemeFile.load("\(Repository.themes)/\(name).yaml")
            for role in Role.allCases {
                let colours = [theme[role].foreground, theme[role].background].compactMap { $0 }
                #expect(colours.allSatisfy { $0.palette != nil && name == "sixteen" }, "\(name): \(role.name)")
            }
        }
    }

    @Test func `the sixteen are readable as xterm shows them, on black`() throws {
        let theme = try ThemeFile.load("\(Repository.themes)/sixteen.yaml")
        let black = try #require(Colour(hex: "000000"))
        for role in Role.allCases where !Self.decoration.contains(role) && !Self.papers.contains(role) {
            guard let ink = theme[role].foreground else { continue }
            #expect(contrast(ink, black) >= 4.5, "\(role.name)")
        }
    }

    @Test func `the product counts contrast as the standard does`() {
        var random = SeededColours(seed: 3)
        for _ in 0..<500 {
            let (left, right) = (random.next(), random.next())
            #expect(abs(left.contrast(with: right) - contrast(left, right)) < 1e-9)
            #expect(left.reduced == reduced(left, true))
        }
    }

    @Test(arguments: Repository.colouredNames)
    func `a search hit can be read, and the row in focus can be told from the screen`(name: String) throws {
        let theme = try ThemeFile.load("\(Repository.themes)/\(name).yaml")
        let screen = try #require(theme[.text].background ?? Colour(hex: Self.commonPaper))
        let hit = try #require(theme[.searchHit].foreground)
        #expect(contrast(hit, try #require(theme[.searchHit].background)) >= 4.5)
        #expect(
            ColourDepth.twoFiftySix.index(of: try #require(theme[.selection].background))
                != ColourDepth.twoFiftySix.index(of: screen))
    }

    @Test func `black on white has the contrast that the standard gives`() throws {
        let white = try #require(Colour(hex: "ffffff"))
        let black = try #require(Colour(hex: "000000"))
        #expect(contrast(white, black) == 21)
        #expect(contrast(white, white) == 1)
    }

    private func contrast(_ left: Colour, _ right: Colour) -> Double {
        let (bright, dark) = (max(luminance(left), luminance(right)), min(luminance(left), luminance(right)))
        return (bright + 0.05) / (dark + 0.05)
    }

    private func luminance(_ colour: Colour) -> Double {
        let parts = [colour.red, colour.green, colour.blue].map { part in
            let share = Double(part) / 255
            return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }

    /// The colour that a terminal with xterm's palette shows.
    private func reduced(_ colour: Colour, _ isReduced: Bool) -> Colour {
        guard isReduced, let index = ColourDepth.twoFiftySix.index(of: colour) else { return colour }
        guard index < 232 else {
            let grey = UInt8(8 + 10 * (index - 232))
            return Colour(red: grey, green: grey, blue: grey)
        }
        let levels: [UInt8] = [0, 95, 135, 175, 215, 255]
        let place = index - 16
        return Colour(red: levels[place / 36], green: levels[place / 6 % 6], blue: levels[place % 6])
    }
}

/// Colours without end, the same on every run.
struct SeededColours {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> Colour {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Colour(
            red: UInt8(truncatingIfNeeded: state >> 33), green: UInt8(truncatingIfNeeded: state >> 41),
            blue: UInt8(truncatingIfNeeded: state >> 49))
    }
}
