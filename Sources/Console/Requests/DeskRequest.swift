public import DeskAPI
public import Terminal
public import Vocabulary

/// What the console wants done, as a value that can be compared; the run loop carries it out and hands the answer to
/// ``ConsoleState/answered(_:_:at:)``.
public enum DeskRequest: Equatable, Sendable {
    /// Who the console's person is.
    case showIdentity
    /// The desk at a glance.
    case showStatus
    /// Conversations, those that wait first.
    case listConversations(ListConversations)
    /// Messages of a conversation.
    case listMessages(ListMessages)
    /// Take a conversation over.
    case claim(ClaimConversation)
    /// Give a conversation back.
    case release(ReleaseConversation)
    /// Mark a conversation as done.
    case resolve(ConversationReference)
    /// Write a message or a note.
    case post(PostMessage)
    /// Tell the others that this person types.
    case type(ConversationReference)
    /// File a conversation anew.
    case updateConversation(UpdateConversation)
    /// Put a conversation aside.
    case snooze(SnoozeConversation)
    /// Take a conversation up again.
    case wake(ConversationReference)
    /// Give a conversation to a colleague.
    case transfer(TransferConversation)
    /// Say how far the person has read.
    case markRead(ReadConversation)
    /// Keep words that are not sent.
    case keepDraft(Draft)
    /// The person's words that are not sent.
    case showDraft(ConversationReference)
    /// The texts that are kept ready.
    case listReplies
    /// Take waiting conversations as they come, or no more.
    case setAvailability(SetAvailability)
    /// Say what this console is doing.
    case setPresence(SetPresence)
    /// Who of the staff is there.
    case listPresence
    case listCustomerPresence
    /// What calls the person.
    case listNotifications
    /// Say that the person knows.
    case acknowledgeNotifications(AcknowledgeNotifications)
    /// What is known of a customer.
    case showCustomer(CustomerReference)
    /// Note something of a customer.
    case updateCustomer(UpdateCustomer)
    /// Let one customer go into another.
    case mergeCustomers(MergeCustomers)
    /// Parts of the inbox that the desk has a name for.
    case listViews
    /// What the desk does by a name.
    case listMacros
    /// Do it.
    case runMacro(RunMacro)
    /// Who may be named in notes.
    case listColleagues
    /// Look for passages of the knowledge base.
    case searchKnowledge(SearchKnowledge)
    /// Have the assistant suggest a reply.
    case suggestReply(ConversationReference)
    /// Search all messages.
    case search(SearchMessages)
    /// Alerts, open and lately resolved.
    case listAlerts(ListAlerts)
    /// Take responsibility for an alert.
    case acknowledge(AcknowledgeAlert)
    /// Give an acknowledgment up.
    case unacknowledge(UnacknowledgeAlert)
    /// Take responsibility for several alerts.
    case acknowledgeAll(AcknowledgeAlerts)
    /// End an alert by hand.
    case closeAlert(ResolveAlert)
    /// Say who is to take care of an alert.
    case assignAlert(AssignAlert)
    /// An alert with its past.
    case showAlert(AlertReference)
    /// What happened around an alert.
    case showIncident(AlertReference)
    /// Silences that hold or will.
    case listSilences(ListSilences)
    /// The open alerts that a silence would hide.
    case previewSilence(PreviewSilence)
    /// Silence what matches.
    case createSilence(CreateSilence)
    /// End a silence.
    case expireSilence(SilenceReference)
    /// Who is told of alerts.
    case listReceivers
    /// Send a test to one of them.
    case testReceiver(ReceiverReference)
    /// Hosts with their newest sample.
    case listHosts
    /// The history of a metric.
    case queryMetric(QueryMetric)
    /// Processes of the gateway's host.
    case listProcesses(ListProcesses)
    /// Send a signal to a process.
    case signalProcess(SignalProcess)
    /// The assistant's versions.
    case listModels
    /// Traffic that moves between versions.
    case listDeployments
    /// Trainings of classifiers.
    case listTrainings
    /// What the evaluation of a classifier found.
    case showReport(ModelReference)
    /// How much language models may use.
    case listBudgets
    /// Where names pointed before.
    case listAliasMoves
    /// Language models that servers on the gateway's machine offer.
    case listLocalModels
    /// Register a version of a chat model.
    case addModelVersion(AddModelVersion)
    /// Let a name point to another version than it does.
    case moveAlias(MoveAlias, from: ID<ModelVersion>?)
    /// Begin to move traffic to another version.
    case startDeployment(StartDeployment)
    /// Say what is to become of a deployment.
    case steerDeployment(SteerDeployment)
    /// Train a classifier on the desk's own conversations.
    case startTraining(StartTraining)
    /// Fine-tune a model at a provider with the desk's own conversations.
    case startTuning(StartTuning)
    /// End a training.
    case cancelTraining(TrainingReference)
    /// What was true at a moment of the past.
    case showMoment(ShowMoment)
    /// The history of a metric before a moment of the past.
    case queryPast(QueryMetric)
    /// The course of a metric over the time that a chart shows.
    case readCourse(QueryMetric)
    /// What happened at the desk.
    case listOccurrences(ListOccurrences)

    /// End the console.
    case quit
    /// Stop the process until the shell brings it back.
    case suspend
    /// Write the whole screen anew.
    case redraw
    /// Call the person, who may look elsewhere: one line that says why.
    case call(SafeText)
    /// Put a text on the terminal's clipboard.
    case copy(SafeText)
    /// Write a text to a file of its own.
    case save(SafeText)
    /// Have the person change a text in their own editor, and call ``ConsoleState/edited(_:)`` with it.
    case edit(SafeText)
    /// Take the mouse, or give it back to the terminal.
    case toggleMouse
    /// Look for themes and call ``ConsoleState/offer(_:configuration:)`` with them.
    case readThemes
    /// Show everything in the colours of this theme.
    case wear(Theme)

    /// Whether the desk has nothing to do with it: the run loop does it at the terminal.
    public var isForTerminal: Bool {
        switch self {
        case .quit, .suspend, .redraw, .call, .copy, .save, .edit, .toggleMouse, .readThemes, .wear: true
        default: false
        }
    }
}
