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
        let hasTraffic = facts.newestDeployment != nil
        let hasTraining = facts.newestTraining != nil
        if room.columns >= 120, room.rows >= 16, hasTraffic || hasTraining {
            let side = room.right(room.columns * 2 / 5)
            let main = room.left(room.columns - side.columns)
            let rows = ModelsLayout.detailRows(in: main)
            detail = main.bottom(rows)
            list = main.droppingBottom(rows)
            let trafficRows = hasTraffic ? (hasTraining ? min(TrafficTile.rows, side.rows * 3 / 5) : side.rows) : 0
            if hasTraffic { traffic = side.top(trafficRows) }
            if hasTraining { training = side.droppingTop(trafficRows) }
            return
        }
        // What is under way comes before what is known anyway.
        if facts.openDeployment != nil, room.rows >= 11 {
            traffic = room.bottom(min(9, room.rows - 6))
            room = room.droppingBottom(traffic?.rows ?? 0)
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
