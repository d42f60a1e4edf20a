internal import DeskAPI
internal import Host
internal import Models
internal import Monitoring
internal import Security
internal import Vocabulary

extension EndpointTable {
    /// Alerts, hosts, history, models and the desk at a glance.
    var watching: [Endpoint] {
        let parts = parts
        let status = status
        let clock = clock
        let samples = samples
        let services = services
        return [
            bind(Operations.listAlerts) { _, input, _ in List(parts.alerts.list(input)) },
            bind(Operations.acknowledgeAlert) { caller, input, now in
                try await parts.alerts.acknowledge(input, by: caller, at: now)
            },
            bind(Operations.unacknowledgeAlert) { caller, input, now in
                try await parts.alerts.unacknowledge(input, by: caller, at: now)
            },
            bind(Operations.acknowledgeAlerts) { caller, input, now in
                List(try await parts.alerts.acknowledge(input, by: caller, at: now))
            },
            bind(Operations.resolveAlert) { caller, input, now in
                try await parts.alerts.resolve(input, by: caller, at: now)
            },
            bind(Operations.assignAlert) { caller, input, now in
                try await parts.alerts.assign(input, by: caller, at: now)
            },
            bind(Operations.raiseAlert) { caller, input, now in
                try await parts.alerts.raise(
                    input, host: parts.hosts.own ?? "desk", by: caller, at: now, monotonic: clock.monotonic())
            },
            bind(Operations.showAlert) { _, input, _ in
                let history = try await parts.alerts.history(of: input.id)
                return AlertHistory(
                    history.alert, earlier: history.earlier, audit: history.trail.map(AuditEntry.init))
            },
            bind(Operations.showIncident) { _, input, now in
                try await EndpointTable.incident(input, of: parts, at: now)
            },
            bind(Operations.listSilences) { _, input, now in List(try await parts.alerts.silences(input, at: now)) },
            bind(Operations.createSilence) { caller, input, now in
                try await parts.alerts.silence(input, by: caller, at: now)
            },
            bind(Operations.previewSilence) { _, input, _ in List(try parts.alerts.preview(input)) },
            bind(Operations.expireSilence) { caller, input, now in
                try await parts.alerts.expire(input.id, by: caller, at: now)
            },
            bind(Operations.listHosts) { _, _, _ in List(parts.hosts.newest.map(\.record)) },
            bind(Operations.sendSamples) { _, input, now in try await samples.take(input, at: now) },
            bind(Operations.queryMetric) { _, input, now in
                try await EndpointTable.series(input, of: parts, at: now)
            },
            bind(Operations.listServices) { _, _, _ in List(services.services) },
            bind(Operations.showStatus) { _, _, _ in try await status.current(at: clock.monotonic()) },
        ]
    }

    /// The history that a query means; without a host it is the gateway's own, without times the last five minutes.
    private static func series(
        _ query: QueryMetric, of parts: DeskParts, at now: Timestamp
    ) async throws -> MetricSeries {
        let to = query.to ?? now
        let from = query.from ?? to - .seconds(300)
        guard let host = query.host ?? parts.hosts.own else {
            throw Problem(.notFound, "no host was sampled yet; try again in a second")
        }
        do {
            let series = try await parts.history.series(
                host: host, names: [query.name], from: from, to: to, step: query.step, now: now)
            var found = series.first ?? MetricSeries()
            if query.usual {
                found.usual = try await parts.history.usual(host: host, name: query.name, from: from, to: to, now: now)
            }
            return found
        } catch let failure as HistoryFailure {
            throw Problem(failure)
        }
    }
}
