import Testing
import Vocabulary

@Suite struct DecimalsTests {
    @Test(arguments: [
        (0.0, 3, "0.000"), (1.0005, 3, "1.001"), (-0.05, 1, "-0.1"), (12.5, 0, "13"), (0.123_456_7, 6, "0.123457"),
        (.nan, 2, "0.00"), (.infinity, 0, "1000000000000000"), (99.995, 2, "100.00"),
    ])
    func `numbers have their decimals`(value: Double, decimals: Int, text: String) {
        #expect(Decimals.fixed(value, decimals: decimals) == text)
    }

    @Test func `shares are percent with one decimal`() {
        #expect([0, 0.915, 1, 0.0004].map(Decimals.percent) == ["0.0 %", "91.5 %", "100.0 %", "0.0 %"])
        #expect(Decimals.fixed(.infinity, decimals: 6).count > 8)
    }
}
