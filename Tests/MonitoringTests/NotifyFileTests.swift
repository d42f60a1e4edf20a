import Testing
import Vocabulary
import YAML

@testable import Monitoring

struct NotifyFileTests {
    private func read(_ text: String) throws(YAMLFailure) -> NotifyConfiguration {
        try NotifyFile.read(Array(text.utf8), file: "notify.yaml", zones: { _ in nil })
    }

    /// The faults of a text as `line: message`.
    private func faults(_ text: String) -> [String] {
        do throws(YAMLFailure) {
            let found = try read(text)
            Issue.record("accepted: \(found.receivers.map(\.name))")
            return []
        } catch {
            return error.faults.map { "\($0.position.line): \($0.message)" }
        }
    }

    @Test func `an empty file tells nobody`() throws {
        #expect(try read("") == NotifyConfiguration())
    }

    @Test func `one webhook in five lines is a whole file`() throws {
        let found = try read(
            """
            receivers:
              - name: chat
                webhook: {url: "https://chat.example/hook"}
            route:
              receiver: chat
            """)
        #expect(found.receivers.map(\.kind) == ["webhook"])
        #expect(found.route?.receiver == "chat")
        #expect(found.route?.timing == NoticeTiming())
    }

    @Test func `every kind of receiver is read`() throws {
        let found = try read(
            """
            receivers:
              - name: chat
                slack: {url: env:SLACK_URL}
                send_resolved: false
                attempts: 3
              - name: am
                alertmanager: {url: "http://127.0.0.1:9093", timeout: 5s}
              - name: hook
                alertmanager-webhook: {url: "https://x.example", bearer: file:token, headers: {X-Team: ops}}
              - name: mail
                email: {server: "smtp.example:2525", from: a@example.org, to: [b@example.org], user: u, password: env:P}
              - name: page
                command: {run: [/usr/bin/page, "--text", "{summary}"], timeout: 3s}
              - name: screens
                console: true
            route:
              receiver: screens
              group_by: [host, rule]
              group_wait: 1s
              routes:
                - matchers: [severity="critical", 'host=~"db-.*"']
                  receiver: page
                  continue: true
                  quiet_hours: [nights]
                - matchers: ['level!="0"']
                  receiver: mail
            quiet_hours:
              - {name: nights, days: [fri-mon], from: "22:00", to: "07:00", zone: "+01:00"}
            """)
        #expect(
            found.receivers.map(\.kind) == [
                "slack", "alertmanager", "alertmanager-webhook", "email", "command", "console",
            ])
        #expect(found.receivers[0].attempts == 3 && !found.receivers[0].isToldOfTheEnd)
        #expect(found.receivers[0].target == "env:SLACK_URL")
        guard case .mail(let mail) = found.receivers[3].channel else { throw NoMail() }
        #expect(mail.port == 2525 && mail.encryption == .starttls && mail.password == .secret("env:P"))
        #expect(found.route?.routes.first?.goesOn == true)
        #expect(found.route?.routes.first?.timing.wait == .seconds(1))
        #expect(found.quietHours["nights"]?.days == [5, 6, 0, 1])
    }

    private struct NoMail: Error {}

    @Test func `all faults are told at once, with their line and the nearest name`() {
        let found = faults(
            """
            receivers:
              - name: chat
                slack: {url: "ftp://x"}
              - name: chat
                webhook: {url: "https://user:pass@x.example"}
              - name: mail
                email: {server: "smtp.example", from: nobody, to: [], user: u}
              - name: page
                command: {run: [page, "{sumary}"]}
            route:
              receiver: chad
              routes:
                - matchers: [severty="critical"]
                - matchers: [severity="critcal"]
                - matchers: ['host=~"("']
                - receiver: chat
            quiet_hours:
              - {name: nights, days: [fryday], from: "25:00", to: "07:00", zone: Europe/Nowhere}
            """)
        let expected = [
            "3: an address begins with http://", "4: there is already a receiver", "5: the address holds a password",
            "7: ", "9: the program is named with its whole path", "9: there is no {sumary}, did you mean {summary}?",
            "13: there is no label `severty`, did you mean `severity`?", "14: no alert has the severity",
            "15: the regular expression `(` has a ( without its )", "16: a route below the first needs `matchers`",
            "18: \"fryday\" is no day",
            "18: there is no time zone",
        ]
        for text in expected { #expect(found.contains { $0.hasPrefix(text) }, "\(text) is not among \(found)") }
    }

    @Test func `a receiver without a route would never be told, which is a fault`() {
        let found = faults("receivers:\n  - {name: a, console: true}\n")
        #expect(found.contains { $0.contains("no `route`") }, "\(found)")
    }

    @Test func `a secret in the file itself is refused`() {
        let found = faults(
            """
            receivers:
              - name: a
                webhook: {url: "https://x.example", bearer: s3cret}
            route: {receiver: a}
            """)
        #expect(found.count == 1 && !found.joined().contains("nothing"))
        #expect(found.first?.contains("the place of a secret") == true, "\(found)")
    }

    @Test func `receivers take turns, each for a week of the local clock`() throws {
        let found = try read(
            """
            receivers:
              - {name: anna, slack: {url: env:A}}
              - {name: ben, slack: {url: env:B}}
            rotas:
              - {name: on-call, start: "2026-11-02 09:00", every: 7d, zone: "+01:00", turns: [anna, ben]}
            route: {receiver: on-call}
            """)
        func told(_ text: String) throws -> [String] {
            let at = try #require(Timestamp(rfc3339: text))
            let notice = AlertNotice(number: 1, alert: .example, reason: .fired, level: 0, at: at)
            return found.destinations(of: notice).map(\.receiver)
        }
        #expect(try told("2026-11-02T08:00:00Z") == ["anna"])
        #expect(try told("2026-11-09T07:59:59Z") == ["anna"] && told("2026-11-09T08:00:00Z") == ["ben"])
        #expect(try told("2026-11-16T08:00:00Z") == ["anna"])
        #expect(try told("2026-11-02T07:59:59Z") == ["ben"], "before the start it goes on backwards")
        let said = faults(
            """
            receivers: [{name: anna, slack: {url: env:A}}]
            rotas:
              - {name: anna, start: monday, every: 1m, zone: UTC, turns: [ana]}
              - {name: other, start: "2026-11-02 09:00", every: 7d, zone: UTC, turns: []}
            route: {receiver: anna}
            """
        ).joined(separator: "\n")
        for part in ["a date and a time", "a duration from 1h", "did you mean `anna`?", "needs `turns`"] {
            #expect(said.contains(part), "\(part) is not in \(said)")
        }
    }
}
