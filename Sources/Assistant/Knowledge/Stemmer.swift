/// Takes English endings off, so that "acknowledged", "acknowledging" and "acknowledgment" are one term.
///
/// Lighter than Porter's algorithm (Program 14(3), 1980): it never turns one everyday word of a help desk into another,
/// such as "customer" into "custom".
enum Stemmer {
    /// The stem; words with other than ASCII letters, and short ones, are left as they are.
    static func stem(_ word: String) -> String {
        var letters = Array(word.utf8)
        guard letters.count > 3, letters.allSatisfy({ (97...122).contains($0) }) else { return word }
        singular(&letters)
        if !takeVerbEnding(&letters) { takeNounEnding(&letters) }
        if letters.count > 3, letters.last == UInt8(ascii: "e") { letters.removeLast() }
        return String(decoding: letters, as: UTF8.self)
    }

    private static func singular(_ letters: inout [UInt8]) {
        if letters.ends("ies"), letters.count > 4 {
            letters.replace("ies", "y")
        } else if ["sses", "xes", "ches", "shes", "zes"].contains(where: { letters.ends($0) }) {
            letters.removeLast(2)
        } else if letters.ends("s"), !letters.ends("ss"), !letters.ends("us"), !letters.ends("is") {
            letters.removeLast()
        }
    }

    private static func takeVerbEnding(_ letters: inout [UInt8]) -> Bool {
        for ending in ["ing", "ed"] where letters.ends(ending) && !letters.ends("eed") {
            let rest = letters.dropLast(ending.utf8.count)
            guard rest.count >= 3, rest.contains(where: { "aeiouy".utf8.contains($0) }) else { return false }
            letters = Array(rest)
            undouble(&letters)
            return true
        }
        return false
    }

    /// "stopp" back to "stop"; "call" and "press" keep theirs.
    private static func undouble(_ letters: inout [UInt8]) {
        guard letters.count > 3, let last = letters.last, letters[letters.count - 2] == last,
            !"lsz".utf8.contains(last)
        else { return }
        letters.removeLast()
    }

    private static func takeNounEnding(_ letters: inout [UInt8]) {
        let endings = [("ation", 4), ("ment", 5), ("ness", 4), ("ly", 4)]
        for (ending, least) in endings where letters.ends(ending) && letters.count - ending.utf8.count >= least {
            letters.removeLast(ending.utf8.count)
            return
        }
        if letters.ends("sion") || letters.ends("tion"), letters.count >= 7 { letters.removeLast(3) }
    }
}

extension [UInt8] {
    fileprivate func ends(_ ending: String) -> Bool { suffix(ending.utf8.count).elementsEqual(ending.utf8) }

    fileprivate mutating func replace(_ ending: String, _ other: String) {
        removeLast(ending.utf8.count)
        append(contentsOf: other.utf8)
    }
}
