internal import CLinux
internal import CNcurses
public import Terminal

extension Screen {
    /// How long after an `ESC` more bytes belong to it, in milliseconds.
    private static let escapeDelay: Int32 = 25
    /// How long a paste may pause before it counts as complete, in nanoseconds.
    private static let pastePause: Int64 = 2_000_000_000
    /// The most bytes taken in one call, so that a flood of keys cannot hold up the drawing.
    private static let mostBytes = 1 << 18

    /// The keys that have come; does not wait, but for the moment that tells an Escape key from a sequence.
    ///
    /// Call it when `inputDescriptor` is readable. Once `isInputClosed` is true there will be no more.
    public func nextKeys() -> [Key] {
        guard !isInputClosed else { return [] }
        var keys = takeInput(wait: 0)
        if decoder.isWaiting, !isInputClosed {
            keys += takeInput(wait: Screen.escapeDelay)
            if decoder.isWaiting { keys += decoder.flush() }
        }
        if decoder.isPasting, wd_monotonic_nanoseconds() - lastPasteByte > Screen.pastePause {
            keys += decoder.flush()
        }
        // Others may have written over the screen while it was away.
        if keys.contains(.focusIn) { redrawAll() }
        return keys
    }

    /// Whether what came last ends with time, so that keys have to be asked for although none came.
    public var expectsKeys: Bool { decoder.isWaiting || decoder.isPasting }

    private func takeInput(wait: Int32) -> [Key] {
        var keys: [Key] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        var wait = wait
        var total = 0
        while total < Screen.mostBytes {
            let count = unsafe wd_read_input(options.input, &buffer, buffer.count, wait)
            guard count > 0 else {
                isInputClosed = isInputClosed || count < 0
                break
            }
            keys += decoder.take(buffer[..<count])
            if decoder.isPasting { lastPasteByte = wd_monotonic_nanoseconds() }
            total += count
            wait = 0
        }
        return keys
    }
}
