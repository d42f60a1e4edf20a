import Terminal
import Testing

@Suite struct AutoScaleTests {
    private func fed(_ scale: AutoScale, _ values: Double...) -> AutoScale {
        var scale = scale
        for value in values { scale.take(value, highest: value) }
        return scale
    }

    @Test func `it grows after three samples, with headroom, to a round number`() {
        var scale = AutoScale(floor: 10)
        #expect(scale.top == 10)
        scale = fed(scale, 9.9, 37, 36)
        #expect(scale.top == 10)
        scale = fed(scale, 35)
        #expect(scale.top == 50, "the highest of the three decides")
        scale = fed(scale, 46, 46, 46)
        #expect(scale.top == 50)
        scale = fed(scale, 50.1, 50.1, 50.1)
        #expect(scale.top == 100)
    }

    @Test func `a single high sample moves nothing, neither up nor down again`() {
        var scale = fed(AutoScale(floor: 10), 40, 40, 40)
        let before = scale.top
        for index in 0..<600 { scale = fed(scale, index % 60 == 7 ? 900 : 40) }
        #expect(scale.top == before)
    }

    @Test func `peaks that come again and again are shown whole`() {
        var scale = fed(AutoScale(floor: 10), 40, 40, 40)
        for index in 0..<60 { scale = fed(scale, index % 12 == 7 ? 900 : 40) }
        #expect(scale.top == 1000)
    }

    @Test func `it shrinks only after all has stayed low for long, and then to what is needed`() {
        var scale = AutoScale(floor: 1, patience: 5)
        scale.fit(900)
        #expect(scale.top == 1000)
        scale = fed(scale, 100, 100, 100, 100)
        #expect(scale.top == 1000)
        scale = fed(scale, 600, 100, 100, 100, 100)
        #expect(scale.top == 1000, "one high sample starts the wait again")
        scale = fed(scale, 170)
        #expect(scale.top == 200, "the highest of the calm samples decides")
    }

    @Test func `what is still shown holds the scale`() {
        var scale = AutoScale(floor: 1, patience: 3)
        scale.fit(900)
        for _ in 0..<50 { scale.take(10, highest: 900) }
        #expect(scale.top == 1000)
    }

    @Test func `a value that swings around a border moves the scale once`() {
        var scale = AutoScale(floor: 1, patience: 30)
        var tops: [Double] = []
        for index in 0..<300 {
            scale = fed(scale, index % 2 == 0 ? 99 : 103)
            if tops.last != scale.top { tops.append(scale.top) }
        }
        #expect(tops == [1, 200])
    }

    /// Whatever comes: the scale moves only after its waits, is never below its floor, and holds what stays.
    @Test(arguments: [AutoScale.Steps.decimal, .binary])
    func `it moves only after its waits, and holds what stays`(steps: AutoScale.Steps) {
        var random = SeededRandom(seed: 9)
        for _ in 0..<200 {
            var scale = AutoScale(steps, floor: 1024, confirmation: 3, patience: 4)
            var above = 0
            var quiet = 0
            for _ in 0..<200 {
                let value = Double.random(in: 0...1, using: &random) * [10, 1e4, 1e9].randomElement(using: &random)!
                let before = scale.top
                quiet = value > before ? 0 : quiet + 1
                above = value > before ? above + 1 : quiet >= 4 ? 0 : above
                scale.take(value, highest: value)
                #expect(scale.top >= 1024)
                #expect(scale.top <= before || (above == 3 && scale.top >= value))
                #expect(above < 3 || scale.top > before)
                if scale.top != before { above = 0 }
            }
            for _ in 0..<3 { scale.take(5e6, highest: 5e6) }
            #expect(scale.top >= 5e6)
        }
    }

    @Test func `bytes climb in powers of two`() {
        var scale = AutoScale(.binary, floor: 1024)
        scale.fit(1_000_000)
        #expect(scale.top == 2_097_152)
    }

    @Test func `what was not measured changes nothing`() {
        var scale = AutoScale(floor: 10)
        for value in [nil, Double.nan, .infinity, -5, 0] { scale.take(value, highest: value) }
        scale.fit(nil)
        scale.fit(.nan)
        #expect(scale.top == 10)
    }
}

@Suite struct SlidingMaximumTests {
    @Test func `it is the maximum of the last seconds, whatever came and with whatever gaps`() {
        var random = SeededRandom(seed: 5)
        for span in [1, 2, 7, 300] as [Int64] {
            var window = SlidingMaximum(span: span)
            var all: [(second: Int64, value: Double?)] = []
            var second: Int64 = 1_000
            for _ in 0..<2_000 {
                second += Int64.random(in: 0...3, using: &random) == 0 ? Int64.random(in: 1...9, using: &random) : 1
                let value =
                    Int.random(in: 0...5, using: &random) == 0 ? nil : Double(Int.random(in: 0...9, using: &random))
                all.append((second, value))
                window.take(value, at: second)
                #expect(window.highest == all.filter { $0.second > second - span }.compactMap(\.value).max())
            }
        }
    }

    @Test func `a course of values is taken as if each had come in its second`() {
        var window = SlidingMaximum(span: 5, [9, 2, nil, 4, 1], until: 104)
        #expect(window.highest == 9)
        window.take(nil, at: 105)
        #expect(window.highest == 4)
        window.take(.nan, at: 108)
        #expect(window.highest == 1)
        window.take(nil, at: 120)
        #expect(window.highest == nil)
    }
}
