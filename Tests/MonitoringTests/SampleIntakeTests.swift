import DeskAPI
import Testing
import Vocabulary

@testable import Monitoring

@Suite struct SampleIntakeTests {
    private let now = moment(HistoryFolder.start)

    private func problem(_ change: (inout SendSamples) -> Void) -> String? {
        var batch = SendSamples(host: "web-1", layout: twoMetrics, rows: [SampleRow(at: now, values: [1, .nan])])
        change(&batch)
        do throws(Problem) {
            _ = try SampleIntake.snapshots(of: batch, sharing: nil, at: now)
            return nil
        } catch {
            return error.detail
        }
    }

    @Test func `a good batch becomes snapshots that share the layout which is known`() throws {
        let batch = SendSamples(host: "web-1", layout: twoMetrics, rows: [SampleRow(at: now, values: [1, .nan])])
        let made = try SampleIntake.snapshots(of: batch, sharing: twoMetrics, at: now)
        #expect(made.count == 1 && made[0].layout === twoMetrics)
        #expect(made[0]["cpu.busy"] == 1 && made[0]["load.1"] == nil)
    }

    @Test func `a clock that is far off is refused, and the message says how far`() {
        #expect(problem { $0.rows[0].at = now + .seconds(300) } == nil)
        #expect(
            problem { $0.rows[0].at = now + .seconds(301) }?.contains("rows/0/at is 301 s ahead of the gateway's clock")
                == true)
        #expect(problem { $0.rows[0].at = now - .seconds(32 * 86_400) }?.contains("older than the 31 days") == true)
    }

    @Test func `names, units and values must fit together`() {
        #expect(problem { $0.units.removeLast() }?.hasPrefix("units must have one") == true)
        #expect(problem { $0.rows[0].values.removeLast() }?.hasPrefix("rows/0/values must have 2 values") == true)
        #expect(problem { $0.names[1] = "cpu.busy" } == "names must differ from one another")
        #expect(problem { $0.names[1] = "a\u{1B}[31m" }?.hasPrefix("names/1 must be") == true)
        #expect(problem { $0.names[0] = "" }?.hasPrefix("names/0 must be") == true)
        #expect(problem { $0.host = "../etc" }?.hasPrefix("host must be") == true)
        #expect(problem { $0.host = "ｗeb" }?.hasPrefix("host must be") == true)
    }
}
