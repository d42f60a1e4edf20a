extension StarterKnowledge {
    static let alerts = Document(
        path: "alerts.md",
        markdown: #"""
            # Alerts

            ## Acknowledge an alert
            <!-- keywords: ack confirm accept handle silence stop mute note expiry minutes somebody looking -->
            Open the Alerts pane with `3`, select the alert and press `a`; add a note and for how long.
            Everybody then sees who acknowledged it and until when.
            The acknowledgment is on disk before any screen shows it, so it survives a restart.
            From the command line: `watchdesk alerts ack ID`; `watchdesk alerts list` shows the numbers.

            ## Pending, firing, recovering and resolved
            <!-- keywords: state status lifecycle condition yellow red difference severity warning critical -->
            A rule whose threshold is passed is pending at first; when that lasts long enough the alert is firing.
            When the value falls below the clear threshold the alert is recovering, and after a while resolved.
            If it fires again while recovering, it is the same alert and the acknowledgment stays.

            ## When an acknowledgment ends
            <!-- keywords: expire expiry forget over time returns again reminder unacknowledge -->
            An acknowledgment has an end, 30 minutes unless you give another.
            When it passes and the alert still fires, the alert asks for a person again.
            An acknowledgment also ends when the alert is resolved.

            ## Who may acknowledge
            <!-- keywords: permission role allowed sre admin agent denied forbidden -->
            Acknowledging needs the role sre or admin.
            An agent sees alerts but cannot acknowledge them.
            Every acknowledgment is in the audit trail.

            ## Why did I get this alert
            <!-- keywords: cause reason rule threshold trigger noise false load cpu memory disk full -->
            Each alert names its rule, the measured value, and the threshold that was passed.
            There are rules for the processor, memory, pressure, disk space and the desk's own health.
            Open the System pane with `2` to see the chart of the same metric.

            """#)
}
