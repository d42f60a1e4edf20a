internal import Terminal

/// Where the parts of the models pane stand: beside each other where there is room, else below.
struct ModelsLayout {
    let whole: Rect
    let list: Rect
    var detail: Rect?
    var traffic: Rect?
    var training: Rect?
    var form: Rect?

    init(_ rect: Rect, _ state: ModelsPane.State, _ facts: DeskFacts) {
        var room = rect
        if state.form != nil {
            form = rect.bottom(min(ModelForm.rows, rect.rows))
            room = rect.droppingBottom(ModelForm.rows)
        }
        whole = room
        let traffic = ModelsPane.traffic(state, facts)
        let hasTraffic = traffic != nil
        // Several versions need a line each.
        let more = traffic.map { $0.all.count > 1 ? $0.all.count : 0 } ?? 0
        let hasTraining = facts.newestTraining != nil
        if room.columns >= 120, room.rows >= 16, hasTraffic || hasTraining {
            let side = room.right(room.columns * 2 / 5)
            let main = room.left(room.columns - side.columns)
            let rows = ModelsLayout.detailRows(in: main)
            detail = main.bottom(rows)
            list = main.droppingBottom(rows)
            let trafficRows =
                hasTraffic ? (hasTraining ? min(TrafficTile.rows + more, side.rows * 3 / 5) : side.rows) : 0
            if hasTraffic { self.traffic = side.top(trafficRows) }
            if hasTraining { training = side.droppingTop(trafficRows) }
            return
        }
        // What is under way comes before what is known anyway.
        if facts.openDeployment != nil, room.rows >= 11 {
            let rows = min(9 + more, room.rows - 6)
            self.traffic = room.bottom(rows)
            room = room.droppingBottom(rows)
        }
        if facts.runningTraining != nil, room.rows >= 10 {
            training = room.bottom(5)
            room = room.droppingBottom(5)
        }
        if room.rows >= 16 {
            let rows = ModelsLayout.detailRows(in: room)
            detail = room.bottom(rows)
            room = room.droppingBottom(rows)
        }
        list = room
    }

    /// Everything of a version where the list has room all the same.
    private static func detailRows(in room: Rect) -> Int { room.rows >= 24 ? 13 : 10 }
}
