internal import DeskAPI
internal import JSON

extension Rollout {
    /// The evidence as it is stored beside the deployment's record.
    var evidenceText: String {
        var writer = JSONWriter()
        writer.object { writer in
            for guardrail in FailureGuard.allCases {
                guard let known = evidence[guardrail] else { continue }
                writer.name(guardrail.rawValue)
                writer.value(.array(known.logarithms.map { .number($0) }))
            }
            writer.name("ratio")
            writer.value(.array(ratio.logarithms.map { .number($0) }))
            writer.name("canary_row")
            writer.integer(canaryRow)
            writer.name("stable_row")
            writer.integer(stableRow)
        }
        return writer.text
    }

    /// A deployment with its evidence as it was stored.
    ///
    /// - Throws: `FieldFault` or `JSONFailure` for what this program did not write.
    init(record: String, evidence text: String) throws {
        let deployment = try Deployment.read(try JSONParser.parse(record), .natural)
        let document = try JSONParser.parse(text)
        func numbers(_ name: String) -> [Double]? {
            document[name]?.elements.map { $0.compactMap(\.double) }
        }
        self.init(deployment)
        for guardrail in FailureGuard.allCases {
            if let known = numbers(guardrail.rawValue).flatMap(MixtureEvidence.ofFailures.with) {
                evidence[guardrail] = known
            }
        }
        ratio = numbers("ratio").flatMap(MixtureEvidence.ofProportions.with) ?? .ofProportions
        canaryRow = document["canary_row"]?.wholeNumber ?? 0
        stableRow = document["stable_row"]?.wholeNumber ?? 0
        // The readings were stored with the record; nothing is to be described anew.
        self.deployment = deployment
    }
}
