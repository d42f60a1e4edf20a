import Glibc
import Host
import Vocabulary

// Microseconds of processor time for each whole sample, device tables, mounts and metrics included.

@main
struct HostSampleBench {
    static func main() {
        let rounds = CommandLine.arguments.count > 1 ? Int(CommandLine.arguments[1]) ?? 20_000 : 20_000
        var sampler = Sampler()
        var known = 0
        for round in 0..<100 { known = take(&sampler, round) }
        let from = cpuNanoseconds()
        for round in 100..<(100 + rounds) { known = take(&sampler, round) }
        let spent = Double(cpuNanoseconds() - from) / 1000 / Double(rounds)
        print("\((spent * 100).rounded() / 100) \(known)")
    }

    /// Clocks that run a second a round: rates, retries and the five-second readings happen as they do in life.
    static func take(_ sampler: inout Sampler, _ round: Int) -> Int {
        let now = Monotonic(nanoseconds: Int64(round) * 1_000_000_000)
        let sample = sampler.sample(at: Timestamp(milliseconds: Int64(round) * 1000), monotonic: now, boottime: now)
        return sample.values.count
    }

    static func cpuNanoseconds() -> Int64 {
        var now = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now)
        return Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec)
    }
}
