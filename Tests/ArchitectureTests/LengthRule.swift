/// A file holds one idea; at 400 lines it is two.
enum LengthRule {
    static let limit = 400

    static func violation(in file: SourceFile) -> Violation? {
        guard file.length > limit else { return nil }
        return Violation(
            path: file.path, line: limit + 1, reason: "\(file.length) lines; split it, \(limit) is the most")
    }
}
