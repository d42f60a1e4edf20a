internal import Vocabulary

/// What a machine does while its next state is on its way to the disk, or did not get there.
extension AlertMachine {
    /// Notes that there was a value which is not judged, so that no gap is seen behind it.
    mutating func touch(_ monotonic: Monotonic) {
        tick(monotonic)
        stopwatch.skip(to: monotonic)
    }

    /// Notes a value whose steps could not be stored yet: the state stays, but the value was seen.
    mutating func postpone(_ steps: [AlertStep], _ monotonic: Monotonic) {
        stopwatch.see(at: monotonic)
        // What contradicts the present state must be seen by the next value, or it would be counted as agreeing.
        if steps.contains(where: { [.withdrawn, .flared, .restarted].contains($0) }) { stopwatch.interrupt() }
    }

    /// Takes over what became known while this state was on its way to the disk.
    mutating func catchUp(with machine: AlertMachine) {
        rule = machine.rule
        stopwatch.skip(to: machine.stopwatch)
    }
}
