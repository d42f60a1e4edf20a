import Console
import DeskAPI
import Terminal
import Testing
import Vocabulary

/// A person chooses the tiles of the overview and their order.
@Suite struct TileStoryTests {
    private func tiles(_ text: String) -> [String] {
        ["CPU", "Memory", "Disk", "Network", "Alerts", "Conversations", "Models"].filter {
            text.contains("\($0) ─") || text.contains("\($0) ╌")
        }
    }

    @Test func `a tile is hidden, the others take its room, and all come back`() {
        var sre = Sitting.busy(Size(columns: 160, rows: 45))
        #expect(tiles(sre.screen(160, 45)).count == 7)
        sre.press(.character("x"))
        #expect(!tiles(sre.screen(160, 45)).contains("Alerts") && tiles(sre.screen(160, 45)).count == 6)
        #expect(sre.screen(160, 45).contains("To keep it, write into the"))
        sre.press(.character("X"))
        #expect(tiles(sre.screen(160, 45)).count == 7)
    }

    @Test func `a chart moves among charts, a list among lists`() {
        var sre = Sitting.busy(Size(columns: 160, rows: 45))
        sre.press(.character("<"))
        #expect(sre.screen(160, 45).contains("it is the first"))
        sre.press(.tab, .tab, .tab, .character(">"))
        let first = sre.screen(160, 45).split(separator: "\n")[1]
        let memory = first.firstRange(of: "Memory"), cpu = first.firstRange(of: "CPU")
        #expect(memory != nil && cpu != nil)
        if let memory, let cpu { #expect(memory.lowerBound < cpu.lowerBound) }
    }

    @Test(arguments: [1, 2, 3, 4, 5, 6])
    func `any choice fills any screen without touching`(_ count: Int) {
        for size in [
            Size(columns: 80, rows: 24), Size(columns: 120, rows: 40), Size(columns: 200, rows: 60),
            Size(columns: 60, rows: 90), Size(columns: 40, rows: 10), Size(columns: 1, rows: 1),
        ] {
            for first in 0..<OverviewTile.allCases.count {
                let all = OverviewTile.allCases
                var sre = Sitting.busy(size)
                sre.arrange((0..<count).map { all[(first + $0) % all.count] })
                let shown = tiles(sre.screen(size.columns, size.rows))
                #expect(shown.count <= count)
                if size.columns >= 110 { #expect(shown.count == count, "\(size) \(first)") }
            }
        }
    }

    @Test func `the last tile stays`() {
        var sre = Sitting.busy()
        sre.arrange([.disk])
        sre.press(.character("x"))
        #expect(sre.screen().contains("it is the only one"))
    }
}
