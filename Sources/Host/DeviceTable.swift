internal import Vocabulary

/// The devices of one kernel file with the counters of this reading and the one before.
///
/// The kernel lists devices in the same order every time, so one comparison a line finds the row, and no text is made
/// unless a device is new.
struct DeviceTable<Counters> {
    struct Row {
        /// The name as the kernel writes it.
        let name: [UInt8]
        /// The name made harmless, for people and for metric names.
        let label: String
        /// Whether it counts at all; asked once, when the device appears.
        let isEligible: Bool
        /// Whether it is reported and summed up.
        var isShown: Bool
        var now: Counters
        /// `nil` in the first reading of a device.
        var before: Counters?
        fileprivate var reading: UInt64
    }

    private(set) var rows: [Row] = []
    /// Rises whenever a device appeared or went.
    private(set) var version = 0
    private var reading: UInt64 = 0
    private var expected = 0

    /// Begins a reading of the file.
    mutating func begin() {
        reading &+= 1
        expected = 0
    }

    /// Takes the counters of the device whose name is at `name`; `isEligible` is asked for a new device only.
    mutating func take(
        _ name: Range<Int>, in bytes: Span<UInt8>, _ counters: Counters, isEligible: (String) -> Bool
    ) {
        if let index = find(name, in: bytes) {
            rows[index].before = rows[index].now
            rows[index].now = counters
            rows[index].reading = reading
            expected = index + 1
        } else {
            insert(name, in: bytes, counters, isEligible: isEligible)
        }
    }

    /// Ends the reading: devices that were not in it are forgotten, so that one that returns starts afresh.
    mutating func end() {
        let count = rows.count
        rows.removeAll { $0.reading != reading }
        if rows.count != count { version += 1 }
    }

    /// Forgets all counters, because the file could not be read.
    mutating func clear() {
        begin()
        end()
    }

    /// Decides again which rows are reported.
    mutating func show(where isShown: (Row) -> Bool) {
        for index in rows.indices { rows[index].isShown = isShown(rows[index]) }
    }

    private func find(_ name: Range<Int>, in bytes: Span<UInt8>) -> Int? {
        if expected < rows.count, isNamed(rows[expected].name, name, in: bytes) { return expected }
        return rows.indices.first { isNamed(rows[$0].name, name, in: bytes) }
    }

    private func isNamed(_ known: [UInt8], _ name: Range<Int>, in bytes: Span<UInt8>) -> Bool {
        guard known.count == name.count else { return false }
        for offset in 0..<known.count where known[offset] != bytes[name.lowerBound + offset] { return false }
        return true
    }

    private mutating func insert(
        _ name: Range<Int>, in bytes: Span<UInt8>, _ counters: Counters, isEligible: (String) -> Bool
    ) {
        let text = bytes.array(name)
        let label = SafeText(untrustedBytes: text, limit: 256).oneLine.text
        let counts = isEligible(label)
        let place = min(expected, rows.count)
        rows.insert(
            Row(
                name: text, label: label, isEligible: counts, isShown: counts, now: counters, before: nil,
                reading: reading), at: place)
        expected = place + 1
        version += 1
    }
}

extension Span<UInt8> {
    /// A copy of some of the bytes.
    func array(_ range: Range<Int>) -> [UInt8] {
        var copy: [UInt8] = []
        copy.reserveCapacity(range.count)
        for index in range { copy.append(self[index]) }
        return copy
    }
}
