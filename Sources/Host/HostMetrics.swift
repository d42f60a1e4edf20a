/// The metrics of the whole host, in the order of a sample.
enum HostMetrics {
    static let all = processors + load + pressure + memory + groups + disks + network + kernel

    static let processors: [Metric<HostReading>] = [
        Metric("cpu.busy", .percent, "Processors busy") { $0.cpu?.busy },
        Metric("cpu.user", .percent, "Processors in programs") { $0.cpu?.user },
        Metric("cpu.nice", .percent, "Processors in low-priority programs") { $0.cpu?.nice },
        Metric("cpu.system", .percent, "Processors in the kernel") { $0.cpu?.system },
        Metric("cpu.iowait", .percent, "Processors idle, waiting for disks") { $0.cpu?.iowait },
        Metric("cpu.irq", .percent, "Processors in interrupts") { $0.cpu?.irq },
        Metric("cpu.softirq", .percent, "Processors in soft interrupts") { $0.cpu?.softirq },
        Metric("cpu.steal", .percent, "Processors taken by the hypervisor") { $0.cpu?.steal },
        Metric("cpu.guest", .percent, "Processors in guests") { $0.cpu?.guest },
        Metric("cpu.idle", .percent, "Processors idle") { $0.cpu?.idle },
        Metric("cpu.cores", .count, "Processors online") { double($0.cores) },
        Metric("cpu.frequency", .hertz, "Processors' mean clock") { $0.sensors.frequency },
    ]

    static let load: [Metric<HostReading>] = [
        Metric("load.1", .count, "Load average, 1 min") { $0.load?.one },
        Metric("load.5", .count, "Load average, 5 min") { $0.load?.five },
        Metric("load.15", .count, "Load average, 15 min") { $0.load?.fifteen },
        Metric("tasks.total", .count, "Tasks") { double($0.load?.threads) },
        Metric("tasks.running", .count, "Tasks that run or could") { double($0.running) },
        Metric("tasks.blocked", .count, "Tasks waiting for disks") { double($0.blocked) },
        Metric("tasks.created", .perSecond, "Tasks created") { $0.forks },
        Metric("tasks.switches", .perSecond, "Context switches") { $0.contextSwitches },
    ]

    // The kernel always gives 0 for `full` of the processors of a host, so there is no metric for it.
    static let pressure: [Metric<HostReading>] = [
        Metric("pressure.cpu.some", .percent, "Some waited for a processor") { $0.processorPressure?.some },
        Metric("pressure.cpu.some_avg10", .percent, "Some waited for a processor, 10 s") {
            $0.processorPressure?.someAverage10
        },
        Metric("pressure.memory.some", .percent, "Some waited for memory") { $0.memoryPressure?.some },
        Metric("pressure.memory.full", .percent, "All waited for memory") { $0.memoryPressure?.full },
        Metric("pressure.memory.some_avg10", .percent, "Some waited for memory, 10 s") {
            $0.memoryPressure?.someAverage10
        },
        Metric("pressure.memory.full_avg10", .percent, "All waited for memory, 10 s") {
            $0.memoryPressure?.fullAverage10
        },
        Metric("pressure.io.some", .percent, "Some waited for disks") { $0.diskPressure?.some },
        Metric("pressure.io.full", .percent, "All waited for disks") { $0.diskPressure?.full },
        Metric("pressure.io.some_avg10", .percent, "Some waited for disks, 10 s") { $0.diskPressure?.someAverage10 },
        Metric("pressure.io.full_avg10", .percent, "All waited for disks, 10 s") { $0.diskPressure?.fullAverage10 },
    ]

    static let memory: [Metric<HostReading>] = [
        Metric("memory.total", .bytes, "Memory") { double($0.memory?.total) },
        Metric("memory.used", .bytes, "Memory used (total - available)") { double($0.memory?.used) },
        Metric("memory.used_percent", .percent, "Memory used (total - available)") {
            percent($0.memory?.used, of: $0.memory?.total)
        },
        Metric("memory.available", .bytes, "Memory available") { double($0.memory?.available) },
        Metric("memory.free", .bytes, "Memory without any use") { double($0.memory?.free) },
        Metric("memory.buffers", .bytes, "Memory for disk buffers") { double($0.memory?.buffers) },
        Metric("memory.cached", .bytes, "Memory for the file cache") { double($0.memory?.cached) },
        Metric("memory.reclaimable", .bytes, "Kernel memory that can be given back") { double($0.memory?.reclaimable) },
        Metric("memory.shared", .bytes, "Memory shared by programs") { double($0.memory?.shared) },
        Metric("memory.dirty", .bytes, "Memory to be written to disks") { double($0.memory?.dirty) },
        Metric("memory.major_faults", .perSecond, "Waits for memory from disks") { $0.paging?.majorFaults },
        Metric("memory.oom_kills", .perSecond, "Programs ended for want of memory") { $0.paging?.kills },
        Metric("swap.total", .bytes, "Swap") { double($0.memory?.swapTotal) },
        Metric("swap.used", .bytes, "Swap used") { double($0.memory?.swapUsed) },
        Metric("swap.used_percent", .percent, "Swap used") { percent($0.memory?.swapUsed, of: $0.memory?.swapTotal) },
        Metric("swap.in", .bytesPerSecond, "Read from swap") { $0.paging?.swappedIn },
        Metric("swap.out", .bytesPerSecond, "Written to swap") { $0.paging?.swappedOut },
    ]

    static let groups: [Metric<HostReading>] = [
        Metric("cgroup.memory.limit", .bytes, "Memory allowed here") { double($0.group.memoryLimit) },
        Metric("cgroup.memory.used", .bytes, "Memory used here") { double($0.group.memoryUsed) },
        Metric("cgroup.memory.used_percent", .percent, "Memory used here, of what is allowed") {
            percent($0.group.memoryUsed, of: $0.group.memoryLimit)
        },
        Metric("cgroup.cpu.limit", .count, "Processors allowed here") { $0.group.processorLimit },
        Metric("cgroup.cpu.used_percent", .percent, "Processors used here, of what is allowed") {
            mean(of: $0.group.processorsUsed, over: $0.group.processorLimit).map { $0 * 100 }
        },
        Metric("cgroup.cpu.throttled", .percent, "Periods held back here") { $0.group.throttled },
    ]

    static let disks: [Metric<HostReading>] = [
        Metric("disk.read", .bytesPerSecond, "Disks read") { $0.disks?.read },
        Metric("disk.write", .bytesPerSecond, "Disks written") { $0.disks?.written },
        Metric("disk.reads", .perSecond, "Disk reads") { $0.disks?.reads },
        Metric("disk.writes", .perSecond, "Disk writes") { $0.disks?.writes },
        Metric("disk.busy", .percent, "Busiest disk") { $0.disks?.busy },
    ]

    static let network: [Metric<HostReading>] = [
        Metric("net.received", .bytesPerSecond, "Network received") { $0.network?.received },
        Metric("net.sent", .bytesPerSecond, "Network sent") { $0.network?.sent },
        Metric("net.packets_received", .perSecond, "Packets received") { $0.network?.packetsReceived },
        Metric("net.packets_sent", .perSecond, "Packets sent") { $0.network?.packetsSent },
        Metric("net.errors", .perSecond, "Network errors") { $0.network?.errors },
        Metric("net.drops", .perSecond, "Packets dropped") { $0.network?.drops },
    ]

    static let kernel: [Metric<HostReading>] = [
        Metric("files.open", .count, "Files open") { double($0.files?.open) },
        Metric("files.limit", .count, "Files allowed") { double($0.files?.limit) },
        Metric("files.used_percent", .percent, "Files open, of those allowed") {
            percent($0.files?.open, of: $0.files?.limit)
        },
        Metric("sockets.used", .count, "Sockets") { double($0.sockets?.used) },
        Metric("sockets.tcp", .count, "TCP sockets") { double($0.sockets?.tcp) },
        Metric("sockets.tcp_time_wait", .count, "TCP sockets in time-wait") { double($0.sockets?.timeWait) },
        Metric("sockets.udp", .count, "UDP sockets") { double($0.sockets?.udp) },
        Metric("sensor.temperature", .celsius, "Hottest sensor") { $0.sensors.hottest },
        Metric("uptime", .seconds, "Time since start") { $0.uptime },
    ]
}
