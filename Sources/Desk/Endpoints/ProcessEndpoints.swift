internal import DeskAPI
internal import Host
internal import Monitoring
internal import Vocabulary

extension EndpointTable {
    /// The processes of the gateway's own host.
    var processes: [Endpoint] {
        let processes = parts.processes
        let clock = clock
        return [
            bind(Operations.listProcesses) { _, input, _ in
                try await processes.list(input, at: clock.monotonic())
            },
            bind(Operations.signalProcess) { caller, input, now in
                try await processes.signal(input, by: caller, at: now, monotonic: clock.monotonic())
            },
        ]
    }
}
