internal import Terminal
internal import Vocabulary

/// Tables of the disks, the file systems and the network interfaces.
struct DeviceSections {
    let reading: SystemReading

    var disks: SystemSection {
        let devices = reading.devices("disk", with: "busy")
        let table = Table(
            [
                Table.Column("device", width: 8, stretch: 1), Table.Column("read", width: 10, align: .right),
                Table.Column("write", width: 10, align: .right), Table.Column("busy", width: 6, align: .right),
                Table.Column("reads", width: 8, align: .right, priority: 2),
                Table.Column("writes", width: 8, align: .right, priority: 2),
                Table.Column("latency", width: 8, align: .right, priority: 1),
                Table.Column("queue", width: 5, align: .right, priority: 3),
            ], empty: "n/a: no disk is measured here")
        return section("Disks", waiting, table, devices) { device in
            [
                name(device), rate("disk.\(device).read"), rate("disk.\(device).write"),
                share("disk.\(device).busy"), number("disk.\(device).reads", .perSecond),
                number("disk.\(device).writes", .perSecond), latency(device), number("disk.\(device).queue", .plain),
            ]
        }
    }

    private var waiting: StyledText {
        StyledText("PSI some ", .dim) + LoadSign.pressure(reading["pressure.io.some_avg10"]) + StyledText(" all ", .dim)
            + LoadSign.pressure(reading["pressure.io.full_avg10"])
    }

    /// The slower of reading and writing.
    private func latency(_ device: String) -> StyledText {
        let times = [reading["disk.\(device).read_latency"], reading["disk.\(device).write_latency"]].compactMap { $0 }
        return ModelWords.time(times.max()).styled()
    }

    var fileSystems: SystemSection {
        let mounts = reading.devices("fs", with: "used_percent")
        let table = Table(
            [
                Table.Column("mounted at", width: 10, stretch: 1), Table.Column("used", width: 7, align: .right),
                Table.Column("available", width: 9, align: .right), Table.Column("of", width: 8, align: .right),
                Table.Column("inodes", width: 7, align: .right, priority: 1),
            ], empty: "n/a: no file system is measured here")
        return section("File systems", "", table, mounts) { mount in
            let isStale = reading["fs.\(mount).stale"] == 1
            let label = isStale ? name(mount) + StyledText(" does not answer", .warning) : name(mount)
            return [
                label, share("fs.\(mount).used_percent"), number("fs.\(mount).available", .bytes),
                number("fs.\(mount).total", .bytes), share("fs.\(mount).inodes_used_percent"),
            ]
        }
    }

    var network: SystemSection {
        let interfaces = reading.devices("net", with: "received")
        let table = Table(
            [
                Table.Column("interface", width: 9, stretch: 1), Table.Column("in", width: 10, align: .right),
                Table.Column("out", width: 10, align: .right),
                Table.Column("packets in", width: 10, align: .right, priority: 2),
                Table.Column("packets out", width: 11, align: .right, priority: 2),
                Table.Column("errors", width: 7, align: .right, priority: 1),
                Table.Column("drops", width: 7, align: .right, priority: 1),
            ], empty: "n/a: no interface is measured here")
        return section("Network", "", table, interfaces) { interface in
            [
                name(interface), rate("net.\(interface).received"), rate("net.\(interface).sent"),
                number("net.\(interface).packets_received", .perSecond),
                number("net.\(interface).packets_sent", .perSecond), loss("net.\(interface).errors"),
                loss("net.\(interface).drops"),
            ]
        }
    }

    /// The thermometers of the hardware; `nil` where there are none, as in most virtual machines.
    var sensors: SystemSection? {
        let sensors = reading.devices("sensor", with: "temperature")
        guard !sensors.isEmpty else { return nil }
        let table = Table(
            [
                Table.Column("sensor", width: 12, stretch: 1), Table.Column("temperature", width: 11, align: .right),
            ], empty: "n/a")
        return section("Temperatures", "", table, sensors) { sensor in
            let metric = "sensor.\(sensor).temperature"
            return [name(sensor), reading.quantity(metric, .celsius).styled(LoadSign.heat(reading[metric]))]
        }
    }

    private func section(
        _ title: SafeText, _ state: StyledText, _ table: Table, _ devices: [String],
        row: @escaping (String) -> [StyledText]
    ) -> SystemSection {
        SystemSection(title: title, state: state, rows: max(1, devices.isEmpty ? 1 : devices.count + 1)) {
            rect, frame in
            table.draw(count: devices.count, in: rect, on: &frame) { row(devices[$0]) }
        }
    }

    private func name(_ device: String) -> StyledText { StyledText(SafeText(untrusted: device, limit: 80).oneLine) }

    private func rate(_ metric: String) -> StyledText { reading.quantity(metric, .bytesPerSecond).styled() }

    private func number(_ metric: String, _ unit: Quantity.Unit) -> StyledText {
        reading.quantity(metric, unit).styled()
    }

    private func share(_ metric: String) -> StyledText {
        let role = LoadSign.role(reading[metric])
        return reading.quantity(metric, .percent).styled(role == .series1 ? .text : role)
    }

    /// What is lost on the way is worth a look as soon as it is not nothing.
    private func loss(_ metric: String) -> StyledText {
        reading.quantity(metric, .perSecond).styled((reading[metric] ?? 0) > 0 ? .warning : .text)
    }
}
