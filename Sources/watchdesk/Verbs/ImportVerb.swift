internal import ArgumentParser
internal import DeskAPI
internal import JSON
internal import Settings
internal import Vocabulary

/// `watchdesk import`: transcripts that were held elsewhere.
struct ImportVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Import transcripts from a file of JSON lines.",
        discussion: """
            One conversation in each line; docs/import.md describes the fields. Every line is checked before the first
            is imported, all faults are told with their lines, and a line that was imported before (the same key) is
            left as it is: an import that was cut off can be begun again.

            EXAMPLE:
              watchdesk import transcripts.jsonl --dry-run
              watchdesk import transcripts.jsonl
            """)

    @Argument(help: "A file of JSON lines.")
    var path: String
    @Flag(help: "Only check the file.")
    var dryRun = false
    @OptionGroup var common: CommonOptions

    func run() throws {
        let conversations = try TranscriptFile.read(path)
        let messages = conversations.reduce(0) { $0 + $1.messages.count }
        guard !dryRun else {
            return Output.write(
                "\(path): \(conversations.count) conversations with \(messages) messages can be imported.\n")
        }
        let outcomes = try DeskAccess.use(common) { client in
            var outcomes: [ImportOutcome] = []
            for conversation in conversations {
                do throws(Problem) {
                    outcomes.append(try await client.call(Operations.importConversation, conversation))
                } catch {
                    throw Failure(
                        "\(conversation.key): \(error.detail); \(outcomes.count) of \(conversations.count) are imported, "
                            + "begin again when it is mended")
                }
            }
            return outcomes
        }
        let known = outcomes.count(where: \.duplicate)
        let new = outcomes.filter { !$0.duplicate }
        let words = known > 0 ? "; \(known) were there already" : ""
        Output.write(
            "Imported \(new.count) conversations with \(new.reduce(0) { $0 + $1.messages }) messages\(words).\n")
    }
}

/// Reads a file of transcripts, one JSON object in each line.
enum TranscriptFile {
    /// As many faults as a person can use.
    private static let faultLimit = 50

    /// - Throws: ``Failure`` with every fault and its line.
    static func read(_ path: String) throws -> [ImportConversation] {
        let bytes: [UInt8]
        do throws(FileFailure) {
            bytes = try FileSource.system.read(path).bytes
        } catch {
            throw Failure("\(path): \(error)")
        }
        var faults: [String] = []
        var found: [ImportConversation] = []
        var lines: [String: Int] = [:]
        for (index, line) in bytes.split(separator: 10, omittingEmptySubsequences: false).enumerated() {
            guard line.contains(where: { $0 != 32 && $0 != 13 && $0 != 9 }) else { continue }
            do {
                let conversation = try read(Array(line))
                if let first = lines.updateValue(index + 1, forKey: conversation.key) {
                    faults.append("line \(index + 1): the key \(conversation.key) stands in line \(first) too")
                }
                found.append(conversation)
            } catch {
                faults.append("line \(index + 1): \(error.text)")
            }
        }
        if found.isEmpty, faults.isEmpty { faults = ["there is no conversation in it"] }
        guard faults.isEmpty else {
            let more = faults.count > faultLimit ? ["and \(faults.count - faultLimit) more"] : []
            throw Failure((faults.prefix(faultLimit) + more).map { "\(path): \($0)" }.joined(separator: "\n"))
        }
        return found
    }

    private struct Fault: Error {
        let text: String
    }

    private static func read(_ line: [UInt8]) throws(Fault) -> ImportConversation {
        let value: JSONValue
        do throws(JSONFailure) {
            value = try JSONParser.parse(line)
        } catch {
            // The line of the file is told already.
            let text = "\(error)"
            throw Fault(text: text.hasPrefix("line 1, ") ? String(text.dropFirst(8)) : text)
        }
        do throws(FieldFault) {
            return try ImportConversation.read(value, .natural)
        } catch {
            throw Fault(text: error.items.map { "\($0.path) \($0.message)" }.joined(separator: "; "))
        }
    }
}
