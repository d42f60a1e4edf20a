extension Frame {
    /// Gives cells of some meanings another one, such as frames while everything shown is of the past.
    public mutating func recolour(_ rect: Rect, from roles: Set<Role>, to role: Role) {
        let rect = rect.intersection(bounds)
        for row in rect.row..<rect.endRow {
            for index in (row * size.columns + rect.column)..<(row * size.columns + rect.endColumn)
            where roles.contains(cells[index].role) {
                cells[index].role = role
            }
        }
    }
}
