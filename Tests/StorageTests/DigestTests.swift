import Digests
import Testing

struct DigestTests {
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    ])
    func `SHA-256 agrees with FIPS 180-4`(_ message: String, _ digest: String) {
        #expect(SHA256Digest(of: message).description == digest)
        #expect(SHA256Digest(hexadecimal: digest.uppercased()) == SHA256Digest(of: message))
    }

    @Test func `HMAC agrees with RFC 4231`() {
        let second = SHA256Digest(of: Array("what do ya want for nothing?".utf8), authenticatedBy: Array("Jefe".utf8))
        #expect(second.description == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
        let sixth = SHA256Digest(
            of: Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
            authenticatedBy: [UInt8](repeating: 0xAA, count: 131))
        #expect(sixth.description == "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54")
    }

    @Test func `comparison sees every byte`() {
        let digest = SHA256Digest(of: "secret")
        #expect(digest.isEqualInConstantTime(to: SHA256Digest(of: "secret")))
        for index in 0..<32 {
            var bytes = digest.bytes
            bytes[index] ^= 1
            let other = SHA256Digest(bytes: bytes)
            #expect(other.map(digest.isEqualInConstantTime(to:)) == false)
        }
    }

    @Test func `CRC-32 agrees with its check value`() {
        #expect(CRC32(of: "123456789".utf8).value == 0xCBF4_3926)
        #expect(CRC32(of: []).value == 0)
    }

    @Test func `hexadecimal reads what it writes and refuses the rest`() {
        #expect([UInt8](hexadecimal: "00fF7a") == [0, 255, 122])
        #expect(([0, 255, 122] as [UInt8]).hexadecimal == "00ff7a")
        for text in ["0", "0g", "0x00", "é0"] { #expect([UInt8](hexadecimal: text) == nil) }
    }

    @Test func `base 62 counts up and fills to its width`() {
        #expect([0, 61, 62, 3843].map { Base62.encode($0) } == ["0", "z", "10", "zz"])
        #expect(Base62.encode(UInt64(UInt32.max), width: 6) == "4gfFC3")
        #expect(Base62.encode(7, width: 6) == "000007")
        #expect(Base62.isValid("aZ09") && !Base62.isValid("a_b") && !Base62.isValid("é"))
    }

    @Test func `random text uses all letters about equally`() {
        let text = SecureRandom().base62(62_000)
        let counts = text.utf8.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        #expect(text.utf8.count == 62_000)
        #expect(counts.count == 62)
        // A thousand each on average, with a standard deviation of about 31: eight of them do not happen by chance.
        #expect(counts.values.allSatisfy { (750...1250).contains($0) })
        #expect(SecureRandom().base62(27) != SecureRandom().base62(27))
    }
}
