// MARK: Notifications
extension Operations {
    /// Lists who is told of alerts, in the order of `notify.yaml`, and how that goes.
    public static let listReceivers = Operation<Nothing, List<NotifyReceiver>>(
        "listReceivers", .get, "/v1/receivers", scope: .alertsRead, summary: "List who is told of alerts")

    /// Sends a marked test message once and tells what the receiver answered; it is neither kept nor tried again.
    public static let testReceiver = Operation<ReceiverReference, NoticeTest>(
        "testReceiver", .post, "/v1/receivers/{name}/test", scope: .notificationsManage,
        summary: "Send a test message to a receiver")

    /// Lists messages to receivers, newest first.
    public static let listNotices = Operation<ListNotices, List<NoticeDelivery>>(
        "listNotices", .get, "/v1/notices", scope: .alertsRead, summary: "List messages about alerts")

    /// Tries a dead letter again, or one that waits at once.
    public static let retryNotice = Operation<NoticeReference, NoticeDelivery>(
        "retryNotice", .post, "/v1/notices/{id}/retry", scope: .notificationsManage,
        summary: "Try a message again", problems: [.staleRevision])

    /// Discards a message that was not sent.
    public static let dropNotice = Operation<NoticeReference, NoticeDelivery>(
        "dropNotice", .delete, "/v1/notices/{id}", scope: .notificationsManage,
        summary: "Discard a message that was not sent", problems: [.staleRevision])
}
