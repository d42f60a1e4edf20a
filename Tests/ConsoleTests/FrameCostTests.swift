import Console
import DeskAPI
import Terminal
import Testing
import Vocabulary

/// The console draws once a second all day: a frame must stay cheap.
///
/// The bounds are loose enough for a busy machine
/// and a build without optimisation, and tight enough to notice work that grows with what is hidden.
@Suite(.serialized) struct FrameCostTests {
    private let size = Size(columns: 200, rows: 60)

    private func milliseconds(_ repetitions: Int, _ work: () -> Void) -> Double {
        let clock = ContinuousClock()
        var best = Double.infinity
        for _ in 0..<repetitions { best = min(best, clock.measure(work).inSeconds * 1000) }
        return best
    }

    @Test(arguments: ["1", "2", "3", "4", "5"])
    func `a large frame of any pane is drawn quickly`(_ pane: String) {
        var sitting = Sitting.busy(size)
        sitting.press(.character(Character(pane)))
        sitting.answerChart()
        let state = sitting.state
        var last = state.view(size)
        let cost = milliseconds(20) { last = state.view(size) }
        #expect(last.size == size)
        #expect(cost < 60, "pane \(pane): \(cost) ms")
        report("frame of pane \(pane)", cost)
    }

    @Test func `a sample costs a hidden pane next to nothing`() {
        var sitting = Sitting.busy(size)
        sitting.press(.character("5"))
        let second = Timestamp(milliseconds: sitting.now.milliseconds)
        var state = sitting.state
        var number: Int64 = 0
        let samples = (1...200).map { Desk.snapshot(secondsAgo: -Int64($0)) }
        let cost = milliseconds(20) {
            for _ in 0..<10 {
                state.take(.event(.hostSampled(samples[Int(number) % 200])), at: second + .seconds(number))
                number += 1
            }
        }
        #expect(cost / 10 < 2, "\(cost / 10) ms a sample")
        report("sample with a hidden overview", cost / 10)
    }

    @Test func `a transcript of very long messages is drawn quickly`() {
        var sitting = Sitting.busy(size)
        sitting.openCrystal()
        let long = String(repeating: "word 我的 ", count: 3000)
        sitting.hear(.messagePosted(Desk.message(42, 6, .customer, "Crystal M.", long, 0)))
        let state = sitting.state
        let cost = milliseconds(10) { _ = state.view(size) }
        #expect(cost < 150, "\(cost) ms")
        report("transcript with a message of 24,000 characters", cost)
    }

    /// A figure for whoever runs this suite with optimisation on.
    private func report(_ what: String, _ cost: Double) {
        print("cost: \(what): \((cost * 1000).rounded() / 1000) ms")
    }
}
