/// Which network addresses requests may go to, judged on the address that is really connected to.
///
/// Link-local and cloud-metadata addresses are never reached: an address typed into a configuration must not be able
/// to hand a machine's identity to whoever typed it (server-side request forgery, OWASP API7:2023).
public enum AddressReach: Sendable {
    /// Only addresses of the public internet.
    case publicOnly
    /// Also this machine and private networks, where local language models and gateways live.
    case alsoPrivate

    /// Whether a connection to this address, in network order, may be made: 4 bytes for IPv4, 16 for IPv6.
    public func allows(_ address: [UInt8]) -> Bool {
        guard let zone = AddressZone(address) else { return false }
        switch zone {
        case .open: return true
        case .privateNetwork: return self == .alsoPrivate
        case .forbidden: return false
        }
    }
}

/// What kind of place an address is.
private enum AddressZone {
    case open
    case privateNetwork
    case forbidden

    init?(_ address: [UInt8]) {
        switch address.count {
        case 4: self = AddressZone.ofIPv4(address)
        case 16: self = AddressZone.ofIPv6(address)
        default: return nil
        }
    }

    /// After the IANA special-purpose registries, and the metadata services outside of them.
    private static func ofIPv4(_ a: [UInt8]) -> AddressZone {
        switch (a[0], a[1], a[2], a[3]) {
        case (169, 254, _, _): .forbidden
        case (192, 0, 0, 192), (100, 100, 100, 200), (168, 63, 129, 16): .forbidden
        case (224...255, _, _, _): .forbidden
        case (0, _, _, _), (127, _, _, _), (10, _, _, _), (192, 168, _, _): .privateNetwork
        case (172, 16...31, _, _), (100, 64...127, _, _), (198, 18...19, _, _), (192, 0, 0, _): .privateNetwork
        default: .open
        }
    }

    private static func ofIPv6(_ a: [UInt8]) -> AddressZone {
        if let embedded = embeddedIPv4(a) { return ofIPv4(embedded) }
        if a[0] == 0xFE, a[1] & 0xC0 == 0x80 { return .forbidden }
        if a[0] == 0xFF { return .forbidden }
        if a == [0xFD, 0x00, 0x0E, 0xC2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x54] { return .forbidden }
        if a[0] & 0xFE == 0xFC { return .privateNetwork }
        if a[..<15].allSatisfy({ $0 == 0 }), a[15] <= 1 { return .privateNetwork }
        return .open
    }

    /// The IPv4 address that an IPv6 address leads to: mapped, compatible, NAT64 and 6to4.
    private static func embeddedIPv4(_ a: [UInt8]) -> [UInt8]? {
        let isZeroTo10 = a[..<10].allSatisfy { $0 == 0 }
        if isZeroTo10, a[10] == 0xFF, a[11] == 0xFF { return Array(a[12...]) }
        if isZeroTo10, a[10] == 0, a[11] == 0, a[12] != 0 { return Array(a[12...]) }
        if a[..<12].elementsEqual([0x00, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0]) { return Array(a[12...]) }
        if a[0] == 0x20, a[1] == 0x02 { return Array(a[2..<6]) }
        return nil
    }
}
