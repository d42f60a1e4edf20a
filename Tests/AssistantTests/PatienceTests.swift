import Testing
import Transfer
import Vocabulary

@testable import Assistant

/// Retries, pauses and the circuit breaker, by the clock of the test.
@Suite struct PatienceTests {
    @Test func `other programs may have longer answers, and a silent stream no longer than customers`() {
        let usual = AnswerLimits()
        let stream = usual.forRelay(isStream: true)
        #expect(stream.firstToken == usual.firstToken && stream.idle == usual.idle)
        #expect(stream.total == .seconds(600) && stream.answerBytes == 4 << 20)
        let whole = usual.forRelay(isStream: false)
        #expect(whole.firstToken == usual.total && whole.idle == usual.total && whole.total == usual.total)
        #expect(AnswerLimits(total: .seconds(900)).forRelay(isStream: true).total == .seconds(900))
    }

    @Test func `the breaker opens after five failures in a row and lets one probe through after its rest`() {
        var breaker = CircuitBreaker(failureLimit: 5, firstRest: .seconds(10), longestRest: .seconds(30))
        for second in 0..<4 { fail(&breaker, at: second) }
        expect(&breaker, admits: true, at: 4)
        breaker.record(.well, at: at(4))
        for second in 5..<10 { fail(&breaker, at: second) }
        expect(&breaker, admits: false, at: 18)
        expect(&breaker, admits: true, at: 19)
        expect(&breaker, admits: false, at: 19)
        breaker.record(.ill, at: at(20))
        expect(&breaker, admits: false, at: 39)
        expect(&breaker, admits: true, at: 40)
        breaker.record(.well, at: at(41))
        expect(&breaker, admits: true, at: 41)
        expect(&breaker, admits: true, at: 41)
    }

    @Test func `a probe that says nothing makes room for another`() {
        var breaker = CircuitBreaker(failureLimit: 1, firstRest: .seconds(10))
        fail(&breaker, at: 0)
        expect(&breaker, admits: true, at: 10)
        breaker.record(.unknown, at: at(11))
        expect(&breaker, admits: true, at: 11)
    }

    @Test func `the rest grows to its limit and no further`() {
        var breaker = CircuitBreaker(failureLimit: 1, firstRest: .seconds(10), longestRest: .seconds(25))
        var now = 0
        fail(&breaker, at: now)
        for rest in [10, 20, 25, 25] {
            expect(&breaker, admits: false, at: now + rest - 1)
            now += rest
            expect(&breaker, admits: true, at: now)
            breaker.record(.ill, at: at(now))
        }
    }

    @Test func `pauses are spread over a range that doubles up to eight seconds`() {
        let ranges = (0..<7).map { AnswerLimits.pause(before: $0, asked: nil, chance: 1) }
        #expect(ranges == [0.5, 1, 2, 4, 8, 8, 8].map { .seconds($0) })
        #expect(AnswerLimits.pause(before: 3, asked: nil, chance: 0) == .zero)
        #expect(AnswerLimits.pause(before: 0, asked: .seconds(7), chance: 0.5) == .seconds(7))
    }

    @Test(arguments: [
        (ChatFailure.refused(status: 429, message: "", retryAfter: nil), true, true),
        (.refused(status: 408, message: "", retryAfter: nil), true, true),
        (.refused(status: 503, message: "", retryAfter: nil), true, true),
        (.refused(status: 400, message: "", retryAfter: nil), false, false),
        (.refused(status: 401, message: "", retryAfter: nil), false, false),
        (.refused(status: 403, message: "", retryAfter: nil), false, false),
        (.refused(status: 404, message: "", retryAfter: nil), false, false),
        (.transfer(.refused(server: "h")), true, true), (.transfer(.timedOut(.connect, server: "h")), true, true),
        (.transfer(.timedOut(.firstByte, server: "h")), false, true), (.transfer(.cancelled), false, false),
        (.empty, false, true), (.filtered, false, false), (.resting, false, false),
    ])
    func `a failure is worth another try, or says the provider is ill`(failure: ChatFailure, again: Bool, ill: Bool) {
        #expect(failure.mayPass == again)
        #expect(failure.isIllness == ill)
    }

    @Test(
        arguments: [
            ("7", nil, 7.0), ("0", nil, 0), ("-3", nil, 0), ("1.5", nil, 1.5), ("soon", nil, nil), ("nan", nil, nil),
            ("Sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:30 GMT", 7),
            ("Sun, 06 Nov 1994 08:49:37 GMT", "Mon, 07 Nov 1994 08:49:30 GMT", 0),
            ("Sun, 06 Nov 1994 08:49:37 GMT", nil, nil),
        ] as [(String, String?, Double?)])
    func `a server says how long to wait`(value: String, date: String?, seconds: Double?) {
        let headers = [HTTPRequest.Header("Retry-After", value)] + (date.map { [.init("Date", $0)] } ?? [])
        #expect(RetryAfter.wait(in: HTTPHead(status: 429, headers: headers)) == seconds.map { .seconds($0) })
    }

    private func at(_ second: Int) -> Monotonic { Monotonic(nanoseconds: Int64(second) * 1_000_000_000) }

    private func expect(
        _ breaker: inout CircuitBreaker, admits: Bool, at second: Int, _ location: SourceLocation = #_sourceLocation
    ) {
        let isAdmitted = breaker.admits(at: at(second))
        #expect(isAdmitted == admits, "at second \(second)", sourceLocation: location)
    }

    private func fail(_ breaker: inout CircuitBreaker, at second: Int) {
        expect(&breaker, admits: true, at: second)
        breaker.record(.ill, at: at(second))
    }
}
