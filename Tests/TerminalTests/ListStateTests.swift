import Terminal
import Testing

@Suite struct ListStateTests {
    private func list(_ ids: [Int]) -> ListState<Int> {
        var list = ListState<Int>()
        list.take(ids)
        return list
    }

    @Test func `at the top the list follows`() {
        var list = list([1, 2, 3])
        list.take([9, 1, 2, 3])
        #expect(list.rows == [9, 1, 2, 3])
        #expect(list.cursor == 9)
        #expect(list.waiting == 0)
    }

    @Test func `with the cursor in the list new rows wait and nothing moves`() {
        var list = list([1, 2, 3])
        list.move(by: 1)
        list.take([9, 8, 3, 2, 1])
        #expect(list.rows == [1, 2, 3])
        #expect(list.cursor == 2)
        #expect(list.waiting == 2)
        list.showAll()
        #expect(list.rows == [9, 8, 3, 2, 1])
        #expect(list.cursor == 2)
        #expect(list.waiting == 0)
    }

    @Test func `the row under the cursor keeps its height on the screen when the others come in`() {
        var list = list(Array(1...50))
        list.move(by: 20)
        list.place(rows: 10)
        let before = (list.cursorIndex ?? 0) - list.window(rows: 10).lowerBound
        list.take(Array(100...104) + Array(1...50))
        list.showAll()
        #expect((list.cursorIndex ?? 0) - list.window(rows: 10).lowerBound == before)
        #expect(list.cursor == 21)
    }

    @Test func `when the row under the cursor goes the next one takes its place`() {
        var list = list([1, 2, 3, 4])
        list.move(by: 2)
        list.take([1, 2, 4])
        #expect(list.cursor == 4)
        list.take([1, 2])
        #expect(list.cursor == 2)
        list.take([])
        #expect(list.cursor == nil)
        #expect(list.rows.isEmpty)
    }

    @Test func `going back to the top lets the waiting rows in`() {
        var list = list([1, 2, 3])
        list.move(by: 2)
        list.take([7, 1, 2, 3])
        list.move(by: -2)
        #expect(list.rows == [7, 1, 2, 3])
        #expect(list.waiting == 0)
        list.moveToTop()
        #expect(list.cursor == 7)
    }

    @Test func `the window moves only as far as the cursor needs`() {
        var list = list(Array(0..<100))
        list.move(by: 9)
        #expect(list.window(rows: 10) == 0..<10)
        list.move(by: 1)
        list.place(rows: 10)
        #expect(list.window(rows: 10) == 1..<11)
        list.move(by: -5)
        #expect(list.window(rows: 10) == 1..<11)
        list.move(by: -5)
        #expect(list.window(rows: 10) == 0..<10)
        list.moveToBottom()
        #expect(list.window(rows: 10) == 90..<100)
        #expect(list.window(rows: 0).isEmpty)
        #expect(list.window(rows: 500) == 0..<100)
    }

    @Test func `whatever happens the cursor is on a row that is shown and in the window`() {
        var random = SeededRandom(seed: 21)
        var list = ListState<Int>()
        for _ in 0..<5_000 {
            switch Int.random(in: 0...5, using: &random) {
            case 0, 1: list.take(Array(0..<40).filter { _ in Bool.random(using: &random) }.shuffled(using: &random))
            case 2: list.move(by: Int.random(in: -5...5, using: &random))
            case 3: list.showAll()
            case 4: list.select(Int.random(in: 0..<40, using: &random))
            default: list.place(rows: Int.random(in: 1...12, using: &random))
            }
            #expect(list.rows.isEmpty == (list.cursor == nil))
            guard let index = list.cursorIndex else { continue }
            let height = Int.random(in: 1...12, using: &random)
            #expect(list.window(rows: height).contains(index))
            #expect(list.window(rows: height).count == min(height, list.rows.count))
        }
    }
}
