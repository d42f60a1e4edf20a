public import Terminal

extension Screen {
    /// How a screen is opened.
    public struct Options: Sendable {
        /// Where keys come from.
        public var input: Int32 = 0
        /// Where frames go.
        public var output: Int32 = 1
        /// Whether signals are caught, so that the terminal is restored on every way out.
        public var catchesSignals = true
        /// Whether standard error is kept back while the screen is up, if it goes to a terminal.
        public var holdsErrors = true
        /// Whether clicks and the wheel are reported; then the terminal selects text only with Shift.
        public var hasMouse = false
        /// The glyphs to use; `nil` decides by the locale.
        public var glyphs: GlyphSet?

        /// The usual: standard input and output, everything caught, no mouse.
        public init() {}
    }

    /// Something that the system wants, apart from keys.
    public enum Signal: Hashable, Sendable {
        /// The terminal has another size: wait until it rests, then call `resize`.
        case resized
        /// The program should end: it was told to, or its terminal hung up.
        case exitWanted
        /// The program should stop, as after Ctrl-Z: call `suspend`.
        case stopWanted
        /// The program was stopped and goes on; the screen has been restored and repaints itself.
        case continued
    }
}
