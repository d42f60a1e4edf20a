/// How much room the side in focus has in panes of several sides.
enum ScreenMode: Equatable, Sendable {
    /// Every side has its usual room.
    case normal
    /// The side in focus has half of the screen.
    case half
    /// The side in focus has all of it.
    case full

    /// The next larger one.
    var larger: ScreenMode { self == .normal ? .half : .full }

    /// The next smaller one.
    var smaller: ScreenMode { self == .full ? .half : .normal }
}
