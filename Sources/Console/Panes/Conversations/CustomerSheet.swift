internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// Who asks: what is known of a customer, and everything they asked before.
struct CustomerSheet: Equatable, Sendable {
    /// What is written into the line at the bottom.
    enum Writing: Equatable, Sendable {
        case attribute
        case merge
    }

    let customer: ID<Customer>
    private(set) var profile: CustomerProfile?
    private(set) var writing: Writing?
    var field = TextField(limit: 600)
    private var list = ListState<ID<Conversation>>()
    private var fault: SafeText?

    init(_ customer: ID<Customer>) {
        self.customer = customer
    }

    /// The conversation under the cursor.
    var chosen: ID<Conversation>? { list.cursor }

    private var name: SafeText {
        let name = SafeText(untrusted: profile?.name ?? "", limit: 200).oneLine
        return name.isEmpty ? "customer \(customer)" : name
    }

    mutating func take(_ answer: Result<CustomerProfile, Problem>) {
        switch answer {
        case .success(let profile):
            self.profile = profile
            list.take(profile.conversations.map(\.id))
            list.showAll()
            (writing, fault) = (nil, nil)
        case .failure(let problem): fault = SafeText(untrusted: problem.detail, limit: 300).oneLine
        }
    }

    mutating func move(_ move: ListMove, page: Int) {
        list.move(move, page: page)
    }

    mutating func write(_ what: Writing) {
        writing = what
        fault = nil
        let hint: SafeText =
            what == .attribute
            ? "a name and its value, such as plan gold; the name alone takes it away"
            : "the number of the customer who goes into this one"
        field = TextField(hint: hint, limit: 600)
    }

    /// Esc closes the line, then the sheet; `false` when the sheet is to be closed.
    mutating func stepBack() -> Bool {
        defer { writing = nil }
        return writing != nil
    }

    mutating func send(_ turn: inout Turn) {
        let words = field.text.text.split(maxSplits: 1, whereSeparator: \.isWhitespace).map(String.init)
        guard let first = words.first else { return fault = "write something, or Esc" }
        switch writing {
        case .attribute:
            var change = UpdateCustomer(customer)
            change.attributes = [CustomerAttribute(first.lowercased(), words.count > 1 ? words[1] : "")]
            turn.ask(.updateCustomer(change))
        case .merge:
            guard words.count == 1, let number = Int64(first.drop { $0 == "#" }), number > 0 else {
                return fault = "write the number of the other customer"
            }
            turn.confirm(
                Question(
                    text: "Customer \(number) goes into \(name), with every conversation, for good. Do it?",
                    request: .mergeCustomers(MergeCustomers(ID(number), into: customer))))
        case nil: break
        }
    }

    func draw(_ scene: Scene, in rect: Rect, on frame: inout Frame) {
        let blocked = profile?.blocked == true ? StyledText("blocked", .warning) : ""
        let keys: SafeText =
            writing == nil ? "Enter reads · a attribute · m merge · Esc" : "Enter does it · Esc"
        var inside = Tile(
            "\(name) · customer \(customer)", state: blocked, footer: StyledText(keys, .dim), isFocused: true
        )
        .draw(in: rect, on: &frame).inset(columns: 1)
        if let writing {
            let label: SafeText = writing == .attribute ? "attribute " : "merge "
            let line = inside.bottom(1)
            frame.write(label, in: line.left(label.columns), .accent)
            field.draw(in: line.droppingLeft(label.columns), isFocused: true, on: &frame)
            inside = inside.droppingBottom(1)
        }
        if let fault {
            frame.write(styled: StyledText("▲ \(fault)", .warning), in: inside.bottom(1))
            inside = inside.droppingBottom(1)
        }
        guard let profile else {
            if fault == nil { TextBlock("Reading …", .dim).draw(in: inside, on: &frame) }
            return
        }
        let since = scene.local(profile.createdAt)
        frame.write(
            styled: StyledText("since \(since.date(on: scene.local(scene.now))) · \(ratings(profile))", .dim),
            in: inside.line(0))
        let rows = drawAttributes(profile.attributes, in: inside.droppingTop(1), on: &frame)
        drawConversations(profile, scene, in: inside.droppingTop(2 + rows), on: &frame)
    }

    /// What was noted, long values over up to three lines, in a third of the room; what has none is counted.
    ///
    /// - Returns: the rows it took.
    private func drawAttributes(_ attributes: [CustomerAttribute], in rect: Rect, on frame: inout Frame) -> Int {
        guard !attributes.isEmpty else {
            frame.write("Nothing is noted yet; a notes something.", in: rect.line(0), .dim)
            return 1
        }
        let width = attributes.map { SafeText(untrusted: $0.name, limit: 40).columns }.max() ?? 0
        let room = max(2, rect.rows / 3)
        var row = 0
        for (index, attribute) in attributes.enumerated() {
            let value = SafeText(untrusted: attribute.value, limit: 500).oneLine
            let lines = value.wrapped(to: max(8, rect.columns - width - 2)).map(\.text).prefix(3)
            guard row + lines.count <= (index == attributes.count - 1 ? room : room - 1) else {
                let left = attributes.count - index
                frame.write("\(left) more: watchdesk customers show \(customer)", in: rect.line(row), .dim)
                return row + 1
            }
            frame.write(SafeText(untrusted: attribute.name, limit: 40), in: rect.line(row).left(width), .accent)
            for line in lines {
                frame.write(line, in: rect.line(row).droppingLeft(width + 2), .text)
                row += 1
            }
        }
        return row
    }

    private func ratings(_ profile: CustomerProfile) -> SafeText {
        let count = profile.conversations.count
        let given = profile.conversations.compactMap(\.rating)
        let words: SafeText =
            count == 1 ? "1 conversation" : count == 100 ? "the newest 100 conversations" : "\(count) conversations"
        guard !given.isEmpty else { return words }
        let mean = Double(given.reduce(0, +)) / Double(given.count)
        return
            "\(words) · rated \(SafeText(untrusted: Decimals.fixed(mean, decimals: 1))) of 5 on average (\(given.count))"
    }

    private func drawConversations(
        _ profile: CustomerProfile, _ scene: Scene, in rect: Rect, on frame: inout Frame
    ) {
        let table = Table(
            [
                Table.Column("when", width: 16), Table.Column("#", width: 7, align: .right),
                Table.Column("status", width: 10), Table.Column("rating", width: 10, priority: 2),
                Table.Column("about", width: 16, stretch: 4), Table.Column("tags", width: 10, stretch: 1, priority: 3),
            ], empty: "No conversations.")
        let window = list.window(rows: table.visibleRows(in: rect))
        table.draw(
            count: list.rows.count, first: window.lowerBound, selected: list.cursorIndex, isFocused: writing == nil,
            in: rect, on: &frame
        ) { index in cells(profile.conversations[index], scene) }
    }

    private func cells(_ conversation: Conversation, _ scene: Scene) -> [StyledText] {
        let local = scene.local(conversation.updatedAt)
        let about = SafeText(untrusted: conversation.subject, limit: 200).oneLine
        let tags = conversation.tags.map { "#\(SafeText(untrusted: $0, limit: 40).oneLine)" as SafeText }
        return [
            StyledText(local.dateAndClock(on: scene.local(scene.now)), .dim), StyledText("\(conversation.id)", .dim),
            StyledText(SafeText(untrusted: conversation.status.rawValue)),
            StyledText(conversation.rating.map { "\($0) of 5" } ?? "", .dim), StyledText(about),
            StyledText(tags.joined(separator: " "), .accent),
        ]
    }
}
