/// Rows as a tree: each process below its parent, the order of the list among brothers and sisters.
enum ProcessTree {
    /// The rows with parents before their children, and how deep each lies.
    ///
    /// A process whose parent is not among the rows is at the top; so is a ring of parents, which a list that is not
    /// of one moment could hold.
    static func order(_ rows: [ProcessRow]) -> [(key: ProcessKey, depth: Int)] {
        var children: [Int64: [ProcessRow]] = [:]
        let pids = Set(rows.map(\.key.pid))
        var roots: [ProcessRow] = []
        for row in rows {
            if row.parent != row.key.pid, pids.contains(row.parent) {
                children[row.parent, default: []].append(row)
            } else {
                roots.append(row)
            }
        }
        var ordered: [(key: ProcessKey, depth: Int)] = []
        var seen: Set<Int64> = []
        // What is in a ring has no root: it comes after everything else.
        for root in roots + rows {
            var open = [(row: root, depth: 0)]
            while let (row, depth) = open.popLast() {
                guard seen.insert(row.key.pid).inserted else { continue }
                ordered.append((row.key, depth))
                for child in (children[row.key.pid] ?? []).reversed() { open.append((child, depth + 1)) }
            }
        }
        return ordered
    }
}
