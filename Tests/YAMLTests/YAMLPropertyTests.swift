import Testing
import YAML

@Suite struct YAMLPropertyTests {
    @Test(arguments: 1...200)
    func `a tree that is written out is read back the same`(seed: UInt64) throws {
        var dice = Dice(seed: seed)
        let tree = Tree.random(depth: 5, with: &dice)
        let root = try YAMLDocument.parse(Array(tree.flow.utf8), file: "f.yaml")
        #expect(Tree(root) == tree)
    }

    @Test(arguments: 1...300)
    func `damaged text is read or refused, never worse`(seed: UInt64) {
        var dice = Dice(seed: seed)
        var bytes = Array(
            "rules:\n  - name: \"é\"\n    for: 5m\n    when: {a: [1, -2.5e3], b: |\n      text\n    }\n".utf8)
        for _ in 0..<Int.random(in: 1...8, using: &dice) {
            let index = Int.random(in: 0..<bytes.count, using: &dice)
            switch Int.random(in: 0...2, using: &dice) {
            case 0: bytes[index] = UInt8.random(in: 0...255, using: &dice)
            case 1: bytes.remove(at: index)
            default: bytes.insert(contentsOf: bytes[index...].prefix(7), at: index)
            }
        }
        do throws(YAMLFailure) {
            _ = try YAMLDocument.parse(bytes, file: "f.yaml")
        } catch {
            #expect(error.faults.allSatisfy { $0.position.line >= 1 && $0.position.column >= 1 })
            #expect(error.faults.allSatisfy { $0.position.line <= bytes.count { $0 == 0x0A } + 2 })
        }
    }

    @Test(arguments: 1...200)
    func `a duration that is written out is read back the same`(seed: UInt64) {
        var dice = Dice(seed: seed)
        let duration = Duration.milliseconds(
            Int64.random(in: 0...(1 << Int64.random(in: 1...41, using: &dice)), using: &dice))
        #expect(Duration(shorthand: duration.shorthand) == duration)
    }
}

/// A tree of texts, with its form as flow YAML in double quotes.
private indirect enum Tree: Equatable {
    case text(String)
    case list([Tree])
    case map([String: Tree])

    init(_ node: YAMLNode) {
        switch node.content {
        case .scalar(let scalar): self = .text(scalar.text)
        case .sequence(let items): self = .list(items.map(Tree.init))
        case .mapping(let members):
            self = .map(Dictionary(uniqueKeysWithValues: members.map { ($0.key, Tree($0.value)) }))
        }
    }

    static func random(depth: Int, with dice: inout Dice) -> Tree {
        let count = Int.random(in: 0...4, using: &dice)
        switch depth == 0 ? 0 : Int.random(in: 0...2, using: &dice) {
        case 0: return .text(randomText(with: &dice))
        case 1: return .list((0..<count).map { _ in random(depth: depth - 1, with: &dice) })
        default:
            var map: [String: Tree] = [:]
            for _ in 0..<count { map[randomText(with: &dice)] = random(depth: depth - 1, with: &dice) }
            return .map(map)
        }
    }

    private static func randomText(with dice: inout Dice) -> String {
        let alphabet = Array("ab z09:#-?&*!|>'\"%@`\\{}[],~\n\té周😀\u{1B}\u{85}\u{2028}")
        return String(
            (0..<Int.random(in: 0...9, using: &dice)).compactMap { _ in alphabet.randomElement(using: &dice) })
    }

    var flow: String {
        switch self {
        case .text(let text): Tree.quoted(text)
        case .list(let items): "[" + items.map(\.flow).joined(separator: ", ") + "]"
        case .map(let members): "{" + members.map { "\(Tree.quoted($0)): \($1.flow)" }.joined(separator: ", ") + "}"
        }
    }

    private static func quoted(_ text: String) -> String {
        let scalars = text.unicodeScalars.map { scalar in
            let digits = String(scalar.value, radix: 16)
            let isPlain = (0x20...0x7E).contains(scalar.value) && scalar != "\"" && scalar != "\\"
            return isPlain ? String(scalar) : "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
        }
        return "\"" + scalars.joined() + "\""
    }
}

/// The splitmix64 generator, so that each seed is one story.
private struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
