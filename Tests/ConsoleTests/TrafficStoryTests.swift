import Console
import DeskAPI
import GoldenFrames
import Terminal
import Testing
import Vocabulary

/// Several versions are tried at once: an admin sees all of them, and acts on the one under the cursor.
@Suite struct TrafficStoryTests {
    private static let sizes = [
        Size(columns: 80, rows: 24), Size(columns: 120, rows: 40), Size(columns: 160, rows: 45),
    ]

    private func version(_ id: Int64, _ model: String) -> ModelVersion {
        var version = Desk.models[0]
        (version.id, version.model, version.aliases, version.lastError) = (ID(id), model, [], nil)
        return version
    }

    private func deployment(
        _ id: Int64, _ version: Int64, _ share: Int64, odds: Double, _ status: Deployment.Status = .canary
    ) -> Deployment {
        var deployment = Deployment.example
        (deployment.id, deployment.stable, deployment.canary) = (ID(id), Desk.models[0].id, ID(version))
        (deployment.share, deployment.status, deployment.reason) = (share, status, "the step went well")
        deployment.alpha = 0.01 / 3
        deployment.guards = ["errors", "handoff", "slow"].map { name in
            var reading = GuardReading()
            (reading.name, reading.limit, reading.stable) = (name, 1800, 4)
            if name == "handoff" { (reading.canary, reading.evidence) = (3, odds) }
            return reading
        }
        return deployment
    }

    private func admin(_ size: Size = Size(columns: 80, rows: 24)) -> Sitting {
        var admin = Sitting.busy(size)
        admin.press(.character("5"))
        for (id, model) in [(11, "gpt-4o"), (12, "claude-sonnet-4-5"), (13, "qwen3\u{1B}[2J-8b")] {
            admin.hear(.modelChanged(version(Int64(id), model)))
        }
        admin.hear(.deploymentChanged(deployment(21, 11, 2500, odds: 1)))
        admin.hear(.deploymentChanged(deployment(22, 12, 500, odds: 37)))
        admin.hear(.deploymentChanged(deployment(23, 13, 100, odds: 1900, .paused)))
        admin.forget()
        return admin
    }

    /// Puts the cursor on a version.
    private func choose(_ name: String, _ admin: inout Sitting) {
        admin.press(.character("/"))
        admin.type(name)
        admin.press(.enter)
        admin.forget()
    }

    @Test(arguments: sizes)
    func `each version has its part of the bar, its step and its odds`(size: Size) {
        var admin = admin(size)
        admin.press(.character("g"), .character("j"), .character("j"), .character("j"))
        expectGolden(admin.state.view(size), "models-several-\(size.columns)x\(size.rows)")
        let screen = admin.screen(size.columns, size.rows)
        #expect(screen.contains("3 tried") && screen.contains("69.0 %") && screen.contains("25.0 %"))
        #expect(screen.contains("1 : 37") && screen.contains("1 : 1900") && !screen.contains("\u{1B}"))
        #expect(["█", "▓", "▒", "░"].allSatisfy { screen.contains($0) })
    }

    @Test func `keys act on the version under the cursor, and elsewhere say that it must be chosen`() {
        var admin = admin()
        admin.press(.character("g"), .character("p"))
        #expect(admin.look() == [] && admin.screen().contains("p pause: 3 are tried: put the cursor on"))
        choose("claude", &admin)
        admin.press(.character("p"))
        #expect(admin.look() == [.steerDeployment(SteerDeployment(ID(22), .pause))])
        admin.press(.character("d"))
        #expect(admin.look() == [] && admin.screen().contains("deployment 22 tries it already"))
        admin.press(.character("R"))
        admin.type("production")
        admin.press(.enter)
        let request = DeskRequest.steerDeployment(SteerDeployment(ID(22), .rollBack))
        #expect(admin.look() == [request])
        var over = deployment(22, 12, 0, odds: 37)
        over.status = .rolledBack
        admin.answer(request, .deployment(over))
        #expect(admin.screen().contains("2 tried") && !admin.screen().contains("1 : 37"))
    }

    @Test func `promoting one says which others it ends`() {
        var admin = admin()
        admin.press(.character("g"))
        for _ in 0..<6 where !admin.screen().contains("▶▓") { admin.press(.character("j")) }
        admin.forget()
        admin.press(.character("P"))
        #expect(admin.screen().contains("it ends claude-sonnet-4-5 v1 and qwen3"))
        admin.type("production")
        admin.press(.enter)
        let request = DeskRequest.steerDeployment(SteerDeployment(ID(21), .promote))
        #expect(admin.look() == [request])
        var ended = deployment(22, 12, 0, odds: 1)
        ended.status = .ended
        admin.hear(.deploymentChanged(ended))
        #expect(admin.screen().contains("2 tried"))
    }

    @Test func `a fifth version is not tried, a second is`() {
        var admin = admin()
        admin.hear(.modelChanged(version(14, "mistral")))
        choose("mistral", &admin)
        admin.press(.character("d"), .enter)
        #expect(admin.look() == [.startDeployment(StartDeployment("production", to: ID(14)))])
        admin.press(.escape)
        admin.hear(.deploymentChanged(deployment(24, 15, 100, odds: 1)))
        admin.press(.character("d"))
        #expect(admin.look() == [] && admin.screen().contains("four versions are tried already"))
    }
}
