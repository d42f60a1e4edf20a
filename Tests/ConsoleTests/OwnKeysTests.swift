import Console
import DeskAPI
import Terminal
import Testing
import Vocabulary

/// A person's own keys.
@Suite struct OwnKeysTests {
    private func bindings(_ wishes: (String, [String])...) throws -> KeyBindings {
        try KeyBindings(wishes.map { KeyBindings.Wish(command: $0.0, keys: $0.1) })
    }

    @Test func `a command has its new key, and its old one does nothing`() throws {
        var sre = Sitting.busy(role: .sre)
        sre.bind(try bindings(("alerts.acknowledge", ["Ctrl-K", "A"])))
        sre.press(.character("3"), .character("a"))
        #expect(!sre.screen().contains("Acknowledge ─"))
        #expect(sre.screen().contains("Ctrl-K acknowledge"), "the key line shows the first of the new ones")
        sre.press(.character("A"))
        #expect(sre.screen().contains("Acknowledge ─"))
    }

    @Test func `two commands may exchange their keys`() throws {
        var agent = Sitting.busy()
        agent.bind(try bindings(("conversations.take-over", ["b"]), ("conversations.hand-back", ["t"])))
        agent.press(.character("4"))
        #expect(agent.screen(120, 30).contains("b take over") && agent.screen(120, 30).contains("t hand back"))
    }

    @Test(arguments: [
        ("alerts.acknowlege", ["A"], "did you mean `alerts.acknowledge`?"),
        ("alerts.acknowledge", ["Ctrl-Umlaut"], "is no key"),
        ("alerts.acknowledge", ["q"], "q would be both `alerts.acknowledge` and `everywhere.quit`"),
        ("conversations.take-over", ["e"], "both `conversations.take-over` and `conversations.resolve`"),
        ("everywhere.quit", ["?"], "both `everywhere.quit` and `everywhere.help`"),
    ])
    func `a wrong wish is refused with its reason`(_ command: String, _ keys: [String], _ reason: String) {
        #expect {
            try bindings((command, keys))
        } throws: { error in
            (error as? KeyBindings.Fault)?.message.contains(reason) == true
        }
    }

    @Test func `every command can be named, and every key of a command can be written`() {
        #expect(KeyBindings.names.contains("everywhere.quit") && KeyBindings.names.contains("overview.zoom"))
        let reference = KeyReference.markdown
        let cells = reference.split(separator: "\n").filter { $0.hasPrefix("| `") }.map { $0.split(separator: "|")[0] }
        let keys = Set(cells.flatMap { $0.split(separator: "`") }.map(String.init).filter { $0.contains { $0 != " " } })
        #expect(keys.count > 30)
        for key in keys where key != "¦" {
            do {
                _ = try bindings(("models.next-found", [key]))
            } catch let fault as KeyBindings.Fault {
                #expect(!fault.message.contains("is no key"), "\(fault.message)")
            } catch {}
        }
    }
}
