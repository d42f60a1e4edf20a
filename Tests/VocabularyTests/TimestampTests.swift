import Testing
import Vocabulary

@Suite struct TimestampTests {
    @Test func `every moment of the calendar survives a round trip as text`() {
        var random = SeededRandom(seed: 7)
        for _ in 0..<20_000 {
            let moment = Timestamp(
                milliseconds: Int64.random(in: -62_135_596_800_000...253_402_300_799_999, using: &random))
            #expect(Timestamp(rfc3339: moment.rfc3339) == moment)
            #expect(Timestamp(moment.civil) == moment)
        }
    }

    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0), ("1970-01-01T00:00:00.001Z", 1), ("1969-12-31T23:59:59.999Z", -1),
        ("2000-02-29T12:00:00Z", 951_825_600_000), ("2026-11-22T18:20:01.5Z", 1_795_371_601_500),
        ("2026-11-22T19:20:01.500+01:00", 1_795_371_601_500), ("2026-11-22t13:50:01.5-04:30", 1_795_371_601_500),
        ("2026-11-22 18:20:01.5z", 1_795_371_601_500), ("1795371601", 1_795_371_601_000),
        ("1795371601.5", 1_795_371_601_500), ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
        ("2026-11-22T18:20:01.123456789Z", 1_795_371_601_123),
    ])
    func `a moment is read in every form that RFC 3339 allows`(text: String, milliseconds: Int64) {
        #expect(Timestamp(rfc3339: text)?.milliseconds == milliseconds)
    }

    @Test(arguments: [
        "", "now", "2026-11-22", "2026-11-22T18:20Z", "2026-02-29T00:00:00Z", "2100-02-29T00:00:00Z",
        "2026-04-31T00:00:00Z", "2026-00-10T00:00:00Z", "2026-13-01T00:00:00Z", "2026-01-00T00:00:00Z",
        "2026-01-32T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z", "2026-01-01T00:00:61Z",
        "2026-01-01T00:00:00", "2026-01-01T00:00:00+24:00", "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00ZZ",
        "0000-01-01T00:00:00Z", "26-01-01T00:00:00Z", "+2026-01-01T00:00:00Z", "2026-1-1T00:00:00Z", ".", "1.2.3",
        "2026-01-01T00:00:00+0100", "2026-01-01T00:00:00Z\n", "２０２６-01-01T00:00:00Z",
    ])
    func `a moment that does not exist is refused`(text: String) {
        #expect(Timestamp(rfc3339: text) == nil)
    }

    @Test func `years before a leap day and after it count their days right`() {
        #expect(Timestamp(rfc3339: "2000-02-29T00:00:00Z") != nil)
        #expect(Timestamp(rfc3339: "1900-02-29T00:00:00Z") == nil)
        let march = Timestamp(rfc3339: "2024-03-01T00:00:00Z")
        let february = Timestamp(rfc3339: "2024-02-28T00:00:00Z")
        #expect(march.flatMap { end in february.map { end - $0 } } == .seconds(2 * 86_400))
    }

    @Test func `whole seconds round towards the past and differences keep their sign`() {
        #expect(Timestamp(milliseconds: -1).wholeSeconds == -1)
        #expect(Timestamp(milliseconds: 1999).wholeSeconds == 1)
        #expect(Timestamp(milliseconds: 0) - Timestamp(milliseconds: 1500) == .milliseconds(-1500))
        #expect(Timestamp(milliseconds: 1000) + .milliseconds(-250) == Timestamp(milliseconds: 750))
        #expect(Timestamp(seconds: .nan).milliseconds == 0)
        #expect(Timestamp(seconds: .infinity).rfc3339 == "9999-12-31T23:59:59.000Z")
    }
}
