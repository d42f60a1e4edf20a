/// Tells network cards from what is made of them.
struct NetworkDevice {
    /// The folder that stands for `/`.
    let root: String

    /// Whether it is hardware (or looks so to this kernel): no loopback, bridge, tunnel, container link.
    ///
    /// By `/sys` where it is readable, else by the usual names.
    func isPhysical(_ name: String) -> Bool {
        guard name != "lo", !name.contains("/") else { return false }
        guard let target = Paths.link("\(root)/sys/class/net/\(name)") else {
            return !NetworkDevice.composed.contains(where: name.hasPrefix)
        }
        return !target.contains("/virtual/")
    }

    private static let composed = [
        "veth", "docker", "br-", "virbr", "lxcbr", "lxdbr", "cni", "flannel", "cali", "tun", "tap", "wg", "ifb",
        "dummy",
        "bond", "team", "vlan", "vxlan", "sit", "gre", "ip6tnl", "kube-",
    ]
}
