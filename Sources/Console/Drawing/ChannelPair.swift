internal import Terminal
internal import Vocabulary

/// Two channels of one thing, such as what is read and what is written.
struct ChannelPair: Sendable {
    /// One of them.
    struct Channel: Sendable {
        let metric: String
        let word: SafeText
        let short: SafeText
    }

    let title: SafeText
    let first: Channel
    let second: Channel

    static let disk = ChannelPair(
        title: "Disk", first: Channel(metric: "disk.read", word: "read", short: "r"),
        second: Channel(metric: "disk.write", word: "write", short: "w"))
    static let network = ChannelPair(
        title: "Network", first: Channel(metric: "net.received", word: "in", short: "↓"),
        second: Channel(metric: "net.sent", word: "out", short: "↑"))

    /// A scale that nothing has been shown on yet.
    var scale: RateScale { RateScale(first.metric, second.metric) }

    /// The top of a scale that fits what is shown now.
    func top(in charts: HostCharts) -> Double {
        var highest: Double?
        for value in charts.samples(first.metric) + charts.samples(second.metric) {
            if let value { highest = max(highest ?? value, value) }
        }
        var scale = RateScale.start
        scale.fit(highest)
        return scale.top
    }
}

/// How rates are spread over the height of a chart.
struct RateLook {
    let top: Double
    var isLogarithmic = false

    /// What lies on the foot of a logarithmic chart: a kibibyte a second and less.
    static let logarithmicFoot = 1024.0
}
