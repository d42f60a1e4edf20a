/// What a person did at the terminal.
public enum Key: Hashable, Sendable {
    /// A character of text, with all its marks.
    case character(Character)
    /// A letter with Ctrl, in lower case, such as `c` for Ctrl-C.
    case control(Character)
    /// A character with Alt.
    case alt(Character)
    /// The Enter key.
    case enter
    /// The Escape key alone.
    case escape
    /// The Tab key.
    case tab
    /// Shift and Tab.
    case backTab
    /// Deletes to the left.
    case backspace
    /// Deletes to the right.
    case delete
    /// The Insert key.
    case insert
    /// A key that moves a cursor, with what was held down.
    case move(Direction, Modifiers)
    /// A function key, F1 is 1.
    case function(Int)
    /// Text that was pasted; it is text in every pane, never keys.
    case paste(String)
    /// Something done with the mouse.
    case mouse(MouseEvent)
    /// The terminal window came to the front.
    case focusIn
    /// The terminal window went to the back.
    case focusOut

    /// Where a cursor key leads.
    public enum Direction: Hashable, Sendable {
        /// One row up.
        case up
        /// One row down.
        case down
        /// One glyph left.
        case left
        /// One glyph right.
        case right
        /// To the beginning.
        case home
        /// To the end.
        case end
        /// One window up.
        case pageUp
        /// One window down.
        case pageDown
    }

    /// The keys held down with another.
    public struct Modifiers: OptionSet, Hashable, Sendable {
        /// One bit each, as terminals send them.
        public let rawValue: UInt8

        /// A set from its bits.
        public init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        /// The Shift key.
        public static let shift = Modifiers(rawValue: 1)
        /// The Alt key.
        public static let alt = Modifiers(rawValue: 2)
        /// The Ctrl key.
        public static let control = Modifiers(rawValue: 4)
    }

    /// One row up.
    public static let up = Key.move(.up, [])
    /// One row down.
    public static let down = Key.move(.down, [])
    /// One glyph left.
    public static let left = Key.move(.left, [])
    /// One glyph right.
    public static let right = Key.move(.right, [])
    /// To the beginning.
    public static let home = Key.move(.home, [])
    /// To the end.
    public static let end = Key.move(.end, [])
    /// One window up.
    public static let pageUp = Key.move(.pageUp, [])
    /// One window down.
    public static let pageDown = Key.move(.pageDown, [])
}

/// A button, the wheel, or a movement of the mouse, at a cell.
public struct MouseEvent: Hashable, Sendable {
    /// What was done.
    public enum Action: Hashable, Sendable {
        /// A button went down: 0 left, 1 middle, 2 right.
        case press(Int)
        /// A button went up.
        case release(Int)
        /// The mouse moved with a button held.
        case drag(Int)
        /// The wheel turned away from the person.
        case wheelUp
        /// The wheel turned towards the person.
        case wheelDown
    }

    /// What was done.
    public let action: Action
    /// The cell, from 0 at the top left.
    public let position: Position

    /// Something done at a cell.
    public init(_ action: Action, at position: Position) {
        self.action = action
        self.position = position
    }
}
