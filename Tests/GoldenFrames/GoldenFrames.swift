import Foundation
import Terminal
import Testing

/// Compares a frame with the text file of that name in `Fixtures/golden` beside the test, and records the first lines
/// that differ as an issue.
///
/// The files are written by a person: `WATCHDESK_RECORD=1 swift test --filter …` writes those that are missing or
/// differ, to be looked at before they are committed. Nothing else ever writes them.
public func expectGolden(
    _ frame: Frame, _ name: String, file: String = #filePath, sourceLocation: SourceLocation = #_sourceLocation
) {
    let folder = URL(fileURLWithPath: file).deletingLastPathComponent().appendingPathComponent("Fixtures/golden")
    let path = folder.appendingPathComponent(name + ".txt")
    let actual = FrameText(frame: frame).description
    let expected = try? String(contentsOf: path, encoding: .utf8)
    guard expected != actual else { return }
    if ProcessInfo.processInfo.environment["WATCHDESK_RECORD"] == "1" {
        record(actual, at: path, in: folder, sourceLocation)
    } else {
        Issue.record(Comment(rawValue: lineDifference(expected, actual, name)), sourceLocation: sourceLocation)
    }
}

/// What a frame shows, line by line without trailing spaces; for stories that look for a text.
public func lines(of frame: Frame) -> [String] {
    (0..<frame.size.rows).map { row in
        var line = frame.row(row).map(\.text).joined()
        while line.last == " " { line.removeLast() }
        return line
    }
}

private func record(_ text: String, at path: URL, in folder: URL, _ sourceLocation: SourceLocation) {
    do {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try text.write(to: path, atomically: true, encoding: .utf8)
    } catch {
        Issue.record(error, sourceLocation: sourceLocation)
    }
}

/// The lines that differ, expected above actual, with a caret below the first column that does.
private func lineDifference(_ expected: String?, _ actual: String, _ name: String) -> String {
    guard let expected else {
        return "golden frame \(name) has not been recorded; it would be:\n\(actual)"
    }
    let wanted = expected.split(separator: "\n", omittingEmptySubsequences: false)
    let got = actual.split(separator: "\n", omittingEmptySubsequences: false)
    var report = "frame differs from golden/\(name).txt:\n"
    var shown = 0
    for index in 0..<max(wanted.count, got.count) where shown < 8 {
        let left = index < wanted.count ? wanted[index] : "(no line)"
        let right = index < got.count ? got[index] : "(no line)"
        guard left != right else { continue }
        shown += 1
        let column = zip(left, right).prefix { $0 == $1 }.count
        report += "line \(index + 1)\n  expected |\(left)|\n  actual   |\(right)|\n"
        report += String(repeating: " ", count: 12 + column) + "^ column \(column)\n"
    }
    return report + "whole frame now:\n\(actual)"
}
