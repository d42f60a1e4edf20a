import Terminal
import Testing

@Suite struct AutoScaleTests {
    @Test func `it grows at once, with headroom, to a round number`() {
        var scale = AutoScale(floor: 10)
        #expect(scale.top == 10)
        scale.take(9.9)
        #expect(scale.top == 10)
        scale.take(37)
        #expect(scale.top == 50)
        scale.take(46)
        #expect(scale.top == 50)
        scale.take(50.1)
        #expect(scale.top == 100)
    }

    @Test func `it shrinks only after all has stayed low for long, and then to what is needed`() {
        var scale = AutoScale(floor: 1, patience: 5)
        scale.take(900)
        #expect(scale.top == 1000)
        for _ in 0..<4 { scale.take(100) }
        #expect(scale.top == 1000)
        scale.take(600)
        for _ in 0..<4 { scale.take(100) }
        #expect(scale.top == 1000, "one high sample starts the wait again")
        scale.take(170)
        #expect(scale.top == 200, "the highest of the calm samples decides")
    }

    @Test func `a value that swings around a border moves the scale once`() {
        var scale = AutoScale(floor: 1, patience: 30)
        var tops: [Double] = []
        for index in 0..<300 {
            scale.take(index % 2 == 0 ? 99 : 103)
            if tops.last != scale.top { tops.append(scale.top) }
        }
        #expect(tops == [200])
    }

    @Test func `it never cuts off what it was shown and never goes below its floor`() {
        var random = SeededRandom(seed: 9)
        for steps in [AutoScale.Steps.decimal, .binary] {
            var scale = AutoScale(steps, floor: 1024, patience: 3)
            for _ in 0..<5_000 {
                let value = Double.random(in: 0...1, using: &random) * [10, 1e4, 1e9].randomElement(using: &random)!
                scale.take(value)
                #expect(scale.top >= value && scale.top >= 1024)
            }
        }
    }

    @Test func `bytes climb in powers of two`() {
        var scale = AutoScale(.binary, floor: 1024)
        scale.take(1_000_000)
        #expect(scale.top == 2_097_152)
    }

    @Test func `what was not measured changes nothing`() {
        var scale = AutoScale(floor: 10)
        for value in [nil, Double.nan, .infinity, -5, 0] { scale.take(value) }
        #expect(scale.top == 10)
    }
}
