import Foundation
import Testing

@testable import Monitoring
@testable import Vocabulary

struct QuietHoursTests {
    private func moment(_ text: String) throws -> Timestamp { try #require(Timestamp(rfc3339: text)) }

    private func nights(_ zone: TimeZoneRules, days: Set<Int> = Set(0...6)) -> QuietHours {
        QuietHours(days: days, from: 22 * 60, to: 7 * 60, zoneName: "test", zone: zone)
    }

    @Test func `hours over midnight end in the morning and belong to the day on which they begin`() throws {
        // The 27th of November 2026 is a Friday.
        let hours = nights(.utc, days: [5])
        #expect(hours.end(covering: try moment("2026-11-27T21:59:59Z")) == nil)
        #expect(hours.end(covering: try moment("2026-11-27T22:00:00Z")) == (try moment("2026-11-28T07:00:00Z")))
        #expect(hours.end(covering: try moment("2026-11-28T06:59:59Z")) == (try moment("2026-11-28T07:00:00Z")))
        #expect(hours.end(covering: try moment("2026-11-28T07:00:00Z")) == nil)
        #expect(hours.end(covering: try moment("2026-11-28T22:30:00Z")) == nil)
    }

    @Test func `a zone's summer time is followed, also after the last change that its file lists`() throws {
        let bytes = try? Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/Europe/Berlin"))
        // A machine without tzdata has no zones by name.
        guard let bytes else { return }
        let zone = try #require(TimeZoneRules(file: Array(bytes)))
        let berlin = try #require(TimeZone(identifier: "Europe/Berlin"))
        for day in stride(from: 0, to: 40_000, by: 13) {
            let seconds = Int64(day) * 86_400 + 7 * 3600
            let expected = berlin.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))
            #expect(zone.offset(at: seconds) == expected, "day \(day)")
        }
    }

    @Test func `quiet hours of the night in which the clocks go forward end at the right moment`() throws {
        let year = try #require(TimeZoneYear("CET-1CEST,M3.5.0,M10.5.0/3"))
        let before = try moment("2026-03-29T00:59:59Z")
        #expect(year.offset(at: before.milliseconds / 1000) == 3600)
        #expect(year.offset(at: before.milliseconds / 1000 + 1) == 7200)
    }

    @Test func `bytes that are no zone file are refused`() {
        #expect(TimeZoneRules(file: []) == nil)
        #expect(TimeZoneRules(file: Array("TZif2".utf8)) == nil)
        var generator = SplitMix64(seed: 7)
        for _ in 0..<2000 {
            var bytes = Array("TZif2".utf8) + (0..<120).map { _ in UInt8.random(in: 0...255, using: &generator) }
            if Bool.random(using: &generator) { bytes.replaceSubrange(44..<48, with: Array("TZif".utf8)) }
            _ = TimeZoneRules(file: bytes)
        }
    }
}
