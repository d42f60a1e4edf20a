public import Vocabulary

/// Traffic that moves in steps from the version a name points to, to another; watched, and taken back when it is worse.
///
/// Several of a name may be under way at once: each tries another version beside the same stable one.
public struct Deployment: Record {
    /// Where it stands.
    public enum Status: String, FieldChoice, Sendable {
        /// The new version answers some questions out of the customers' sight.
        case shadow
        /// The new version gets a share of the conversations.
        case canary
        /// The share stays as it is, until somebody goes on or back.
        case paused
        /// The name points to the new version.
        case promoted
        /// Nobody gets the new version any more.
        case rolledBack = "rolled_back"
        /// Nobody gets the new version any more, because another that was tried beside it was promoted.
        case ended

        /// Whether it is under way.
        public var isOpen: Bool { self == .canary || self == .paused || self == .shadow }
    }

    /// The deployment's number.
    public var id = ID<Deployment>(0)
    /// The name whose traffic it splits, such as `production`.
    public var name = ""
    /// The version that the name points to.
    public var stable = ID<ModelVersion>(0)
    /// The new version.
    public var canary = ID<ModelVersion>(0)
    /// Where it stands.
    public var status = Status.canary
    /// The new version's share of the conversations, in hundredths of a percent, 0 to 10,000.
    public var share: Int64 = 0
    /// The shares that it goes through, in hundredths of a percent.
    public var steps: [Int64] = Deployment.usualSteps
    /// How many conversations the new version must have had in a step before the next.
    public var leastConversations: Int64 = 50
    /// By how many hundredths of a percent more of its conversations may fail for it to go on.
    public var margin: Int64 = 1000
    /// Conversations of the stable version since the deployment began.
    public var stableConversations: Int64 = 0
    /// Conversations of the new version.
    public var canaryConversations: Int64 = 0
    /// Those of them in this step.
    public var stepConversations: Int64 = 0
    /// Conversations of the stable version in which anything failed.
    public var stableFailures: Int64 = 0
    /// The same of the new version.
    public var canaryFailures: Int64 = 0
    /// What is watched.
    public var guards: [GuardReading] = []
    /// The chance that an equally good version is rolled back, that was allowed for all guards together, 0 to 1.
    public var alpha = 0.01
    /// Evidence that conversations do not go where they should; at 1000 the comparison is void.
    public var sampleRatioEvidence = 1.0
    /// The share of the questions that the new version answers out of sight, in hundredths of a percent; absent for a
    /// deployment that did not begin so.
    public var shadowShare: Int64?
    /// What came of them; no evidence for or against the version.
    public var shadow: ShadowCounts?
    /// Who began it.
    public var startedBy = ""
    /// When it began.
    public var startedAt = Timestamp(milliseconds: 0)
    /// When its share was changed last.
    public var stepAt = Timestamp(milliseconds: 0)
    /// When it was over.
    public var endedAt: Timestamp?
    /// Why it is where it is, in words with numbers.
    public var reason = ""

    /// One, five, twenty-five, fifty, a hundred percent.
    public static let usualSteps: [Int64] = [100, 500, 2500, 5000, 10_000]

    /// A blank deployment.
    public init() {}

    /// `Deployment`.
    public static let recordName = "Deployment"
    /// For the API reference.
    public static let summary = "Traffic that moves in steps from one version to another, watched."
    /// A canary.
    public static var example: Deployment {
        var value = Deployment()
        value.id = ID(2)
        value.name = "production"
        value.stable = ID(1)
        value.canary = ID(4)
        value.share = 500
        value.stableConversations = 950
        value.canaryConversations = 48
        value.stepConversations = 31
        value.stableFailures = 19
        value.canaryFailures = 2
        value.guards = [.example]
        value.startedBy = "ana"
        value.startedAt = Timestamp(milliseconds: 1_795_371_601_000)
        value.stepAt = value.startedAt
        return value
    }

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("id", &id, "The deployment's number.")
        visitor.field("name", &name, "The name whose traffic it splits.", .length(1...64))
        visitor.field("stable", &stable, "The version that the name points to.")
        visitor.field("canary", &canary, "The new version.")
        visitor.field("status", &status, "Where it stands.")
        visitor.field("share", &share, "The new version's share, in hundredths of a percent.", .range(0...10_000))
        visitor.field("steps", &steps, "The shares that it goes through.", .length(1...20))
        visitor.field("least_conversations", &leastConversations, "Conversations of a step before the next.")
        visitor.field("margin", &margin, "By how many hundredths of a percent more may fail.")
        visitor.field("stable_conversations", &stableConversations, "Conversations of the stable version.")
        visitor.field("canary_conversations", &canaryConversations, "Conversations of the new version.")
        visitor.field("step_conversations", &stepConversations, "Those of them in this step.")
        visitor.field("stable_failures", &stableFailures, "Conversations in which the stable version failed.")
        visitor.field("canary_failures", &canaryFailures, "Conversations in which the new version failed.")
        visitor.field("guards", &guards, "What is watched.", .length(0...20))
        visitor.field("alpha", &alpha, "The allowed chance of a false rollback.")
        visitor.field("sample_ratio_evidence", &sampleRatioEvidence, "Evidence that the split is wrong.")
        visitor.field(
            "shadow_share", &shadowShare,
            "The share of the questions answered out of sight, in hundredths of a percent.",
            .range(1...10_000))
        visitor.field("shadow", &shadow, "What came of them.")
        visitor.field("started_by", &startedBy, "Who began it.", .length(0...200))
        visitor.field("started_at", &startedAt, "When it began.")
        visitor.field("step_at", &stepAt, "When its share was changed last.")
        visitor.field("ended_at", &endedAt, "When it was over.")
        visitor.field("reason", &reason, "Why it is where it is.", .length(0...1000))
    }
}

/// One thing that is watched while a new version gets conversations.
public struct GuardReading: Record {
    /// `errors`, `empty`, `slow`, `handoff`, `dissatisfied` or `withheld`.
    public var name = ""
    /// Conversations of the stable version in which it happened.
    public var stable: Int64 = 0
    /// The same of the new version.
    public var canary: Int64 = 0
    /// How many times more probable what was seen is when the new version is worse: odds against it.
    public var evidence = 1.0
    /// The evidence at which it is rolled back.
    public var limit = 600.0

    /// A blank reading.
    public init() {}

    /// `GuardReading`.
    public static let recordName = "GuardReading"
    /// For the API reference.
    public static let summary = "One thing that is watched while a new version gets conversations."
    /// A little evidence.
    public static var example: GuardReading {
        var value = GuardReading()
        value.name = "errors"
        value.stable = 4
        value.canary = 2
        value.evidence = 37
        return value
    }

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("name", &name, "What is watched.", .length(1...40))
        visitor.field("stable", &stable, "Conversations of the stable version in which it happened.")
        visitor.field("canary", &canary, "Conversations of the new version in which it happened.")
        visitor.field("evidence", &evidence, "Odds against the new version.")
        visitor.field("limit", &limit, "The evidence at which it is rolled back.")
    }
}

/// Begins to move traffic to another version.
public struct StartDeployment: Record {
    /// The name, such as `production`.
    public var name = ""
    /// The new version.
    public var version = ID<ModelVersion>(0)
    /// The shares to go through, in hundredths of a percent, growing; the last is 10,000.
    public var steps: [Int64] = Deployment.usualSteps
    /// How many conversations of the new version a step needs.
    public var leastConversations: Int64 = 50
    /// By how many hundredths of a percent more of its conversations may fail for it to go on.
    public var margin: Int64 = 1000
    /// Whether a version that was rolled back within the last hours may be tried again.
    public var isAgain = false
    /// Whether it begins out of the customers' sight: the first step is taken by hand.
    public var isShadow = false
    /// The share of the questions that it answers then, in hundredths of a percent.
    public var shadowShare: Int64 = 1000

    /// A blank request.
    public init() {}

    /// Begins to move traffic.
    public init(_ name: String, to version: ID<ModelVersion>) {
        self.name = name
        self.version = version
    }

    /// `StartDeployment`.
    public static let recordName = "StartDeployment"
    /// For the API reference.
    public static let summary = "Begins to move traffic to another version."
    /// A canary.
    public static let example = StartDeployment("production", to: ID(4))

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("name", &name, "The name, such as production.", .length(1...64))
        visitor.field("version", &version, "The new version.")
        visitor.field("steps", &steps, "The shares, in hundredths of a percent.", .length(1...20), .defaulted)
        visitor.field(
            "least_conversations", &leastConversations, "How many conversations a step needs.", .range(1...1_000_000),
            .defaulted)
        visitor.field(
            "margin", &margin, "By how many hundredths of a percent more may fail.", .range(0...10_000), .defaulted)
        visitor.field("again", &isAgain, "Whether one that was rolled back may be tried again.", .natural, .defaulted)
        visitor.field("shadow", &isShadow, "Whether it begins out of the customers' sight.", .natural, .defaulted)
        visitor.field(
            "shadow_share", &shadowShare, "The share of the questions it answers so, in hundredths of a percent.",
            .range(1...10_000), .defaulted)
    }
}

/// Says what is to become of a deployment.
public struct SteerDeployment: Record {
    /// What to do.
    public enum Act: String, FieldChoice, Sendable {
        /// Go to the next step, or go on after a pause; out of the shadow, to the first.
        case step
        /// Leave the share as it is.
        case pause
        /// Give everybody the new version and let the name point to it; others that are tried are ended.
        case promote
        /// Give nobody the new version.
        case rollBack = "roll_back"
    }

    /// The deployment's number.
    public var id = ID<Deployment>(0)
    /// What to do.
    public var act = Act.pause
    /// Why.
    public var reason = ""

    /// A blank request.
    public init() {}

    /// Says what is to become of a deployment.
    public init(_ id: ID<Deployment>, _ act: Act, reason: String = "") {
        self.id = id
        self.act = act
        self.reason = reason
    }

    /// `SteerDeployment`.
    public static let recordName = "SteerDeployment"
    /// For the API reference.
    public static let summary = "Says what is to become of a deployment."
    /// A pause.
    public static let example = SteerDeployment(ID(2), .pause, reason: "maintenance at the provider")

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("id", &id, "The deployment's number.")
        visitor.field("act", &act, "What to do.")
        visitor.field("reason", &reason, "Why.", .length(0...500), .defaulted)
    }
}
