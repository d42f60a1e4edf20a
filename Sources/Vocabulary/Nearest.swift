extension Sequence where Element == String {
    /// The known name that a person most likely meant by `typed`, or `nil` when none is close.
    ///
    /// Close is at most two edits (insert, delete, replace, swap of neighbours), and at most a third of the length.
    public func nearest(to typed: String) -> String? {
        let wanted = Array(typed.lowercased().unicodeScalars)
        guard wanted.count <= 64 else { return nil }
        var best: (name: String, distance: Int)?
        for name in self {
            let distance = editDistance(wanted, Array(name.lowercased().unicodeScalars))
            if distance < best?.distance ?? .max { best = (name, distance) }
        }
        guard let best, best.distance <= Swift.max(1, Swift.min(2, wanted.count / 3)) else { return nil }
        return best.name
    }
}

/// The number of single edits between two texts, neighbours swapped counting as one (optimal string alignment).
private func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    guard !left.isEmpty, !right.isEmpty else { return Swift.max(left.count, right.count) }
    var rows = [Array(0...right.count)]
    for row in 1...left.count {
        var line = [row]
        for column in 1...right.count {
            let same = left[row - 1] == right[column - 1]
            var cost = Swift.min(
                rows[row - 1][column] + 1, line[column - 1] + 1, rows[row - 1][column - 1] + (same ? 0 : 1))
            if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
                cost = Swift.min(cost, rows[row - 2][column - 2] + 1)
            }
            line.append(cost)
        }
        rows.append(line)
    }
    return rows[left.count][right.count]
}
