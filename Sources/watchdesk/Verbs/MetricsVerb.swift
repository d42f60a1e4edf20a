internal import ArgumentParser
internal import DeskAPI
internal import JSON
internal import Monitoring
internal import Vocabulary
internal import YAML

/// `watchdesk metrics`: the history of metrics as a table, JSON, CSV or a picture.
struct MetricsVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "metrics", abstract: "Print or draw the history of metrics.",
        discussion: """
            Times are of this machine's clock: \(Moment.accepted), RFC 3339 or Unix seconds.

            EXAMPLES:
              watchdesk metrics cpu.busy load.1
              watchdesk metrics disk.sda.read --host web-1 --from "yesterday 9:00" --to "yesterday 17:00" --csv
              watchdesk metrics cpu.busy memory.used_percent --from "6h ago" --svg load.svg
            """)

    @Argument(help: "The metrics, such as cpu.busy; watchdesk hosts --json lists them.")
    var names: [String]

    @Option(help: ArgumentHelp("The host; the gateway's own unless given.", valueName: "host"))
    var host: String?

    @Option(help: ArgumentHelp("From when; five minutes before --to unless given.", valueName: "time"))
    var from: String?

    @Option(help: ArgumentHelp("Until when; now unless given.", valueName: "time"))
    var to: String?

    @Option(help: ArgumentHelp("Between two points, such as 10s or 5m; chosen unless given.", valueName: "duration"))
    var step: String?

    @Flag(help: "Print CSV: time, host, metric, unit, smallest, mean and largest value.")
    var csv = false

    @Option(help: ArgumentHelp("Draw into this file; - for standard output.", valueName: "file"))
    var svg: String?

    @OptionGroup var list: ListOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
        guard [list.json, csv, svg != nil].count(where: { $0 }) <= 1 else {
            throw Failure("--json, --csv and --svg exclude one another", status: 2)
        }
        guard names.count <= 20 else { throw Failure("at most 20 metrics at once, not \(names.count)", status: 2) }
        let now = Timestamp.now
        let offset = LocalClock.offset(at: now)
        let queries = try names.map { try query($0, now: now, utcOffset: offset) }
        let series = try DeskAccess.use(common) { client in
            var series: [MetricSeries] = []
            for query in queries { series.append(try await client.call(Operations.queryMetric, query)) }
            return series
        }
        try print(series, utcOffset: offset)
    }

    private func query(_ name: String, now: Timestamp, utcOffset: Duration) throws -> QueryMetric {
        var query = QueryMetric()
        query.name = name
        query.host = host
        do throws(MomentFailure) {
            query.to = try to.map { text throws(MomentFailure) in
                try Moment.read(text, now: now, utcOffset: utcOffset)
            }
            query.from = try from.map { text throws(MomentFailure) in
                try Moment.read(text, now: now, utcOffset: utcOffset)
            }
        } catch {
            throw Failure(error.description, status: 2)
        }
        if let from = query.from, from >= query.to ?? now {
            throw Failure(
                "--from is \(from.rfc3339), which is not before --to (\((query.to ?? now).rfc3339))", status: 2)
        }
        if let step {
            guard let length = Duration(shorthand: step), length >= .seconds(1), length <= .seconds(86_400) else {
                throw Failure("--step is \"\(step)\", but must be 1s to 1d, such as 10s or 5m", status: 2)
            }
            query.step = length.components.seconds
        }
        return query
    }

    private func print(_ series: [MetricSeries], utcOffset: Duration) throws {
        if let svg {
            let image = SeriesSVG(utcOffset: utcOffset).draw(series)
            guard svg != "-" else { return Output.write(image) }
            return try PrivateFile.write(image, to: svg)
        }
        if list.json {
            var writer = JSONWriter()
            writer.array { writer in for one in series { one.write(to: &writer) } }
            return Output.write(writer.text + "\n")
        }
        Output.write(csv ? SeriesCSV.text(of: series) : SeriesTable.text(of: series, utcOffset: utcOffset))
    }
}
