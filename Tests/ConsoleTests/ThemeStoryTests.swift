import Console
import DeskAPI
import GoldenFrames
import Terminal
import Testing
import Vocabulary

/// A person chooses other colours, and sees each while choosing.
@Suite struct ThemeStoryTests {
    private let ember = Theme(name: "ember", styles: [.text: Theme.Style(foreground: Colour(hex: "e0d4c4"))])
    private let paper = Theme(name: "paper", styles: [.text: Theme.Style(foreground: Colour(hex: "3a332a"))])

    private func opened(_ size: Size = Size(columns: 80, rows: 24)) -> Sitting {
        var sitting = Sitting.busy(size)
        sitting.press(.control("t"))
        #expect(sitting.look() == [.readThemes])
        sitting.offer([
            OfferedTheme("broken", source: "yours", fault: "broken.theme:3: `x` is no line of a btop theme"),
            OfferedTheme("dark", source: "built in", theme: .dark),
            OfferedTheme("ember", source: "watchdesk", theme: ember),
            OfferedTheme("paper", source: "watchdesk", theme: paper),
        ])
        return sitting
    }

    @Test func `the list opens at the theme that is worn, beside a sample of every meaning`() {
        for size in [Size(columns: 80, rows: 24), Size(columns: 160, rows: 45)] {
            expectGolden(opened(size).frame(size.columns, size.rows), "themes-\(size.columns)x\(size.rows)")
        }
    }

    @Test func `moving shows a theme at once, Esc goes back to the one before`() {
        var sitting = opened()
        sitting.press(.down)
        #expect(sitting.look() == [.wear(ember)])
        sitting.press(.character("G"))
        #expect(sitting.look() == [.wear(paper)])
        sitting.press(.escape)
        #expect(sitting.look() == [.wear(.dark)])
        #expect(!sitting.screen().contains("Theme"))
    }

    @Test func `Enter keeps it and says where to write it down, and the next choice starts from it`() {
        var sitting = opened()
        sitting.press(.down, .enter)
        #expect(sitting.look() == [.wear(ember), .wear(ember)])
        #expect(sitting.screen().contains("theme: ember"))
        sitting.offer([
            OfferedTheme("dark", source: "built in", theme: .dark),
            OfferedTheme("ember", source: "watchdesk", theme: ember),
        ])
        sitting.press(.up, .escape)
        #expect(sitting.look() == [.wear(.dark), .wear(ember)])
    }

    @Test func `a broken theme tells its line, and what was shown before stays`() {
        var sitting = opened()
        sitting.press(.home)
        #expect(sitting.look().isEmpty)
        #expect(sitting.screen().contains("broken.theme:3:"))
        sitting.press(.enter)
        #expect(sitting.look().isEmpty)
        #expect(sitting.screen().contains("Theme"), "there is nothing to keep: the list stays")
    }

    @Test func `without room for a sample there is a list still`() {
        for (columns, rows) in [(40, 10), (20, 5), (8, 3), (1, 1)] {
            let sitting = opened(Size(columns: columns, rows: rows))
            #expect(sitting.frame(columns, rows).size == Size(columns: columns, rows: rows))
        }
        #expect(opened(Size(columns: 40, rows: 10)).screen(40, 10).contains("dark"))
    }
}
