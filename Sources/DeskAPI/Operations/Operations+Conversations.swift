// MARK: Triage
extension Operations {
    /// Changes what a conversation is filed under.
    public static let updateConversation = Operation<UpdateConversation, Conversation>(
        "updateConversation", .patch, "/v1/conversations/{id}", scope: .conversationsClaim,
        summary: "Change subject, priority and tags of a conversation", problems: [.notFound])

    /// Puts a conversation aside.
    public static let snoozeConversation = Operation<SnoozeConversation, Conversation>(
        "snoozeConversation", .post, "/v1/conversations/{id}/snooze", scope: .conversationsClaim,
        summary: "Put a conversation aside", problems: [.alreadyClaimed, .conversationClosed])

    /// Takes a conversation up again before its time.
    public static let wakeConversation = Operation<ConversationReference, Conversation>(
        "wakeConversation", .post, "/v1/conversations/{id}/wake", scope: .conversationsClaim,
        summary: "Take a conversation up again", problems: [.conversationClosed])

    /// Gives a conversation to a colleague; the note stays for them.
    public static let transferConversation = Operation<TransferConversation, Conversation>(
        "transferConversation", .post, "/v1/conversations/{id}/transfer", scope: .conversationsClaim,
        summary: "Give a conversation to a colleague", problems: [.alreadyClaimed, .conversationClosed])

    /// Takes a customer's rating, once, after the end.
    public static let rateConversation = Operation<RateConversation, Conversation>(
        "rateConversation", .post, "/v1/conversations/{id}/rating", scope: .conversationsWrite,
        summary: "Rate the help in a conversation that is over", problems: [.notResolved, .alreadyRated])

    /// Makes a link by which the customer rates a conversation.
    public static let createRatingLink = Operation<ConversationReference, RatingLink>(
        "createRatingLink", .post, "/v1/conversations/{id}/rating-link", scope: .conversationsClaim,
        summary: "Make a link by which the customer rates a conversation", problems: [.alreadyRated])

    /// Takes a rating by a link; the link is the proof.
    public static let rateByLink = Operation<RateByLink, RatingReceipt>(
        "rateByLink", .post, "/v1/ratings", scope: nil, summary: "Rate the help in a conversation by a link",
        problems: [.unauthenticated, .notResolved, .alreadyRated, .notFound])

    /// Says how far the caller has read on one of their devices; it never goes back.
    public static let readConversation = Operation<ReadConversation, Conversation>(
        "readConversation", .post, "/v1/conversations/{id}/read", scope: .conversationsRead,
        summary: "Say how far one has read")

    /// Keeps what the caller has written and not sent.
    public static let keepDraft = Operation<Draft, Draft>(
        "keepDraft", .put, "/v1/conversations/{id}/draft", scope: .conversationsClaim,
        summary: "Keep words that are not sent yet")

    /// Shows what the caller has written and not sent.
    public static let showDraft = Operation<ConversationReference, Draft>(
        "showDraft", .get, "/v1/conversations/{id}/draft", scope: .conversationsClaim,
        summary: "Show one's words that are not sent yet")

    /// Takes waiting conversations as they come, or no more.
    public static let setAvailability = Operation<SetAvailability, Availability>(
        "setAvailability", .put, "/v1/availability", scope: .conversationsClaim,
        summary: "Take waiting conversations as they come, or no more")

    /// Lists who takes waiting conversations.
    public static let listAvailability = Operation<Nothing, List<Availability>>(
        "listAvailability", .get, "/v1/availability", scope: .conversationsClaim,
        summary: "List who takes waiting conversations")

    /// Says what one of the caller's devices is doing.
    public static let setPresence = Operation<SetPresence, Presence>(
        "setPresence", .put, "/v1/presence", scope: .conversationsRead,
        summary: "Say what one's device is doing and which conversation it shows", problems: [.forbidden])

    /// Lists who of the staff is there.
    public static let listPresence = Operation<Nothing, List<Presence>>(
        "listPresence", .get, "/v1/presence", scope: .conversationsRead,
        summary: "List who of the staff is there and what they have before their eyes", problems: [.forbidden])

    /// Lists which customers are connected to their conversations.
    public static let listCustomerPresence = Operation<Nothing, List<CustomerPresence>>(
        "listCustomerPresence", .get, "/v1/presence/customers", scope: .conversationsRead,
        summary: "List which customers are connected to their conversations, and since when others are gone",
        problems: [.forbidden])

    /// Does with a conversation what a macro says.
    public static let runMacro = Operation<RunMacro, Conversation>(
        "runMacro", .post, "/v1/conversations/{id}/macro", scope: .conversationsClaim,
        summary: "Do with a conversation what a macro says, all of it or nothing",
        problems: [.alreadyClaimed, .conversationClosed])

    /// Lists the macros.
    public static let listMacros = Operation<Nothing, List<Macro>>(
        "listMacros", .get, "/v1/macros", scope: .conversationsClaim, summary: "List the macros")

    /// Lists the inbox's views of the desk's own.
    public static let listViews = Operation<Nothing, List<SavedView>>(
        "listViews", .get, "/v1/views", scope: .conversationsRead, summary: "List the saved views of the inbox")

    /// Says whether anybody is there to answer.
    public static let showAttendance = Operation<Nothing, Attendance>(
        "showAttendance", .get, "/v1/attendance", scope: .conversationsRead,
        summary: "Say whether anybody of the staff is there to answer")

    /// Says how a customer can be reached.
    public static let leaveContact = Operation<LeaveContact, Attendance>(
        "leaveContact", .put, "/v1/conversations/{id}/contact", scope: .conversationsWrite,
        summary: "Say how the customer can be reached when nobody is there", problems: [.conversationClosed])

    /// Lists the caller's notifications.
    public static let listNotifications = Operation<ListNotifications, NotificationList>(
        "listNotifications", .get, "/v1/notifications", scope: .conversationsRead,
        summary: "List what calls the caller: mentions, conversations given to them, targets missed",
        problems: [.forbidden])

    /// Says that the caller knows.
    public static let acknowledgeNotifications = Operation<AcknowledgeNotifications, NotificationList>(
        "acknowledgeNotifications", .post, "/v1/notifications/acknowledge", scope: .conversationsRead,
        summary: "Acknowledge notifications of the caller", problems: [.forbidden])

    /// Lists who may be named with `@` and given conversations.
    public static let listColleagues = Operation<Nothing, List<Colleague>>(
        "listColleagues", .get, "/v1/colleagues", scope: .conversationsClaim,
        summary: "List who may be named in notes and given conversations")

    /// Has the assistant write a reply for the caller, who may change it and send it; nothing is sent by itself.
    public static let suggestReply = Operation<ConversationReference, Suggestion>(
        "suggestReply", .post, "/v1/conversations/{id}/suggestion", scope: .conversationsClaim,
        summary: "Have the assistant suggest a reply to a colleague", problems: [.notFound])

    /// Counts what people made of suggested replies.
    public static let listSuggestionOutcomes = Operation<Nothing, List<SuggestionOutcomes>>(
        "listSuggestionOutcomes", .get, "/v1/suggestions/outcomes", scope: .modelsRead,
        summary: "Count what people made of suggested replies")

    /// Lists the texts that are kept ready.
    public static let listReplies = Operation<Nothing, List<CannedReply>>(
        "listReplies", .get, "/v1/replies", scope: .conversationsClaim, summary: "List the texts kept ready for replies"
    )
}

// MARK: Customers and search
extension Operations {
    /// Searches all messages, the newest first.
    public static let searchMessages = Operation<SearchMessages, List<FoundMessage>>(
        "searchMessages", .get, "/v1/search", scope: .conversationsClaim, summary: "Search all messages",
        problems: [.invalidField])

    /// Keeps a conversation that was held elsewhere.
    public static let importConversation = Operation<ImportConversation, ImportOutcome>(
        "importConversation", .post, "/v1/import/conversations", scope: .conversationsImport,
        summary: "Import a conversation that was held elsewhere", problems: [.invalidField], creates: true)

    /// Shows a customer with their conversations.
    public static let showCustomer = Operation<CustomerReference, CustomerProfile>(
        "showCustomer", .get, "/v1/customers/{customer}", scope: .conversationsClaim, summary: "Show a customer",
        problems: [.notFound])

    /// Changes what is known of a customer.
    public static let updateCustomer = Operation<UpdateCustomer, CustomerProfile>(
        "updateCustomer", .patch, "/v1/customers/{customer}", scope: .conversationsClaim,
        summary: "Change a customer's name and attributes", problems: [.notFound])

    /// Says that two customers are the same person.
    public static let mergeCustomers = Operation<MergeCustomers, CustomerProfile>(
        "mergeCustomers", .post, "/v1/customers/{customer}/merge", scope: .conversationsClaim,
        summary: "Let one customer go into another, with every conversation", problems: [.notFound])

    /// Lets a customer write no more, or again.
    public static let blockCustomer = Operation<BlockCustomer, CustomerProfile>(
        "blockCustomer", .put, "/v1/customers/{customer}/block", scope: .customersDelete,
        summary: "Block a customer, or let them write again", problems: [.notFound])

    /// Deletes everything of a customer, and proves it.
    public static let deleteCustomer = Operation<CustomerReference, DeletionReceipt>(
        "deleteCustomer", .delete, "/v1/customers/{customer}", scope: .customersDelete,
        summary: "Delete everything of a customer", problems: [.notFound])
}
