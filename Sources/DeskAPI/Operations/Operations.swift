/// Everything that can be asked of a desk.
public enum Operations {
    /// Every operation in the order of the references.
    public static let all: [Route] =
        [
            createCustomer.route, renewToken.route, createConversation.route, postMessage.route,
            listConversations.route,
            showConversation.route, listMessages.route, claimConversation.route, releaseConversation.route,
            resolveConversation.route, updateConversation.route, snoozeConversation.route, wakeConversation.route,
            transferConversation.route, rateConversation.route, createRatingLink.route, rateByLink.route,
            readConversation.route, keepDraft.route,
            showDraft.route,
            setAvailability.route, listAvailability.route, setPresence.route, listPresence.route,
            listCustomerPresence.route,
            runMacro.route, listMacros.route, listViews.route,
            showAttendance.route, leaveContact.route,
            listNotifications.route, acknowledgeNotifications.route, listColleagues.route, suggestReply.route,
            listSuggestionOutcomes.route,
            listReplies.route, searchMessages.route,
            importConversation.route, showCustomer.route, updateCustomer.route, mergeCustomers.route,
            blockCustomer.route,
            deleteCustomer.route,
            listAlerts.route, showAlert.route, showIncident.route, acknowledgeAlert.route,
            acknowledgeAlerts.route, resolveAlert.route, assignAlert.route, raiseAlert.route, unacknowledgeAlert.route,
            listSilences.route, createSilence.route, previewSilence.route, expireSilence.route,
            listHosts.route, sendSamples.route, queryMetric.route, listProcesses.route, signalProcess.route,
            listReceivers.route, testReceiver.route, listNotices.route, retryNotice.route, dropNotice.route,
            listServices.route, listArticles.route, searchKnowledge.route, putArticle.route, listKeys.route,
            createKey.route,
            revokeKey.route, listAudit.route, showStatus.route, showIdentity.route, showMoment.route,
            listOccurrences.route,
        ] + models
}

// MARK: Conversations
extension Operations {
    /// Makes a customer and the token that proves it; needs no token itself.
    public static let createCustomer = Operation<CreateCustomer, Customer>(
        "createCustomer", .post, "/v1/customers", scope: nil, summary: "Make a customer and its token", creates: true)

    /// Gives a customer another token before theirs expires; the old one holds as long as it did.
    public static let renewToken = Operation<Nothing, Customer>(
        "renewToken", .post, "/v1/token", scope: .conversationsWrite,
        summary: "Give a customer another token before theirs expires", problems: [.notFound])

    /// Starts a conversation, which the assistant owns first.
    public static let createConversation = Operation<CreateConversation, Conversation>(
        "createConversation", .post, "/v1/conversations", scope: .conversationsWrite,
        summary: "Start a conversation", problems: [.notFound], creates: true)

    /// Writes a message; answered only after it is durable.
    public static let postMessage = Operation<PostMessage, Message>(
        "postMessage", .post, "/v1/conversations/{id}/messages", scope: .conversationsWrite,
        summary: "Write a message into a conversation", problems: [.reusedKey, .conversationClosed, .staleRevision],
        creates: true)

    /// Lists conversations: those that wait for a person first, the longest wait at the top; then the newest.
    public static let listConversations = Operation<ListConversations, List<Conversation>>(
        "listConversations", .get, "/v1/conversations", scope: .conversationsRead, summary: "List conversations")

    /// Shows one conversation.
    public static let showConversation = Operation<ConversationReference, Conversation>(
        "showConversation", .get, "/v1/conversations/{id}", scope: .conversationsRead, summary: "Show a conversation")

    /// Lists the messages of a conversation in order.
    public static let listMessages = Operation<ListMessages, List<Message>>(
        "listMessages", .get, "/v1/conversations/{id}/messages", scope: .conversationsRead,
        summary: "List the messages of a conversation")

    /// Takes a conversation over; exactly one of several callers wins.
    public static let claimConversation = Operation<ClaimConversation, Conversation>(
        "claimConversation", .post, "/v1/conversations/{id}/claim", scope: .conversationsClaim,
        summary: "Take a conversation over", problems: [.alreadyClaimed, .conversationClosed])

    /// Gives a conversation back to the assistant or the queue.
    public static let releaseConversation = Operation<ReleaseConversation, Conversation>(
        "releaseConversation", .post, "/v1/conversations/{id}/release", scope: .conversationsClaim,
        summary: "Give a conversation back", problems: [.alreadyClaimed, .conversationClosed])

    /// Marks a conversation as done.
    public static let resolveConversation = Operation<ConversationReference, Conversation>(
        "resolveConversation", .post, "/v1/conversations/{id}/resolve", scope: .conversationsClaim,
        summary: "Mark a conversation as done", problems: [.alreadyClaimed, .conversationClosed])
}

// MARK: Watching
extension Operations {
    /// Lists hosts with their newest sample.
    public static let listHosts = Operation<Nothing, List<Host>>(
        "listHosts", .get, "/v1/hosts", scope: .hostsRead, summary: "List hosts")

    /// Takes samples that a host sends of itself.
    ///
    /// Answered after they are committed; a second that is sent twice is kept once.
    public static let sendSamples = Operation<SendSamples, SamplesKept>(
        "sendSamples", .post, "/v1/hosts/{host}/samples", scope: .hostsWrite,
        summary: "Send samples of a host", problems: [.invalidField])

    /// Reads the history of a metric.
    public static let queryMetric = Operation<QueryMetric, MetricSeries>(
        "queryMetric", .get, "/v1/metrics", scope: .hostsRead, summary: "Read the history of a metric",
        problems: [.notFound])

    /// Lists processes of the gateway's own host, now or at a moment of the past.
    public static let listProcesses = Operation<ListProcesses, ProcessList>(
        "listProcesses", .get, "/v1/processes", scope: .hostsRead,
        summary: "List processes of the gateway's host, or the top twenty of a past second", problems: [.notFound])

    /// Sends a signal to a process of the gateway's own host; written to the audit trail before it is sent.
    public static let signalProcess = Operation<SignalProcess, SignalDelivery>(
        "signalProcess", .post, "/v1/processes/{pid}/signal", scope: .hostsSignal,
        summary: "Send a signal to a process of the gateway's host", problems: [.staleRevision])

    /// Lists the services that the gateway asks whether they answer.
    public static let listServices = Operation<Nothing, List<Service>>(
        "listServices", .get, "/v1/services", scope: .hostsRead, summary: "List the services that are watched")

    /// The desk at a glance.
    public static let showStatus = Operation<Nothing, DeskStatus>(
        "showStatus", .get, "/v1/status", scope: .alertsRead, summary: "Show the desk at a glance")
}

// MARK: The past
extension Operations {
    /// Shows what was true at a moment of the past: a host's values, alerts and conversations as they were.
    public static let showMoment = Operation<ShowMoment, DeskMoment>(
        "showMoment", .get, "/v1/moment", scope: .alertsRead, summary: "Show what was true at a moment of the past",
        problems: [.notFound])

    /// Lists what happened, oldest first: alerts, acknowledgments, deployments, restarts, changes of configuration.
    public static let listOccurrences = Operation<ListOccurrences, List<Occurrence>>(
        "listOccurrences", .get, "/v1/occurrences", scope: .alertsRead, summary: "List what happened")
}

// MARK: Administration
extension Operations {
    /// Lists the articles of the knowledge base.
    public static let listArticles = Operation<Nothing, List<Article>>(
        "listArticles", .get, "/v1/articles", scope: .knowledgeRead, summary: "List the articles of the knowledge base")

    /// Looks for passages of the knowledge base, the best first.
    public static let searchKnowledge = Operation<SearchKnowledge, List<Passage>>(
        "searchKnowledge", .get, "/v1/passages", scope: .knowledgeRead,
        summary: "Look for passages of the knowledge base")

    /// Puts an article into the knowledge base.
    public static let putArticle = Operation<PutArticle, Article>(
        "putArticle", .put, "/v1/articles", scope: .knowledgeWrite, summary: "Put an article into the knowledge base")

    /// Lists API keys; never their secrets.
    public static let listKeys = Operation<Nothing, List<APIKey>>(
        "listKeys", .get, "/v1/keys", scope: .keysManage, summary: "List API keys")

    /// Makes an API key; the only answer that holds its token.
    public static let createKey = Operation<CreateKey, APIKey>(
        "createKey", .post, "/v1/keys", scope: .keysManage, summary: "Make an API key", creates: true)

    /// Revokes an API key at once, open connections included.
    public static let revokeKey = Operation<KeyReference, APIKey>(
        "revokeKey", .delete, "/v1/keys/{id}", scope: .keysManage, summary: "Revoke an API key")

    /// Lists the audit trail, newest first.
    public static let listAudit = Operation<ListAudit, List<AuditEntry>>(
        "listAudit", .get, "/v1/audit", scope: .auditRead, summary: "List the audit trail")

    /// Says who the caller is.
    public static let showIdentity = Operation<Nothing, Identity>(
        "showIdentity", .get, "/v1/me", scope: .conversationsRead, summary: "Show who the caller is")
}
