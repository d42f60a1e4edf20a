import Testing

@testable import Assistant

@Suite struct TermsTests {
    @Test(arguments: [
        ["acknowledge", "acknowledged", "acknowledging", "acknowledgment", "acknowledges", "ACKNOWLEDGE"],
        ["reply", "replies", "replying"], ["connect", "connection", "connecting", "connected", "connections"],
        ["stop", "stopped", "stopping", "stops"], ["configure", "configuration", "configuring"],
        ["install", "installation", "installed"], ["address", "addresses"], ["cafe", "café", "CAFÉ"],
        ["key", "key's", "keys"],
    ])
    func `forms of a word are one term`(words: [String]) {
        #expect(Set(words.flatMap { Terms.of($0) }).count == 1, "\(words.map { Terms.of($0) })")
    }

    @Test(arguments: [
        ["customer", "custom"], ["number", "numb"], ["status", "state"], ["add", "ad"], ["thing", "th"],
    ])
    func `different words stay apart`(words: [String]) {
        #expect(Set(words.map { Stemmer.stem($0) }).count == words.count)
    }

    @Test func `a text is divided at everything that is no letter or digit`() {
        #expect(
            Terms.words(of: "--listen=127.0.0.1 Don't WATCHDESK_KEY 周敏") == [
                "listen", "127", "0", "0", "1", "dont", "watchdesk", "key", "周", "敏",
            ])
    }

    @Test func `a typing error is forgiven, a different word is not`() {
        var vocabulary = TermVocabulary()
        let number = vocabulary.number(of: "acknowledg")
        for typo in ["aknowledg", "acknowlegd", "acknowledgg", "acknowladg"] {
            #expect(vocabulary.guess(typo) == .init(term: number, errors: 1), "\(typo)")
        }
        #expect(vocabulary.guess("aknoledg") == .init(term: number, errors: 2))
        for other in ["knowledg", "ackno", "acknowledgers", "a", ""] where other != "ackno" {
            #expect(vocabulary.guess(other) == nil, "\(other)")
        }
    }

    @Test func `of several words that may be meant the nearest counts, then the one that says least`() {
        var vocabulary = TermVocabulary()
        let numbers = ["returns", "return", "retorte"].map { vocabulary.number(of: $0) }
        #expect(vocabulary.guess("retrun") == .init(term: numbers[1], errors: 1))
        let (cards, carts) = (vocabulary.number(of: "cardst"), vocabulary.number(of: "cartst"))
        #expect(vocabulary.guess("carxst", rarity: { $0 == cards ? 2 : 1 })?.term == carts)
        #expect(vocabulary.guess("carxst", rarity: { $0 == cards ? 1 : 2 })?.term == cards)
        #expect(vocabulary.guess("4821") == nil && vocabulary.guess("retru") == nil)
        #expect(vocabulary.guess("xeturns") == nil && vocabulary.guess("erturns")?.term == numbers[0])
    }

    @Test func `the logarithm is the natural one`() {
        let known = [
            (1.0, 0.0), (2.718_281_828_459_045, 1), (10, 2.302_585_092_994_046), (0.5, -0.693_147_180_559_945),
        ]
        for (value, logarithm) in known { #expect(abs(Logarithm.natural(value) - logarithm) < 1e-11) }
    }
}
