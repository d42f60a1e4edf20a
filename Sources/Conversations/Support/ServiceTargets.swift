public import DeskAPI
internal import Vocabulary

/// How long customers should wait at most, by what they wait for and how urgent it is.
public struct ServiceTargets: Equatable, Sendable {
    /// The targets of one priority; `nil` where there is none.
    public struct Lengths: Equatable, Sendable {
        /// From asking for a person to the first words of one.
        public var firstReply: Duration?
        /// From a later question to the reply.
        public var nextReply: Duration?
        /// The time in which the customer waited for the desk, all together.
        public var resolution: Duration?

        /// Targets of one priority.
        public init(firstReply: Duration? = nil, nextReply: Duration? = nil, resolution: Duration? = nil) {
            (self.firstReply, self.nextReply, self.resolution) = (firstReply, nextReply, resolution)
        }

        /// The target of one kind.
        func length(of kind: Conversation.Target) -> Duration? {
            switch kind {
            case .firstReply: firstReply
            case .nextReply: nextReply
            case .resolution: resolution
            }
        }
    }

    /// What holds unless the priority has its own.
    public var common: Lengths
    /// Targets of single priorities; what they leave out is the common one.
    public var special: [Conversation.Priority: Lengths]

    /// Targets of a chat: two minutes to the first words, five to the next.
    public static let chat = ServiceTargets(
        common: Lengths(firstReply: .seconds(120), nextReply: .seconds(300)), special: [:])

    /// Targets for every priority.
    public init(common: Lengths, special: [Conversation.Priority: Lengths]) {
        (self.common, self.special) = (common, special)
    }

    /// The target of a kind for a priority; `nil` when there is none.
    public func length(of kind: Conversation.Target, for priority: Conversation.Priority) -> Duration? {
        special[priority]?.length(of: kind) ?? common.length(of: kind)
    }
}

/// What `support.yaml` says: when people work, how long customers may wait, and texts that are kept ready.
public struct SupportPlan: Equatable, Sendable {
    /// When people work.
    public var hours = BusinessHours.always
    /// How long customers may wait.
    public var targets = ServiceTargets.chat
    /// How long a customer waits in the queue before the assistant answers again; `nil` for ever.
    public var queueTimeout: Duration?
    /// Texts that are kept ready, in the order of the file.
    public var replies: [CannedReply] = []
    /// Parts of the inbox by a name, in the order of the file.
    public var views: [SavedView] = []
    /// What is done at once by a name, in the order of the file.
    public var macros: [Macro] = []

    /// A desk that never closes, with the targets of a chat.
    public init() {}
}
