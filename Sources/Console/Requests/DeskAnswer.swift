public import DeskAPI

/// What the desk answered to a ``DeskRequest``.
public enum DeskAnswer: Equatable, Sendable {
    /// Who the console's person is.
    case identity(Identity)
    /// The desk at a glance.
    case status(DeskStatus)
    /// The conversations that were asked for.
    case conversations([Conversation])
    /// One conversation after a change.
    case conversation(Conversation)
    /// Messages in order.
    case messages([Message])
    /// The message that was committed.
    case message(Message)
    /// Words that are not sent.
    case draft(Draft)
    /// The texts that are kept ready.
    case replies([CannedReply])
    /// Messages that were found.
    case found([FoundMessage])
    /// The alerts that were asked for.
    case alerts([Alert])
    /// One alert after a change.
    case alert(Alert)
    /// What became of each of several alerts.
    case outcomes([AlertOutcome])
    /// An alert with its past.
    case history(AlertHistory)
    /// What happened around an alert.
    case incident(Incident)
    /// The silences that were asked for.
    case silences([Silence])
    /// The open alerts that a silence would hide.
    case preview([Alert])
    /// A silence that was made or ended.
    case silence(Silence)
    /// Who is told of alerts.
    case receivers([NotifyReceiver])
    /// What came of a test message.
    case noticeTest(NoticeTest)
    /// Every host with its newest sample.
    case hosts([Host])
    /// The history of a metric.
    case series(MetricSeries)
    /// Processes of the gateway's host.
    case processes(ProcessList)
    /// The signal that was sent.
    case signalled(SignalDelivery)
    /// The assistant's versions.
    case models([ModelVersion])
    /// A version that a name points to now.
    case model(ModelVersion)
    /// Whether the person takes conversations as they come.
    case availability(Availability)
    /// Colleagues who are there.
    case presence([Presence])
    /// Customers who are there, or gone.
    case customerPresence([CustomerPresence])
    /// What calls the person, or what was acknowledged.
    case notifications([StaffNotification])
    /// What is known of a customer.
    case customer(CustomerProfile)
    /// Parts of the inbox that the desk has a name for.
    case views([SavedView])
    /// What the desk does by a name.
    case macros([Macro])
    /// Who may be named in notes.
    case colleagues([Colleague])
    /// Passages of the knowledge base.
    case passages([Passage])
    /// A reply that the assistant suggests.
    case suggestion(Suggestion)
    /// Where names pointed, the newest move first.
    case aliasMoves([AliasMove])
    /// Traffic that moves between versions.
    case deployments([Deployment])
    /// A deployment that began or was steered.
    case deployment(Deployment)
    /// Trainings of classifiers.
    case trainings([TrainingJob])
    /// A training that was asked for or ended.
    case training(TrainingJob)
    /// Language models that servers on the gateway's machine offer.
    case localModels([LocalModel])
    /// How much language models may use, and have used.
    case budgets([BudgetState])
    /// What the evaluation of a classifier found.
    case report(ClassifierReport)
    /// What was true at a moment of the past.
    case moment(DeskMoment)
    /// What happened, oldest first.
    case occurrences([Occurrence])
    /// There is nothing to say.
    case done
}
