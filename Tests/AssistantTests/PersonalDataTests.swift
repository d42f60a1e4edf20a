import Testing
import Vocabulary

@testable import Assistant

@Suite struct PersonalDataTests {
    @Test(arguments: [
        ("Write to anna.k+shop@mail.example.org please", "Write to [email 1] please"),
        ("My card 4111 1111 1111 1111 was charged", "My card [card 1] was charged"),
        ("5500-0055-5555-5559.", "[card 1]."),
        ("IBAN DE89 3704 0044 0532 0130 00, thanks", "IBAN [account 1], thanks"),
        ("call +49 (30) 123-4567 or 0044 20 7946 0958", "call [phone 1] or [phone 2]"),
        ("(anna@example.org), <b@c.co.uk>! x@y.z.info.", "([email 1]), <[email 2]>! [email 3]."),
        ("größe ö@ü.de weiß a@b.de", "größe ö@ü.de weiß [email 1]"), ("a@b@c.de@", "a@[email 1]@"),
        ("a@b.de and c@d.de and a@b.de", "[email 1] and [email 2] and [email 1]"),
    ])
    func `what has the form of a datum is hidden, and comes back`(text: String, hidden: String) {
        var data = PersonalData()
        #expect(data.hide(in: text) == hidden)
        #expect(data.restore(in: hidden) == text)
    }

    @Test(arguments: [
        "My order 48213 of 2026-11-27 for 4111111111111112 cents", "version 1.2.3, port 7180, 192.168.10.20",
        "ISBN 978-3-16-148410", "it costs 1,234,567.89", "GB00 1234", "@home at 10:30", "[email 1] is no address", "",
    ])
    func `what only looks like one is left alone`(text: String) {
        var data = PersonalData()
        #expect(data.hide(in: text) == text)
        #expect(data.isEmpty)
    }

    @Test func `marks that are cut into pieces come back whole, whatever the pieces`() {
        var data = PersonalData()
        _ = data.hide(in: "anna@example.org, +49 30 1234567")
        let answer = "I wrote to [email 1] and called [phone 1]. Lists[0] and [ brackets [stay] as they are ["
        let whole = data.restore(in: answer)
        var chance = SplitMix64(seed: 5)
        for _ in 0..<300 {
            var stream = PersonalDataStream(data)
            var shown = ""
            var rest = answer[...]
            while !rest.isEmpty {
                let piece = rest.prefix(Int.random(in: 1...7, using: &chance))
                rest = rest.dropFirst(piece.count)
                shown += stream.take(String(piece))
            }
            #expect(shown + stream.finish() == whole)
        }
    }
}
