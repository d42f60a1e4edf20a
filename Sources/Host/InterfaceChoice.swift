/// Which network interfaces a sampler reports and sums up.
public enum InterfaceChoice: Sendable {
    /// Hardware only, so that no byte is counted twice; in a container, where there is none, all but the loopback.
    case physical
    /// All but the loopback; totals count bridged traffic twice.
    case all
}
