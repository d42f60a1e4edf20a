import DeskAPI
import Testing
import Vocabulary

@testable import Desk

@Suite struct DeskMeterTests {
    private let now = Timestamp(milliseconds: 1_795_371_600_000)

    private func values(_ meter: inout DeskMeter, _ reading: DeskMeter.Reading, second: Int64) -> [String: Double] {
        let metrics = meter.take(
            reading, at: now + .seconds(second), monotonic: Monotonic(nanoseconds: second * 1_000_000_000))
        return Dictionary(
            metrics.compactMap { metric in metric.value.map { (metric.name, $0) } }, uniquingKeysWith: { $1 })
    }

    @Test func `a desk without a gateway knows nothing of one`() {
        var meter = DeskMeter()
        _ = values(&meter, DeskMeter.Reading(), second: 0)
        let found = values(&meter, DeskMeter.Reading(), second: 1)
        #expect(found.keys.filter { $0.hasPrefix("gateway.") }.isEmpty)
        #expect(found["storage.commit"] == nil)
        #expect(found["assistant.first_word_p95"] == nil)
        #expect(found["storage.waiting_writes"] == 0)
    }

    @Test func `requests and failures are those of the time between two looks`() {
        var meter = DeskMeter()
        var reading = DeskMeter.Reading()
        var traffic = Traffic()
        traffic.requests = 1000
        reading.traffic = traffic
        #expect(values(&meter, reading, second: 0)["gateway.requests"] == nil)
        traffic.requests = 1020
        traffic.failures = 1
        traffic.p99 = .milliseconds(250)
        traffic.webSockets = 3
        reading.traffic = traffic
        let found = values(&meter, reading, second: 2)
        #expect(found["gateway.requests"] == 10)
        #expect(found["gateway.failures"] == 0.5)
        #expect(found["gateway.p99"] == 250)
        #expect(found["gateway.p50"] == nil)
        #expect(found["gateway.websockets"] == 3)
        #expect(values(&meter, reading, second: 3)["gateway.requests"] == 0)
    }

    @Test func `the first word counts as long as somebody was answered lately`() {
        var meter = DeskMeter()
        var reading = DeskMeter.Reading()
        var slow = ModelVersion.example
        (slow.firstTokenP95, slow.lastUsedAt) = (900, now)
        var old = slow
        (old.firstTokenP95, old.lastUsedAt) = (5000, now - .seconds(3600))
        reading.models = [slow, old]
        #expect(values(&meter, reading, second: 1)["assistant.first_word_p95"] == 900)
        #expect(values(&meter, reading, second: 301)["assistant.first_word_p95"] == nil)
    }

    @Test func `drift is that of classifiers that a name points to, and nothing while nobody can say`() {
        var meter = DeskMeter()
        var reading = DeskMeter.Reading()
        var used = ModelVersion.example
        var unknown = ClassifierDrift()
        (unknown.texts, unknown.reference) = (99, 1993)
        (used.kind, used.aliases, used.drift) = (.intent, ["intents"], unknown)
        var unused = used
        (unused.aliases, unused.drift) = ([], .example)
        reading.models = [used, unused]
        var found = values(&meter, reading, second: 0)
        #expect(found["models.drift"] == nil && found["models.new_words"] == nil)
        used.drift = .example
        reading.models = [used, unused]
        found = values(&meter, reading, second: 1)
        #expect(found["models.drift"] == 0.31 && abs((found["models.new_words"] ?? 0) - 4) < 1e-9)
    }

    @Test func `the share of errors is that of the last five minutes`() {
        var meter = DeskMeter()
        var reading = DeskMeter.Reading()
        var version = ModelVersion.example
        version.endpoint = "http://127.0.0.1:1"
        (version.requests, version.errors) = (100, 50)
        reading.models = [version]
        #expect(values(&meter, reading, second: 0)["assistant.error_percent"] == nil)
        (version.requests, version.errors) = (110, 51)
        reading.models = [version]
        #expect(values(&meter, reading, second: 1)["assistant.error_percent"] == 10)
    }
}
