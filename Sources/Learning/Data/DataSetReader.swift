internal import JSON
internal import Vocabulary

/// Reads labelled texts from CSV, tab-separated values or JSON lines, and tells every fault with its line.
public struct DataSetReader: Sendable {
    /// The names that a column of labels may have when none is asked for.
    public static let labelNames = ["label", "category", "intent", "sentiment", "class", "topic"]
    /// The names that a column of texts may have when none is asked for.
    public static let textNames = ["text", "utterance", "sentence", "message", "query"]
    /// The most bytes of one text.
    public static let mostTextBytes = 65_536
    /// The most bytes of one label.
    public static let mostLabelBytes = 100

    private let textName: String?
    private let labelName: String?

    /// A reader of the columns with these names, or of those that are usual.
    public init(text: String? = nil, label: String? = nil) {
        textName = text
        labelName = label
    }

    /// The data set in a file: JSON lines when it begins with `{`, otherwise separated values with a head.
    ///
    /// - Throws: ``LearningFailure/faultyData(_:count:)`` with every fault, or ``LearningFailure/tooLittle(_:)``.
    public func read(_ bytes: [UInt8]) throws(LearningFailure) -> DataSet {
        var reading = Reading()
        let first = bytes.first { ![0xEF, 0xBB, 0xBF, 0x20, 0x09, 0x0A, 0x0D].contains($0) }
        if first == UInt8(ascii: "{") {
            readLines(bytes, into: &reading)
        } else {
            readRecords(bytes, into: &reading)
        }
        guard reading.count == 0 else { throw .faultyData(reading.faults, count: reading.count) }
        return try DataSet(reading.examples)
    }

    /// What has been read so far.
    private struct Reading {
        var examples: [LabelledText] = []
        var faults: [DataFault] = []
        var count = 0

        mutating func fault(_ line: Int, _ text: String) {
            count += 1
            if faults.count < 100 { faults.append(DataFault(line, text)) }
        }

        mutating func take(_ line: Int, text: String?, label: String?) {
            guard let text, let label else { return fault(line, "it is not UTF-8; save the file as UTF-8") }
            let trimmed = label.trimmed
            if text.trimmed.isEmpty { return fault(line, "the text is empty; fill it in or take the line out") }
            if trimmed.isEmpty { return fault(line, "the label is empty; fill it in or take the line out") }
            if text.utf8.count > DataSetReader.mostTextBytes {
                return fault(line, "the text has more than \(DataSetReader.mostTextBytes) bytes; shorten it")
            }
            if trimmed.utf8.count > DataSetReader.mostLabelBytes {
                return fault(line, "the label has more than \(DataSetReader.mostLabelBytes) bytes; is it the text?")
            }
            guard examples.count < DataSet.mostTexts else {
                if examples.count == DataSet.mostTexts {
                    fault(line, "more than \(DataSet.mostTexts) texts; take fewer")
                }
                return
            }
            examples.append(LabelledText(text, trimmed))
        }
    }

    private func readRecords(_ bytes: [UInt8], into reading: inout Reading) {
        let head = bytes.prefix { $0 != 10 && $0 != 13 }
        let isTabbed = head.contains(9) && !head.contains(UInt8(ascii: ","))
        var records = CSVRecords(bytes, separator: isTabbed ? 9 : UInt8(ascii: ","))
        do throws(CSVRecords.QuoteWithoutEnd) {
            guard let head = try records.next() else { return reading.fault(1, "the file is empty") }
            let names = head.fields.map { String(decoding: $0, as: UTF8.self).trimmed.lowercased() }
            guard let columns = columns(names, line: head.line, into: &reading) else { return }
            while let record = try records.next() {
                guard record.fields.count == names.count else {
                    reading.fault(
                        record.line,
                        "it has \(record.fields.count) fields, the head has \(names.count); put texts with commas in quotes"
                    )
                    continue
                }
                reading.take(
                    record.line, text: String(validating: record.fields[columns.text], as: UTF8.self),
                    label: String(validating: record.fields[columns.label], as: UTF8.self))
            }
        } catch {
            reading.fault(error.line, "a quote is opened and never closed")
        }
    }

    private func columns(_ names: [String], line: Int, into reading: inout Reading) -> (text: Int, label: Int)? {
        let text = column(textName.map { [$0] } ?? DataSetReader.textNames, in: names)
        let label = column(labelName.map { [$0] } ?? DataSetReader.labelNames, in: names)
        if let text, let label, text != label { return (text, label) }
        let shown = names.prefix(8).map { SafeText(untrusted: $0, limit: 30).oneLine.text }.joined(separator: ", ")
        let wanted = "\(textName ?? "text") and \(labelName ?? "label")"
        reading.fault(
            line, "the head names \(shown); columns \(wanted) are needed (choose others with --text, --label)")
        return nil
    }

    private func column(_ wanted: [String], in names: [String]) -> Int? {
        for name in wanted {
            if let place = names.firstIndex(of: name.lowercased()) { return place }
        }
        return nil
    }

    private func readLines(_ bytes: [UInt8], into reading: inout Reading) {
        var number = 0
        for line in bytes.split(separator: 10, omittingEmptySubsequences: false) {
            number += 1
            let clean = number == 1 && line.starts(with: [0xEF, 0xBB, 0xBF]) ? line.dropFirst(3) : line
            if clean.allSatisfy({ $0 == 32 || $0 == 9 || $0 == 13 }) { continue }
            do throws(JSONFailure) {
                let document = try JSONParser.parse(Array(clean))
                let text = member(textName.map { [$0] } ?? DataSetReader.textNames, of: document)
                let label = member(labelName.map { [$0] } ?? DataSetReader.labelNames, of: document)
                if let text, let label {
                    reading.take(number, text: text, label: label)
                } else {
                    let missing = text == nil ? textName ?? "text" : labelName ?? "label"
                    reading.fault(
                        number, "it has no text field \(SafeText(untrusted: missing, limit: 40).oneLine.text)")
                }
            } catch {
                reading.fault(
                    number, "it is no JSON: \(SafeText(untrusted: error.description, limit: 120).oneLine.text)")
            }
        }
    }

    private func member(_ names: [String], of document: JSONValue) -> String? {
        names.lazy.compactMap { document[$0]?.text }.first
    }
}

extension String {
    /// The text without white space at its ends.
    fileprivate var trimmed: String {
        let start = drop(while: \.isWhitespace)
        let end = start.lastIndex { !$0.isWhitespace }
        return end.map { String(start[...$0]) } ?? ""
    }
}
