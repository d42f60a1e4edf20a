internal import Terminal
internal import Vocabulary

extension MetricsPane {
    static let commands: [Command<MetricsPane>] =
        timeCommands + hostCommands + ListCommands.movement { .move($0) }
        + ListCommands.filter(
            open: .openFilter, keep: .keepFilter, clear: .clearFilter,
            isFiltered: { $0.filter.isActive && $0.view.cursor == nil }, move: { .move($0) })

    private static let timeCommands: [Command<MetricsPane>] = [
        Command(
            .left, title: "read left", purpose: "Read the values one column further left; the chart moves along.",
            action: .read(-1), rank: 2),
        Command(
            .right, title: "read right", purpose: "Read the values one column further right.", action: .read(1)),
        Command(
            .escape, title: "stop reading", purpose: "Take the reading cursor off the chart.", action: .leaveCursor,
            applies: { $0.view.cursor != nil }),
        Command(
            .enter, title: "go there", purpose: "Look at the moment under the reading cursor, in every pane.",
            action: .goThere, rank: 3, applies: { $0.view.cursor != nil }),
        Command(
            .character("-"), title: "wider", purpose: "Show a longer time, up to two years.",
            action: .zoom(closer: false), rank: 4,
            obstacle: { state, _ in state.view.isLongest ? "two years are the longest" : nil }),
        Command(
            .character("="), title: "closer",
            purpose: "Show a shorter time; the moment under the reading cursor stays where it is.",
            action: .zoom(closer: true), rank: 5,
            obstacle: { state, _ in state.view.isShortest ? "a minute is the shortest" : nil }),
        Command(
            .character("<"), title: "earlier", purpose: "Show an earlier time, by half of what is shown.",
            action: .pan(-1)),
        Command(
            .character(">"), title: "later", purpose: "Show a later time, by half of what is shown.", action: .pan(1),
            obstacle: { state, _ in state.view.end == nil ? "the chart shows now" : nil }),
        Command(
            .character("0"), title: "last minutes", purpose: "Show the last five minutes again, as they pass.",
            action: .reset),
        Command(
            .character("l"), title: "log scale", purpose: "Spread the values by their ratio.", action: .switchScale),
    ]

    private static let hostCommands: [Command<MetricsPane>] = [
        Command(
            .tab, .backTab, title: "hosts", purpose: "Go from the metrics to the hosts.", action: .otherSide, rank: 1,
            applies: { $0.side == .metrics }),
        Command(
            .tab, .backTab, title: "metrics", purpose: "Go from the hosts to the metrics.", action: .otherSide, rank: 1,
            applies: { $0.side == .hosts }),
        Command(
            .character(" "), title: "on the chart",
            purpose: "Put the host under the cursor on the chart beside the others, or take it off.", action: .mark,
            rank: 2, applies: { $0.side == .hosts }),
        Command(
            .character("x"), title: "only this", purpose: "Show only the host under the cursor.", action: .onlyThis,
            applies: { $0.side == .hosts && !$0.marked.isEmpty }),
    ]
}
