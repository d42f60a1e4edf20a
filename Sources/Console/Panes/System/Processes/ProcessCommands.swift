internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// What can be done with the processes of a host.
enum ProcessAction: Equatable, Sendable {
    case show
    case leave
    case move(ListMove)
    case sort(by: Int)
    case reverse
    case tree
    case follow
    case detail
    case openFilter
    case keepFilter
    case clearFilter
    case openSignal
    case chooseSignal(by: Int)
    case acceptSignal
    case sendSignal
    case cancelSignal
}

/// The keys of the processes.
///
/// `j` and `k` are not for moving here, because `k` opens the signals.
enum ProcessCommands {
    static let all: [Command<SystemPane>] = view + list + filter + form

    private static func command(
        _ key: Key, _ title: SafeText, _ purpose: SafeText, _ action: ProcessAction, scope: Scope? = nil,
        rank: Int = 0, mode: Mode = .keys,
        applies: @escaping @Sendable (ProcessesView) -> Bool = { _ in true },
        obstacle: @escaping @Sendable (ProcessesView) -> SafeText? = { _ in nil }
    ) -> Command<SystemPane> {
        Command(
            key, title: title, purpose: purpose, action: .processes(action), scope: scope, rank: rank, mode: mode,
            applies: { $0.processes.isShown && applies($0.processes) },
            obstacle: { state, _ in obstacle(state.processes) })
    }

    private static let view: [Command<SystemPane>] = [
        Command(
            .character("p"), title: "processes", purpose: "Show the processes of the host.",
            action: .processes(.show), scope: .hostsRead, rank: 2, applies: { !$0.processes.isShown }),
        command(
            .character("k"), "signal …",
            "Choose a signal for the process under the cursor; it is sent only after a second key.", .openSignal,
            scope: .hostsSignal, rank: 1, obstacle: obstacleToSignal),
        command(
            .character("p"), "host", "Show what is measured on the host again.", .leave, rank: 7),
        command(
            .enter, "detail", "Show the whole command line, disk traffic, threads and parent, or hide them.", .detail,
            rank: 3, obstacle: needsRow),
        command(
            .escape, "close detail", "Hide the details.", .detail, applies: { $0.isDetailed }),
        command(
            .character("t"), "tree", "Show each process below its parent, or the plain list again.", .tree, rank: 4),
        command(
            .character("f"), "follow", "Keep the cursor on this process wherever it goes, or let it go.", .follow,
            rank: 5, obstacle: needsRow),
        command(
            .character(">"), "next order", "Sort by the next column: pid, cpu, mem, io, age, name.", .sort(by: 1),
            rank: 6),
        command(.character("<"), "order before", "Sort by the column before.", .sort(by: -1)),
        command(.character("r"), "reverse", "Turn the order round.", .reverse),
    ]

    private static let list: [Command<SystemPane>] = [
        command(.down, "row down", "Move the cursor one row down.", .move(.down)),
        command(.up, "row up", "Move the cursor one row up.", .move(.up)),
        command(.pageDown, "page down", "Move the cursor one page down.", .move(.pageDown)),
        command(.pageUp, "page up", "Move the cursor one page up.", .move(.pageUp)),
        command(.home, "first row", "Go to the first row and let the list follow its order again.", .move(.top)),
        command(.end, "last row", "Go to the last row.", .move(.bottom)),
    ]

    private static let filter: [Command<SystemPane>] = [
        command(
            .character("/"), "filter", "Show only some processes, such as cpu>5 and name~post.", .openFilter, rank: 2),
        command(
            .escape, "all rows", "Show every process again.", .clearFilter,
            applies: { !$0.isDetailed && $0.filter.isActive }),
        command(.enter, "keep", "Keep the filter and go to the list.", .keepFilter, rank: 1, mode: .filter),
        command(.down, "keep", "Keep the filter and go to the list.", .keepFilter, mode: .filter),
        command(.escape, "all rows", "Forget the filter.", .clearFilter, rank: 2, mode: .filter),
    ]

    private static let form: [Command<SystemPane>] = [
        command(
            .right, "next signal", "Choose the next signal.", .chooseSignal(by: 1), rank: 2, mode: .form,
            applies: isChoosing),
        command(
            .left, "signal before", "Choose the signal before.", .chooseSignal(by: -1), mode: .form,
            applies: isChoosing),
        command(
            .enter, "accept", "Take this signal; nothing is sent yet.", .acceptSignal, rank: 1, mode: .form,
            applies: isChoosing),
        command(
            .character("y"), "send", "Send the signal to the process that is named.", .sendSignal,
            scope: .hostsSignal, rank: 1, mode: .form, applies: { $0.form?.isConfirming ?? false }),
        command(.escape, "cancel", "Close the form and send nothing.", .cancelSignal, rank: 3, mode: .form),
    ]

    @Sendable private static func isChoosing(_ view: ProcessesView) -> Bool { !(view.form?.isConfirming ?? true) }

    @Sendable private static func needsRow(_ view: ProcessesView) -> SafeText? {
        view.chosen == nil ? "there is no process" : nil
    }

    @Sendable private static func obstacleToSignal(_ view: ProcessesView) -> SafeText? {
        guard let row = view.chosen else { return "there is no process" }
        if row.isKernel { return "\(row.name) is a part of the kernel, which takes no signals" }
        if row.key.pid == 1 { return "process 1 keeps the machine going" }
        return nil
    }
}
