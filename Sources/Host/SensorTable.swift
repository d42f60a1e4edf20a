internal import Threads
internal import Vocabulary

/// The sensors of the hardware, asked every few seconds on a thread of their own, so that no slow chip stops a sample.
///
/// Without sensors there is no thread.
struct SensorTable {
    /// How often sensors are read: no temperature changes faster than that matters.
    static let interval = Duration.seconds(5)
    /// How often a host without sensors is asked for some.
    static let searchInterval = Duration.seconds(60)

    private let root: String
    private var probe: BackgroundProbe<SensorReading>?
    private var searchedAt: Monotonic?
    /// The newest reading; empty while the sensors do not answer.
    private(set) var reading = SensorReading()
    /// The thermometers, which stay when they cannot be read.
    private(set) var labels: [String] = []
    /// Rises whenever a thermometer came or went.
    private(set) var version = 0

    init(root: String) {
        self.root = root
    }

    /// Takes the newest answer, and asks anew when it is time to; never waits.
    mutating func refresh(at now: Monotonic) {
        search(at: now)
        guard let (answer, isStale) = probe?.newest(at: now), let answer else { return }
        reading = isStale ? SensorReading() : answer
        let found = answer.thermometers.map(\.label)
        guard found != labels else { return }
        labels = found
        version += 1
    }

    /// The temperature of each of ``labels``, in their order.
    var temperatures: [Double?] {
        reading.thermometers.isEmpty ? labels.map { _ in nil } : reading.thermometers.map(\.celsius)
    }

    private mutating func search(at now: Monotonic) {
        guard probe == nil, searchedAt.map({ now - $0 >= SensorTable.searchInterval }) ?? true else { return }
        searchedAt = now
        let root = root
        var buffer = ReadBuffer()
        guard Thermometers(root: root).exist || ProcessorClocks(root: root).mean(&buffer) != nil else { return }
        do throws(ThreadFailure) {
            probe = try BackgroundProbe("sensors", every: SensorTable.interval) {
                var buffer = ReadBuffer()
                return SensorReading(
                    thermometers: Thermometers(root: root).read(), frequency: ProcessorClocks(root: root).mean(&buffer))
            }
        } catch {
            // Without a thread there is no safe way to ask; the next search tries again.
        }
    }
}
