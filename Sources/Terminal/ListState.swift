/// The order, cursor and window of a list that never moves under the hand.
///
/// The cursor stays on a row's identity, not on its number. While it has left the top row the list is held: rows that
/// come wait and are counted, rows that go leave their place. At the top the list follows.
public struct ListState<ID: Hashable & Sendable>: Hashable, Sendable {
    /// The rows in the order in which they are shown.
    public private(set) var rows: [ID] = []
    /// The row under the cursor; `nil` only while there are no rows.
    public private(set) var cursor: ID?
    /// The row at the top of the window when it was last placed.
    public private(set) var top = 0

    private var arrived: [ID] = []

    /// An empty list.
    public init() {}

    /// The cursor's row number from the top of the list; `nil` while there are no rows.
    public var cursorIndex: Int? { cursor.flatMap { cursor in rows.firstIndex(of: cursor) } }

    /// How many new rows wait while the list is held.
    public var waiting: Int {
        guard rows != arrived else { return 0 }
        let shown = Set(rows)
        return arrived.reduce(0) { $0 + (shown.contains($1) ? 0 : 1) }
    }

    /// Whether the cursor has left the top row, so that new rows wait.
    public var isHeld: Bool { (cursorIndex ?? 0) > 0 }

    /// Takes the rows as they are now, in their right order.
    public mutating func take(_ ids: [ID]) {
        arrived = ids
        guard isHeld else {
            rows = ids
            cursor = ids.first
            return
        }
        let present = Set(ids)
        keepCursor(among: present)
        rows.removeAll { !present.contains($0) }
        if rows.isEmpty { showAll() }
    }

    /// Lets the waiting rows in and sorts; the cursor stays on its row, and that row at its height in the window.
    public mutating func showAll() {
        let height = (cursorIndex ?? 0) - top
        rows = arrived
        if cursorIndex == nil { cursor = rows.first }
        top = max(0, (cursorIndex ?? 0) - height)
    }

    /// Moves the cursor by this many rows, at most to either end.
    public mutating func move(by distance: Int) {
        guard !rows.isEmpty else { return }
        let target = (cursorIndex ?? 0) + distance
        cursor = rows[min(max(0, target), rows.count - 1)]
        if !isHeld { showAll() }
    }

    /// Moves the cursor to the first row; the list follows again.
    public mutating func moveToTop() {
        rows = arrived
        cursor = rows.first
        top = 0
    }

    /// Moves the cursor to the last row.
    public mutating func moveToBottom() {
        cursor = rows.last
    }

    /// Puts the cursor on this row, if it is shown.
    public mutating func select(_ id: ID) {
        guard rows.contains(id) else { return }
        cursor = id
    }

    /// Puts the cursor on the row at this place of a window of this height, counted from 0.
    ///
    /// - Returns: whether there is a row.
    @discardableResult
    public mutating func selectRow(_ place: Int, of height: Int) -> Bool {
        let window = window(rows: height)
        guard place >= 0, place < window.count else { return false }
        cursor = rows[window.lowerBound + place]
        return true
    }

    /// The rows visible in a window of this height: it moves only as far as the cursor needs.
    public func window(rows height: Int) -> Range<Int> {
        guard height > 0, !rows.isEmpty else { return 0..<0 }
        let at = cursorIndex ?? 0
        let lowest = max(0, at - height + 1)
        let start = min(max(top, lowest), at, max(0, rows.count - height))
        return start..<min(rows.count, start + height)
    }

    /// Remembers where the window of this height stands, so that going back up does not drag it along.
    public mutating func place(rows height: Int) {
        top = window(rows: height).lowerBound
    }

    /// When the cursor's own row has gone, it moves to the next one that is still there, else to the one before.
    private mutating func keepCursor(among present: Set<ID>) {
        guard let index = cursorIndex, !present.contains(rows[index]) else { return }
        cursor =
            rows[index...].first(where: present.contains) ?? rows[..<index].last(where: present.contains)
    }
}
