internal import DeskAPI

/// Lets rows that are equal in what the list is sorted by keep their places.
///
/// The desk puts equals in an order of their own, so a process that works for a second and rests again would push
/// everything between its two places down and up. Here it rests where it worked: of equals, who worked last is first.
struct CalmOrder {
    private let places: [ProcessKey: Int]

    /// - Parameter rows: the list as it is shown now.
    init(of rows: [ProcessKey]) {
        places = Dictionary(rows.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The keys of rows, which come in the desk's order; new ones stand behind their equals.
    func order(_ rows: [ProcessRow], by value: (ProcessRow) -> Double?) -> [ProcessKey] {
        var keys: [ProcessKey] = []
        keys.reserveCapacity(rows.count)
        var start = 0
        while start < rows.count {
            var end = start + 1
            while end < rows.count, value(rows[end]) == value(rows[start]) { end += 1 }
            // The number of the row decides between two that are new.
            let group = (start..<end).map { (place: places[rows[$0].key] ?? .max, number: $0) }
            keys += group.sorted { $0 < $1 }.map { rows[$0.number].key }
            start = end
        }
        return keys
    }
}

extension ProcessOrder {
    /// The number in which many processes are equal from second to second; `nil` for orders that are calm by themselves.
    var calmValue: ((ProcessRow) -> Double?)? {
        switch self {
        case .cpu: { $0.cpu }
        case .io: { $0.traffic }
        case .pid, .memory, .age, .name: nil
        }
    }
}
