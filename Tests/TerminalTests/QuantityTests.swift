import Terminal
import Testing
import Vocabulary

@Suite struct QuantityTests {
    @Test(arguments: [
        (0.412, "412 ms"), (0.0042, "4.2 ms"), (2.1, "2.1 s"), (0, "0.0 s"), (0.000_38, "380 µs"), (59.94, "59.9 s"),
        (59.96, "59s"), (72, "1m12s"), (13_200, "3h40m"), (187_200, "2d04h"), (0.9996, "1.0 s"),
        (0.000_000_4, "0.40 µs"),
    ])
    func `time spans`(seconds: Double, text: String) {
        #expect(Quantity(seconds, .seconds).text.text == text)
    }

    @Test(arguments: [
        (0.0, "0 B"), (812, "812 B"), (1023, "1.0 KiB"), (1_932_735_283, "1.8 GiB"), (1_048_576, "1.0 MiB"),
        (104_333_312, "99.5 MiB"), (1_048_064_000, "0.98 GiB"), (1_047_000_000, "998 MiB"),
    ])
    func `sizes`(bytes: Double, text: String) {
        #expect(Quantity(bytes, .bytes).text.text == text)
        #expect(Quantity(bytes, .bytesPerSecond).text.text == text + "/s")
    }

    @Test(arguments: [
        (23.42, "23.4 %"), (0, "0.0 %"), (100, "100 %"), (99.96, "100 %"), (0.04, "0.0 %"), (0.31, "0.3 %"),
        (-4.25, "-4.3 %"),
        (212.7, "213 %"),
    ])
    func `shares`(value: Double, text: String) {
        #expect(Quantity(Percent(value)).text.text == text)
    }

    @Test func `counts, rates and plain numbers`() {
        #expect(Quantity(count: 14).text == "14")
        #expect(Quantity(count: 1_250).text == "1.3 k")
        #expect(Quantity(count: 3_400_000).text == "3.4 M")
        #expect(Quantity(1.27, .plain).text == "1.3")
        #expect(Quantity(0.31, .plain).text == "0.31")
        #expect(Quantity(12.34, .perSecond).text == "12.3 /s")
    }

    @Test func `what was not measured is not zero`() {
        #expect(Quantity(nil, .percent).text == "n/a")
        #expect(Quantity(Double.nan, .bytes).text == "n/a")
        #expect(Quantity(ByteCount?.none).text == "n/a")
        #expect(Quantity(Double.infinity, .seconds).styled(.critical).spans.map(\.role) == [.dim])
    }

    @Test func `no number has more than three significant digits`() {
        var random = SeededRandom(seed: 8)
        let units: [Quantity.Unit] = [.percent, .bytes, .bytesPerSecond, .perSecond, .count, .plain]
        for _ in 0..<5_000 {
            let value =
                Double.random(in: 0...1, using: &random) * [1, 100, 1e4, 1e7, 1e11].randomElement(using: &random)!
            for unit in units where !([.percent, .plain].contains(unit) && value >= 1000) {
                let digits = Quantity(value, unit).number.filter(\.isNumber).drop { $0 == "0" }
                #expect(digits.count <= 3, "\(value) \(unit)")
            }
        }
    }

    @Test(arguments: [
        (100.0, Quantity.Unit.percent, "100 %"), (0, .bytes, "0"), (2.5, .seconds, "2.5 s"), (1, .seconds, "1 s"),
        (25_769_803_776, .bytes, "24 GiB"), (300, .seconds, "5m00s"),
    ])
    func `axis labels have no decimals that say nothing`(value: Double, unit: Quantity.Unit, text: String) {
        #expect(Quantity(value, unit).axisLabel.text == text)
    }

    @Test(arguments: [
        (0, "0s"), (38, "38s"), (60, "1m00s"), (72, "1m12s"), (3_600, "1h00m"), (13_200, "3h40m"), (93_600, "1d02h"),
    ])
    func `ages keep two digits behind the first unit`(seconds: Int, text: String) {
        #expect(Duration.seconds(seconds).age == text)
    }

    @Test(arguments: [
        (300, "5m"), (150, "2m30s"), (3_600, "1h"), (86_400, "1d"), (45, "45s"), (20, "20s"), (100, "1m40s"),
    ])
    func `settings leave out a smaller unit of zero`(seconds: Int, text: String) {
        #expect(Duration.seconds(seconds).shortAge == text)
    }

    @Test func `a negative age is not shown as one`() {
        #expect(Duration.seconds(-5).age == "0s")
    }
}
