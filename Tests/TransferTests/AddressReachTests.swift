import Glibc
import Testing
import Transfer

@Suite(.timeLimit(.minutes(1))) struct AddressReachTests {
    @Test(arguments: [
        "169.254.169.254", "169.254.0.1", "100.100.100.200", "192.0.0.192", "168.63.129.16", "255.255.255.255",
        "224.0.0.1", "fe80::1", "febf:aa::1", "ff02::1", "fd00:ec2::254",
        "::ffff:169.254.169.254", "64:ff9b::169.254.169.254", "2002:a9fe:a9fe::1",
    ])
    func `metadata and link-local addresses are never reached`(text: String) throws {
        let address = try #require(bytes(of: text))
        #expect(!AddressReach.alsoPrivate.allows(address))
        #expect(!AddressReach.publicOnly.allows(address))
    }

    @Test(arguments: [
        "127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1",
        "::1", "::", "fd12:3456::1", "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::10.0.0.1",
    ])
    func `private addresses need leave`(text: String) throws {
        let address = try #require(bytes(of: text))
        #expect(AddressReach.alsoPrivate.allows(address))
        #expect(!AddressReach.publicOnly.allows(address))
    }

    @Test(arguments: ["1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "::ffff:8.8.8.8", "169.253.1.1"])
    func `public addresses are reached`(text: String) throws {
        #expect(AddressReach.publicOnly.allows(try #require(bytes(of: text))))
    }

    @Test func `what is no address is refused`() {
        #expect(!AddressReach.alsoPrivate.allows([]))
        #expect(!AddressReach.alsoPrivate.allows([127, 0, 0]))
    }

    @Test func `the address that is connected to is judged, not the name`() async throws {
        let server = try LoopbackServer { $0.readRequest() }
        let transfer = try Transfer.start(reach: .publicOnly)
        let failure = TransferFailure.addressRefused("localhost:\(server.port)")
        await #expect(throws: failure) {
            try await transfer.request(HTTPRequest(.get, "http://localhost:\(server.port)/"))
        }
    }
}

/// The bytes of a numeric address.
private func bytes(of text: String) -> [UInt8]? {
    var storage = [UInt8](repeating: 0, count: 16)
    if inet_pton(AF_INET, text, &storage) == 1 { return Array(storage[..<4]) }
    return inet_pton(AF_INET6, text, &storage) == 1 ? storage : nil
}
