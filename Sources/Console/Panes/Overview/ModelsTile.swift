internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// What answers the customers, with tokens and delay, in the overview.
struct ModelsTile {
    let list: ListState<ID<ModelVersion>>
    let scene: Scene
    let isFocused: Bool

    private static let height = 3

    func draw(in rect: Rect, on frame: inout Frame) {
        let first = list.rows.first.flatMap { scene.facts.models[$0] }
        let state = StyledText(first?.aliases.first ?? "", .dim)
        let inside = Tile("Models", state: state, key: "5", isFocused: isFocused).draw(in: rect, on: &frame)
            .inset(columns: 1)
        guard !list.rows.isEmpty else {
            TextBlock(emptyText, .dim).draw(in: inside, on: &frame)
            return
        }
        let window = list.window(rows: max(1, (inside.rows + 1) / (ModelsTile.height + 1)))
        for (line, index) in window.enumerated() {
            guard let model = scene.facts.models[list.rows[index]] else { continue }
            let place = inside.droppingTop(line * (ModelsTile.height + 1)).top(ModelsTile.height)
            if isFocused, model.id == list.cursor { frame.fill(place, on: .selection) }
            draw(model, in: place, on: &frame)
        }
    }

    private var emptyText: SafeText {
        if let words = scene.modelsOfThePast { return words }
        if let fault = scene.facts.faults[.models] { return "Models could not be read: \(fault)" }
        return scene.facts.loaded.contains(.models)
            ? "Nothing has answered yet: the first answer registers its model here." : "Reading the models …"
    }

    private func draw(_ model: ModelRow, in place: Rect, on frame: inout Frame) {
        let words = ModelWords(model: model)
        frame.write(model.name, in: place.line(0).droppingRight(11), .strong)
        frame.write(model.aliases.first ?? "", in: place.line(0).right(10), .dim, align: .right)
        frame.write(styled: words.requests + "  " + words.errors, in: place.line(1).droppingLeft(2))
        frame.write(styled: words.delay + "  " + words.tokens, in: place.line(2).droppingLeft(2))
    }
}
