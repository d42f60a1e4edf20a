public import Vocabulary

extension Chart {
    /// Something that happened, shown by a sign on the time axis.
    public struct Marker: Sendable {
        /// What happened; each has a sign and a meaning of its own.
        public enum Kind: Int, Sendable, CaseIterable {
            /// Another version answers.
            case deployment
            /// Something was set to another value.
            case configuration
            /// Somebody took an alert on.
            case acknowledgment
            /// The desk or a host began anew.
            case restart
            /// Somebody was shut out.
            case ban
            /// An alert fired.
            case alert

            /// Its sign on the time axis.
            public var glyph: Unicode.Scalar {
                switch self {
                case .deployment: "◆"
                case .configuration: "◇"
                case .acknowledgment: "✓"
                case .restart: "↻"
                case .ban: "⊘"
                case .alert: "■"
                }
            }

            /// What it means.
            public var role: Role {
                switch self {
                case .deployment: .marker
                case .configuration: .info
                case .acknowledgment: .acked
                case .restart: .warning
                case .ban: .pending
                case .alert: .critical
                }
            }
        }

        /// How long before the right edge it happened.
        public var age: Duration
        /// A word or two, shown where there is room.
        public var label: SafeText
        /// What happened.
        public var kind: Kind
        /// Whether a person has chosen it; then it is shown set off, with its label first of all.
        public var isSelected: Bool

        /// Something that happened this long before the right edge.
        public init(age: Duration, label: SafeText, kind: Kind = .deployment, isSelected: Bool = false) {
            self.age = age
            self.label = label
            self.kind = kind
            self.isSelected = isSelected
        }
    }

    /// The markers that share a column, which stand at its place as one sign.
    struct MarkerGroup {
        var column: Int
        var markers: [Marker]

        /// One is shown by its sign, several by how many they are.
        var glyph: Unicode.Scalar {
            guard markers.count > 1 else { return markers.first?.kind.glyph ?? " " }
            return markers.count > 9 ? "+" : Unicode.Scalar(UInt8(0x30 + markers.count))
        }

        /// The meaning of the one that matters most.
        var role: Role { markers.max { $0.kind.rawValue < $1.kind.rawValue }?.kind.role ?? .marker }
        var isSelected: Bool { markers.contains(where: \.isSelected) }
        var label: SafeText { (markers.first(where: \.isSelected) ?? markers.first)?.label ?? "" }
    }

    /// The markers by the columns in which they stand, from left to right.
    func markerGroups(across columns: Int) -> [MarkerGroup] {
        var groups: [Int: MarkerGroup] = [:]
        for marker in markers {
            guard let column = column(of: marker.age, across: columns) else { continue }
            groups[column, default: MarkerGroup(column: column, markers: [])].markers.append(marker)
        }
        return groups.values.sorted { $0.column < $1.column }
    }

    /// Start and end of the time, and the markers; labels are left out where they would touch, those of the ends too.
    func drawTime(in line: Rect, on frame: inout Frame) {
        var room = AxisRoom(columns: line.columns)
        let groups = markerGroups(across: line.columns)
        let start = startLabel ?? "-\(span.shortAge)"
        for (label, first) in [(start, 0), (endLabel, line.columns - endLabel.columns)] {
            let place = first..<first + label.columns
            guard !groups.contains(where: { (place.lowerBound - 1...place.upperBound).contains($0.column) }) else {
                continue
            }
            room.take(place)
            frame.write(label, at: Position(column: line.column + first, row: line.row), .dim, within: line)
        }
        drawCursorLabel(in: line, &room, on: &frame)
        for group in groups {
            let place = Position(column: line.column + group.column, row: line.row)
            frame.put(
                group.glyph, at: place, group.role, group.isSelected ? [.bold, .underline] : [],
                on: group.isSelected ? .selection : nil, within: line)
            room.take(group.column..<group.column + 1)
        }
        // The chosen one gets its room first.
        for group in groups.filter(\.isSelected) + groups.filter({ !$0.isSelected }) where !group.label.isEmpty {
            drawLabel(of: group, in: line, &room, on: &frame)
        }
    }

    private func drawLabel(of group: MarkerGroup, in line: Rect, _ room: inout AxisRoom, on frame: inout Frame) {
        let width = group.label.columns
        let column = group.column
        let sides = [column + 2..<column + 2 + width, column - 1 - width..<column - 1]
        let wanted = sides.first { room.isFree($0.lowerBound - 1..<$0.upperBound + 1, beside: column) }
        guard let wanted else { return }
        room.take(wanted)
        frame.write(
            group.label, at: Position(column: line.column + wanted.lowerBound, row: line.row), group.role,
            group.isSelected ? .bold : [])
    }
}

/// Which columns of the time axis are taken.
struct AxisRoom {
    private var isTaken: [Bool]

    init(columns: Int) {
        isTaken = Array(repeating: false, count: columns)
    }

    mutating func take(_ range: Range<Int>) {
        for column in range.clamped(to: 0..<isTaken.count) { isTaken[column] = true }
    }

    /// Whether nothing stands there but the marker that the label belongs to.
    func isFree(_ range: Range<Int>, beside marker: Int) -> Bool {
        range.lowerBound >= 0 && range.upperBound <= isTaken.count
            && range.allSatisfy { !isTaken[$0] || $0 == marker }
    }
}
