import DeskAPI
import Testing
import Vocabulary

@testable import Desk

@Suite struct AnswerScheduleTests {
    @Test func `a question is answered at once, and only once`() {
        var schedule = AnswerSchedule(mostAtOnce: 2)
        expect(schedule.ask(ID(1), question: 5), [.start(ID(1), question: 5, isAgain: false)])
        expect(schedule.ask(ID(1), question: 5), [])
        expect(schedule.remind(ID(1), question: 6), [])
        expect(schedule.ended(ID(1)), [])
        #expect(schedule.runCount == 0)
    }

    @Test func `a newer question stops the answer to the older one and takes its place`() {
        var schedule = AnswerSchedule(mostAtOnce: 1)
        expect(schedule.ask(ID(1), question: 1), [.start(ID(1), question: 1, isAgain: false)])
        expect(schedule.ask(ID(2), question: 1), [])
        expect(schedule.ask(ID(1), question: 2), [.stop(ID(1))])
        expect(schedule.ask(ID(1), question: 3), [])
        expect(schedule.ended(ID(1)), [.start(ID(1), question: 3, isAgain: true)])
        expect(schedule.ended(ID(1)), [.start(ID(2), question: 1, isAgain: false)])
    }

    @Test func `what a person took is neither answered nor waiting`() {
        var schedule = AnswerSchedule(mostAtOnce: 1)
        expect(schedule.ask(ID(1), question: 1), [.start(ID(1), question: 1, isAgain: false)])
        expect(schedule.ask(ID(2), question: 1), [])
        expect(schedule.drop(ID(2)), [])
        expect(schedule.drop(ID(1)), [.stop(ID(1))])
        expect(schedule.drop(ID(1)), [])
        expect(schedule.ended(ID(1)), [])
    }

    @Test func `handed back while the old answer still stops, it is answered again`() {
        var schedule = AnswerSchedule(mostAtOnce: 1)
        expect(schedule.ask(ID(1), question: 1), [.start(ID(1), question: 1, isAgain: false)])
        expect(schedule.drop(ID(1)), [.stop(ID(1))])
        expect(schedule.remind(ID(1), question: 1), [])
        expect(schedule.ended(ID(1)), [.start(ID(1), question: 1, isAgain: true)])
    }

    @Test(arguments: 0..<20)
    func `whatever happens, each conversation has one answer under way and all together no more than allowed`(
        seed: UInt64
    ) {
        var random = Seeded(seed)
        var schedule = AnswerSchedule(mostAtOnce: 3)
        var running: Set<Int64> = []
        var newest: [Int64: Int64] = [:]
        var answered: [Int64: Int64] = [:]
        func take(_ steps: [AnswerSchedule.Step]) {
            for case .start(let id, let question, _) in steps {
                #expect(running.insert(id.number).inserted)
                answered[id.number] = question
            }
            #expect(running.count <= 3)
        }
        for offset in 1...400 as ClosedRange<Int64> {
            let id = Int64.random(in: 1...6, using: &random)
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<5:
                newest[id] = offset
                take(schedule.ask(ID(id), question: offset))
            case 5:
                newest[id] = nil
                take(schedule.drop(ID(id)))
            default:
                guard let done = running.randomElement(using: &random) else { continue }
                running.remove(done)
                take(schedule.ended(ID(done)))
            }
        }
        while let done = running.first {
            running.remove(done)
            take(schedule.ended(ID(done)))
        }
        for (id, question) in newest { #expect(answered[id] == question, "conversation \(id)") }
    }

    private func expect(
        _ steps: [AnswerSchedule.Step], _ expected: [AnswerSchedule.Step],
        _ location: SourceLocation = #_sourceLocation
    ) {
        #expect(steps == expected, sourceLocation: location)
    }
}

/// A small generator with a seed (SplitMix64), so that a failure can be played again.
struct Seeded: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
