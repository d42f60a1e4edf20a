import Settings
import Testing
import Vocabulary

@Suite struct AddressTests {
    @Test(arguments: ["127.0.0.1:7180", "[::1]:0", "desk.example:65535", "0.0.0.0:80"])
    func `an address to listen at is read and written the same`(text: String) {
        #expect(ListenAddress(text)?.description == text)
    }

    @Test(arguments: [
        "", ":80", "host", "host:", "host:65536", "host:-1", "host:+1", "::1:80", "[::1]", "a b:1", "[x]:1", "h:٣",
    ])
    func `what is no address to listen at is refused`(text: String) {
        #expect(ListenAddress(text) == nil)
    }

    @Test(arguments: [
        ("http://h", "http://h", false), ("HTTPS://h:8443/v1//", "https://h:8443/v1", true),
        ("http://[::1]:80/", "http://[::1]:80", false), ("http://[::1]", "http://[::1]", false),
    ])
    func `the address of a server loses its last slashes`(text: String, kept: String, isEncrypted: Bool) {
        #expect(ServerAddress(text)?.text == kept)
        #expect(ServerAddress(text)?.isEncrypted == isEncrypted)
    }

    @Test(arguments: [
        "", "h", "http://", "http:///x", "ftp://h", "http://ana:pw@h", "http://h?a=1", "http://h#a", "http://h:x",
        "http://h h", "http://h\r\nX: 1", "http://é",
    ])
    func `what is no address of a server is refused`(text: String) {
        #expect(ServerAddress(text) == nil)
    }
}
