/// What a cell means; a theme gives each meaning its colours, a pane names meanings only.
public enum Role: UInt8, Sendable, CaseIterable {
    /// Plain values and running text; also the background of the screen.
    case text
    /// Labels, units and everything that should not draw the eye.
    case dim
    /// A value that a person looks for first.
    case strong
    /// The title in a frame.
    case title
    /// The lines of a frame.
    case frame
    /// The lines of the frame in focus.
    case frameFocus
    /// Focus, and nothing else.
    case accent
    /// The row under the cursor.
    case selection
    /// The row under the cursor of a list without focus.
    case selectionDim
    /// Fine; rare, because it draws the eye.
    case ok
    /// Worth knowing.
    case info
    /// Watch it.
    case warning
    /// A person must act.
    case critical
    /// May become an alert; waiting to be sure.
    case pending
    /// Somebody is on it.
    case acked
    /// Known, and silenced.
    case muted
    /// Something that leads elsewhere.
    case link
    /// Words of a customer.
    case customer
    /// Words of the assistant.
    case assistant
    /// Words of an agent.
    case agent
    /// An internal note.
    case note
    /// A line that the desk itself wrote.
    case system
    /// The first line of a chart with several.
    case series1
    /// The second line of a chart with several.
    case series2
    /// The third line of a chart with several.
    case series3
    /// The fourth line of a chart with several.
    case series4
    /// The fifth line of a chart with several.
    case series5
    /// The sixth line of a chart with several.
    case series6
    /// The foot of a chart's gradient.
    case chartLow
    /// The middle of a chart's gradient.
    case chartMid
    /// The top of a chart's gradient.
    case chartHigh
    /// The line at which an alert fires.
    case threshold
    /// Something that happened, on the time axis.
    case marker
    /// What a search found.
    case searchHit
    /// What a person types.
    case inputText
    /// What an empty input line says.
    case inputHint
    /// The frame while the console is rewound.
    case past

    /// The role of this name, as themes write it: `series1`, `frameFocus`.
    public init?(name: String) {
        guard let role = Role.byName[name] else { return nil }
        self = role
    }

    /// The name as themes write it.
    public var name: String { String(describing: self) }

    /// The role of a chart's line by its place, counted from 0; after six it starts again.
    public static func series(_ index: Int) -> Role {
        Role(rawValue: Role.series1.rawValue + UInt8(index % 6)) ?? .series1
    }

    /// How many roles there are; their raw values run from 0 to one less.
    public static let count = allCases.count

    private static let byName = Dictionary(uniqueKeysWithValues: allCases.map { ($0.name, $0) })
}
