import Testing

@testable import Host

@Suite struct ControlGroupTests {
    @Test func `version 2 limits and their use`() throws {
        let root = try TestRoot("container")
        var rig = Rig(root)
        let first = rig.sample()
        #expect(first["cgroup.memory.limit"] == 536_870_912)
        #expect(first["cgroup.memory.used"] == 314_572_800.0 - 46_137_344)
        #expect(first["cgroup.memory.used_percent"] == 50)
        #expect(first["cgroup.cpu.limit"] == 0.5)
        #expect(first["cgroup.cpu.used_percent"] == nil)
        try root.write(
            "sys/fs/cgroup/cpu.stat", "usage_usec 2250000\nnr_periods 150\nnr_throttled 35\nthrottled_usec 9000\n")
        let second = rig.sample(after: 5)
        #expect(second["cgroup.cpu.used_percent"] == 50)
        #expect(second["cgroup.cpu.throttled"] == 50)
        #expect(second["memory.total"] == 24_682_416.0 * 1024, "the host stays the host")
    }

    @Test func `version 1 limits are found in the group's own folder`() throws {
        let root = try TestRoot("server")
        var rig = Rig(root)
        let first = rig.sample()
        #expect(first["cgroup.memory.limit"] == 1_073_741_824)
        #expect(first["cgroup.memory.used"] == 805_306_368.0 - 268_435_456)
        #expect(first["cgroup.cpu.limit"] == 2)
        try root.write(
            "sys/fs/cgroup/cpu,cpuacct/system.slice/watch.service/cpuacct.usage", "10000000000\n")
        let taken1 = rig.sample(after: 5)
        #expect(taken1["cgroup.cpu.used_percent"] == 50)
    }

    @Test func `without a limit nothing is said`() throws {
        let root = try TestRoot("workstation")
        var rig = Rig(root)
        let taken2 = rig.sample()
        #expect(taken2["cgroup.memory.limit"] == nil)
        let taken3 = rig.sample()
        #expect(taken3["cgroup.cpu.limit"] == nil)
    }

    @Test func `a limit above what the host has does not count`() throws {
        let root = try TestRoot("container")
        try root.write("sys/fs/cgroup/memory.max", "99999999999999\n")
        try root.write("sys/fs/cgroup/cpu.max", "800000 100000\n")
        var rig = Rig(root)
        let taken4 = rig.sample()
        #expect(taken4["cgroup.memory.limit"] == nil)
        let taken5 = rig.sample()
        #expect(taken5["cgroup.cpu.limit"] == nil)
    }

    @Test func `the tightest limit on the way to the top counts`() throws {
        let root = try TestRoot("workstation")
        try root.write("sys/fs/cgroup/user.slice/memory.max", "1000000\n")
        try root.write("sys/fs/cgroup/user.slice/memory.current", "250000\n")
        try root.write("sys/fs/cgroup/user.slice/memory.stat", "inactive_file 0\n")
        try root.write("sys/fs/cgroup/user.slice/user-1000.slice/memory.max", "2000000\n")
        var rig = Rig(root)
        let taken6 = rig.sample()
        #expect(taken6["cgroup.memory.limit"] == 1_000_000)
        let taken7 = rig.sample()
        #expect(taken7["cgroup.memory.used_percent"] == 25)
    }

    @Test func `a limit set later is found within half a minute`() throws {
        let root = try TestRoot("workstation")
        var rig = Rig(root)
        _ = rig.sample()
        try root.write("sys/fs/cgroup/user.slice/cpu.max", "100000 100000\n")
        let taken8 = rig.sample(after: 29)
        #expect(taken8["cgroup.cpu.limit"] == nil)
        let taken9 = rig.sample(after: 1)
        #expect(taken9["cgroup.cpu.limit"] == 1)
    }

    @Test func `no control groups at all`() throws {
        let root = try TestRoot("container")
        try root.remove("proc/self/cgroup")
        var rig = Rig(root)
        let taken10 = rig.sample()
        #expect(taken10["cgroup.memory.limit"] == nil)
    }

    @Test func `paths that climb out of the tree are ignored`() {
        let bytes = Array("0::/../../etc\n4:memory:relative\n".utf8)
        let parsed = ControlGroup.parse(bytes.span)
        #expect(parsed == ControlGroup())
    }
}
