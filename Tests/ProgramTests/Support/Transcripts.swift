import JSON
import Testing

extension Load {
    /// Expects every conversation to hold each confirmed message once, at its place, without gaps.
    func expectEverythingKept(in desk: ServedDesk) throws {
        for index in customers.indices {
            let notes = notes(of: index)
            let messages = try desk.transcript(customers[index].conversation)
            let offsets = messages.compactMap { $0["offset"]?.wholeNumber }
            #expect(offsets == (0..<Int64(offsets.count)).map { $0 + 1 }, "offsets have gaps or repetitions")
            let written = messages.filter { $0["author"] == "customer" }
            let keys = written.compactMap { $0["cid"]?.text }
            #expect(keys.count == written.count && Set(keys).count == keys.count, "a message is there twice")
            let places = Dictionary(zip(keys, written), uniquingKeysWith: { first, _ in first })
            for (key, offset) in notes.confirmed {
                #expect(places[key]?["offset"]?.wholeNumber == offset, "\(key) was confirmed at \(offset)")
                #expect(places[key]?["text"]?.text == "message \(key)")
            }
            // What was cut off in the middle may be there or not; nothing else may.
            #expect(Set(keys).subtracting(notes.confirmed.keys).subtracting([notes.open ?? ""]).isEmpty)
            #expect(notes.contradictions.isEmpty)
        }
    }
}

extension TemporaryFolder {
    /// Expects both databases to be sound and the audit trail to be whole, as `doctor` finds them.
    func expectSound() throws {
        let outcome = try RunningProgram.run(["doctor", "--json", "--data", "\(path)/data"], home: path)
        let findings = try JSONParser.parse(Array(outcome.output.utf8)).elements ?? []
        for subject in ["desk.sqlite", "metrics.sqlite", "audit trail"] {
            let finding = findings.first { $0["subject"]?.text == subject }
            #expect(finding?["state"] == "ok", "\(subject): \(finding?.encoded ?? "not looked at") \(outcome.errors)")
        }
    }
}
