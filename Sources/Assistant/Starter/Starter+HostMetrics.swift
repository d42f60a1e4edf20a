extension StarterKnowledge {
    static let hostMetrics = Document(
        path: "host-metrics.md",
        markdown: #"""
            # What is measured on the host

            ## Metrics of the host
            <!-- keywords: cpu processor memory ram swap disk network load pressure psi uptime monitor measure measured measurement metrics collect system -->
            Once a second Watchdesk reads the processor (in total, per core and per state), memory and swap, disk throughput and space, network traffic, load, pressure (PSI) and uptime.
            It reads them from `/proc` and the file systems; nothing has to be installed on the host.

            ## What n/a means
            <!-- keywords: missing value not available empty dash n/a zero no data container -->
            A source that this machine does not have is shown as `n/a`, never as 0.
            A container often hides pressure or disks.

            ## The history of metrics
            <!-- keywords: past graph chart retention how long stored yesterday trend old history range -->
            Samples are kept on disk, and charts show the past after a restart too.
            A time in which nothing was measured is drawn as a gap.
            `GET /v1/metrics` gives the values of one metric between two times.

            ## What the console itself costs
            <!-- keywords: overhead cpu usage heavy resource consumption performance footprint memory slow -->
            The status line shows what the console itself uses of the processor and of memory.
            Panes that are not shown cost nothing.

            ## Watch other machines
            <!-- keywords: remote host agent several servers fleet multiple machines add server -->
            Other machines send their samples with a key of the role `host-agent`; then each is a host of its own in the System pane.

            """#)
}
