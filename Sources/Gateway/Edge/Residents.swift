internal import NIOCore
internal import Vocabulary

/// A connection as its event loop looks after it.
protocol Resident: AnyObject {
    /// Looks at the clock: asks for signs of life, ends what takes too long.
    func tick(at now: Monotonic)
    /// Ends as soon as what is under way is done.
    func drain()
    /// Ends now.
    func end()
}

/// The connections of one event loop; only touched on that loop.
final class Residents {
    private var connections: [Int: any Resident] = [:]
    private var ticking: RepeatedTask?
    private var lastNumber = 0
    private var isDraining = false
    private var isEnding = false
    private var emptied: EventLoopPromise<Void>?

    /// How often connections look at the clock.
    static let tickTime = TimeAmount.milliseconds(500)

    /// Looks after a connection from now on; gives the number under which it leaves.
    func enter(_ resident: any Resident, on loop: any EventLoop) -> Int {
        lastNumber += 1
        connections[lastNumber] = resident
        if ticking == nil { startTicking(on: loop) }
        receive(resident)
        return lastNumber
    }

    /// Puts another resident in the place of one, when a connection changes its protocol.
    func replace(_ number: Int, with resident: any Resident) {
        connections[number] = resident
        receive(resident)
    }

    /// One that comes while the others leave is sent after them.
    private func receive(_ resident: any Resident) {
        if isEnding {
            resident.end()
        } else if isDraining {
            resident.drain()
        }
    }

    /// Forgets a connection that closed.
    func leave(_ number: Int) {
        connections[number] = nil
        guard connections.isEmpty else { return }
        ticking?.cancel()
        ticking = nil
        emptied?.succeed()
        emptied = nil
    }

    /// Lets every connection end when its work is done; the future holds when the last one has.
    func drain(on loop: any EventLoop) -> EventLoopFuture<Void> {
        isDraining = true
        guard !connections.isEmpty else { return loop.makeSucceededVoidFuture() }
        let promise = emptied ?? loop.makePromise()
        emptied = promise
        for connection in Array(connections.values) { connection.drain() }
        return promise.futureResult
    }

    /// Ends every connection now.
    func end() {
        isDraining = true
        isEnding = true
        for connection in Array(connections.values) { connection.end() }
    }

    private func startTicking(on loop: any EventLoop) {
        // Without connections nothing ticks: an idle gateway costs nothing.
        let residents = NIOLoopBound(self, eventLoop: loop)
        ticking = loop.scheduleRepeatedTask(initialDelay: Residents.tickTime, delay: Residents.tickTime) { _ in
            residents.value.tick(at: .onLoop)
        }
    }

    private func tick(at now: Monotonic) {
        for connection in Array(connections.values) { connection.tick(at: now) }
    }
}

extension Monotonic {
    /// What an event loop's clock says now.
    static var onLoop: Monotonic { Monotonic(nanoseconds: Int64(clamping: NIODeadline.now().uptimeNanoseconds)) }
}
