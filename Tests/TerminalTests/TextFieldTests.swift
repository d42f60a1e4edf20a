import GoldenFrames
import Terminal
import Testing
import Vocabulary

@Suite struct TextFieldTests {
    private func field(_ text: String, hasLines: Bool = false) -> TextField {
        var field = TextField(hasLines: hasLines)
        _ = field.take(.paste(text))
        return field
    }

    @Test func `typing, moving and deleting go by what a person sees as one character`() {
        var field = field("añ👨‍👩‍👧e\u{301}")
        #expect(field.cursor == 4)
        _ = field.take(.backspace)
        #expect(field.text == "añ👨‍👩‍👧")
        _ = field.take(.left)
        _ = field.take(.backspace)
        #expect(field.text == "a👨‍👩‍👧")
        _ = field.take(.delete)
        #expect(field.text == "a")
    }

    @Test func `a mark that comes alone joins the character before it`() {
        var field = field("e")
        #expect(field.take(.character("\u{301}")) == .edited)
        #expect(field.cursor == 1)
        #expect(field.text.text == "e\u{301}")
    }

    @Test func `words are moved over and killed as a shell does, and come back`() {
        var field = field("roll back v12 now")
        _ = field.take(.control("w"))
        #expect(field.text == "roll back v12 ")
        _ = field.take(.move(.left, .control))
        _ = field.take(.alt("b"))
        #expect(field.cursor == 5)
        _ = field.take(.alt("d"))
        #expect(field.text == "roll  v12 ")
        _ = field.take(.control("e"))
        _ = field.take(.control("y"))
        #expect(field.text == "roll  v12 back")
        _ = field.take(.control("u"))
        #expect(field.isEmpty)
    }

    @Test func `a pasted text is text, made harmless, in one line where there is one`() {
        #expect(field("a\nb\u{1B}[31m").text == "a b␛[31m")
        #expect(field("a\r\nb", hasLines: true).text == "a\nb")
        #expect(field("q\u{3}y").text == "q␃y")
    }

    @Test func `enter sends, and only what is not blank`() {
        var field = field("hello")
        #expect(field.take(.enter) == .submitted("hello"))
        #expect(field.isEmpty)
        #expect(field.take(.character(" ")) == .edited)
        #expect(field.take(.enter) == .ignored)
    }

    @Test func `the history comes back line by line and what was being written last`() {
        var field = TextField()
        for text in ["one", "two", "two"] {
            field.replace(with: SafeText(untrusted: text))
            _ = field.take(.enter)
        }
        #expect(field.history == ["one", "two"])
        _ = field.take(.character("x"))
        _ = field.take(.up)
        #expect(field.text == "two")
        _ = field.take(.up)
        #expect(field.text == "one")
        #expect(field.take(.up) == .ignored)
        _ = field.take(.down)
        _ = field.take(.down)
        #expect(field.text == "x")
        #expect(field.take(.down) == .ignored)
    }

    @Test func `up and down move between lines before they reach the history`() {
        var field = field("long first\nab\nlast", hasLines: true)
        #expect(field.take(.up) == .moved)
        #expect(field.cursor == 13)
        #expect(field.take(.up) == .moved)
        #expect(field.cursor == 2)
        #expect(field.take(.up) == .ignored)
        #expect(field.take(.down) == .moved)
        #expect(field.cursor == 13)
    }

    @Test func `a run of typing is undone as one`() {
        var field = TextField()
        for character in "hello" { _ = field.take(.character(character)) }
        _ = field.take(.control("w"))
        #expect(field.take(.control("_")) == .edited)
        #expect(field.text == "hello")
        _ = field.take(.control("_"))
        #expect(field.isEmpty)
        #expect(field.take(.control("_")) == .ignored)
    }

    @Test func `keys that mean nothing here are left to others`() {
        var field = field("x")
        for key in [Key.escape, .tab, .function(2), .control("c"), .pageUp, .focusIn, .move(.up, .alt)] {
            #expect(field.take(key) == .ignored, "\(key)")
        }
        #expect(field.text == "x")
    }

    @Test func `nothing is kept beyond the limit`() {
        var field = TextField(limit: 5)
        _ = field.take(.paste("abcdefgh"))
        #expect(field.text == "abcde")
        _ = field.take(.home)
        #expect(field.take(.character("z")) == .ignored)
        #expect(field.text == "abcde")
    }

    @Test func `whatever is typed, the cursor is in the text and visible, and the text is harmless`() {
        var random = SeededRandom(seed: 31)
        let motions: [Key] = [
            .left, .right, .home, .end, .up, .down, .backspace, .delete, .control("w"), .control("u"), .control("k"),
            .control("y"), .control("_"), .control("j"), .alt("b"), .alt("f"), .alt("d"), .control("a"), .control("e"),
        ]
        for round in 0..<200 {
            var field = TextField(hasLines: round % 2 == 0, limit: 60)
            for _ in 0..<40 {
                let key =
                    Bool.random(using: &random)
                    ? motions.randomElement(using: &random) ?? .left : .paste(random.text(2))
                let before = field
                let outcome = field.take(key)
                #expect(field.cursor >= 0 && field.cursor <= field.text.text.count)
                #expect(SafeText(untrusted: field.text.text) == field.text)
                if outcome == .ignored { #expect(field.text == before.text && field.cursor == before.cursor) }
                let size = Size(
                    columns: Int.random(in: 1...12, using: &random), rows: Int.random(in: 1...3, using: &random))
                var frame = Frame(size)
                field.draw(in: frame.bounds, on: &frame)
                #expect(
                    frame.cursor.map(frame.bounds.contains) == true, "\(field.text.text.debugDescription) in \(size)")
            }
        }
    }

    @Test(arguments: [
        ("one two three", 9, ["one two", "three"]), ("one two three", 7, ["one two", "three"]),
        ("one two  three", 7, ["one two", " three"]), ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("an abcdefghij", 4, ["an", "abcd", "efgh", "ij"]), ("周敏 周敏周敏", 6, ["周敏", "周敏周", "敏"]),
        ("one\ntwo three", 5, ["one", "two", "three", ""]),
    ])
    func `lines end between words`(text: String, columns: Int, expected: [String]) {
        let field = field(text, hasLines: true)
        #expect(field.rows(columns: columns) == expected.count)
        var frame = Frame(Size(columns: columns, rows: expected.count))
        field.draw(in: frame.bounds, on: &frame)
        #expect(lines(of: frame).map { String($0.reversed().drop { $0 == " " }.reversed()) } == expected)
        #expect(frame.cursor?.row == expected.count - 1)
    }

    @Test func `the cursor stands behind what was typed, also where the line has slid or wrapped`() {
        var frame = Frame(Size(columns: 30, rows: 7))
        var line = field("a reply that is longer than its room")
        line.draw(in: frame.bounds.line(0), on: &frame)
        #expect(frame.cursor == Position(column: 29, row: 0))
        _ = line.take(.home)
        line.draw(in: frame.bounds.line(1), on: &frame)
        #expect(frame.cursor == Position(column: 0, row: 1))
        var block = field("first line\n周敏周敏周敏周敏周敏周敏周敏周敏\nthird", hasLines: true)
        #expect(block.rows(columns: 30) == 4)
        block.draw(in: frame.bounds.droppingTop(2).top(3), on: &frame)
        #expect(frame.cursor == Position(column: 5, row: 4))
        _ = block.take(.up)
        block.draw(in: frame.bounds.bottom(2), on: &frame)
        TextField(hint: "write to the customer").draw(in: frame.bounds.line(5).right(14), isFocused: false, on: &frame)
        expectGolden(frame, "text-fields")
    }
}
