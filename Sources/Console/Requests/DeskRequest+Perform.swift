public import DeskAPI

extension DeskRequest {
    /// Carries the request out at a desk; requests for the terminal are answered with `.done` and do nothing.
    public func perform(on client: any DeskClient) async -> Result<DeskAnswer, Problem> {
        do throws(Problem) {
            return .success(try await answer(from: client))
        } catch {
            return .failure(error)
        }
    }

    private func answer(from client: any DeskClient) async throws(Problem) -> DeskAnswer {
        switch self {
        case .showIdentity: .identity(try await client.call(Operations.showIdentity, Nothing()))
        case .showStatus: .status(try await client.call(Operations.showStatus, Nothing()))
        case .listConversations(let input):
            .conversations(try await client.call(Operations.listConversations, input).items)
        case .listMessages(let input): .messages(try await client.call(Operations.listMessages, input).items)
        case .claim(let input): .conversation(try await client.call(Operations.claimConversation, input))
        case .release(let input): .conversation(try await client.call(Operations.releaseConversation, input))
        case .resolve(let input): .conversation(try await client.call(Operations.resolveConversation, input))
        case .post(let input): .message(try await client.call(Operations.postMessage, input))
        case .updateConversation(let input): .conversation(try await client.call(Operations.updateConversation, input))
        case .snooze(let input): .conversation(try await client.call(Operations.snoozeConversation, input))
        case .wake(let input): .conversation(try await client.call(Operations.wakeConversation, input))
        case .transfer(let input): .conversation(try await client.call(Operations.transferConversation, input))
        case .markRead(let input): .conversation(try await client.call(Operations.readConversation, input))
        case .keepDraft(let input): .draft(try await client.call(Operations.keepDraft, input))
        case .showDraft(let input): .draft(try await client.call(Operations.showDraft, input))
        case .listReplies: .replies(try await client.call(Operations.listReplies, Nothing()).items)
        case .setAvailability(let input): .availability(try await client.call(Operations.setAvailability, input))
        case .setPresence(let input):
            .presence([try await client.call(Operations.setPresence, input)])
        case .listPresence: .presence(try await client.call(Operations.listPresence, Nothing()).items)
        case .listCustomerPresence:
            .customerPresence(try await client.call(Operations.listCustomerPresence, Nothing()).items)
        case .listNotifications:
            .notifications(try await client.call(Operations.listNotifications, ListNotifications()).items)
        case .acknowledgeNotifications(let input):
            .notifications(try await client.call(Operations.acknowledgeNotifications, input).items)
        case .showCustomer(let input): .customer(try await client.call(Operations.showCustomer, input))
        case .updateCustomer(let input): .customer(try await client.call(Operations.updateCustomer, input))
        case .mergeCustomers(let input): .customer(try await client.call(Operations.mergeCustomers, input))
        case .listViews: .views(try await client.call(Operations.listViews, Nothing()).items)
        case .listMacros: .macros(try await client.call(Operations.listMacros, Nothing()).items)
        case .runMacro(let input): .conversation(try await client.call(Operations.runMacro, input))
        case .listColleagues: .colleagues(try await client.call(Operations.listColleagues, Nothing()).items)
        case .searchKnowledge(let input):
            .passages(try await client.call(Operations.searchKnowledge, input).items)
        case .suggestReply(let input): .suggestion(try await client.call(Operations.suggestReply, input))
        case .search(let input): .found(try await client.call(Operations.searchMessages, input).items)
        case .listAlerts(let input): .alerts(try await client.call(Operations.listAlerts, input).items)
        case .acknowledge(let input): .alert(try await client.call(Operations.acknowledgeAlert, input))
        case .unacknowledge(let input): .alert(try await client.call(Operations.unacknowledgeAlert, input))
        case .acknowledgeAll(let input): .outcomes(try await client.call(Operations.acknowledgeAlerts, input).items)
        case .closeAlert(let input): .alert(try await client.call(Operations.resolveAlert, input))
        case .assignAlert(let input): .alert(try await client.call(Operations.assignAlert, input))
        case .showIncident(let input): .incident(try await client.call(Operations.showIncident, input))
        case .listSilences(let input): .silences(try await client.call(Operations.listSilences, input).items)
        case .showAlert(let input): .history(try await client.call(Operations.showAlert, input))
        case .previewSilence(let input): .preview(try await client.call(Operations.previewSilence, input).items)
        case .createSilence(let input): .silence(try await client.call(Operations.createSilence, input))
        case .expireSilence(let input): .silence(try await client.call(Operations.expireSilence, input))
        case .listReceivers: .receivers(try await client.call(Operations.listReceivers, Nothing()).items)
        case .testReceiver(let input): .noticeTest(try await client.call(Operations.testReceiver, input))
        case .listHosts: .hosts(try await client.call(Operations.listHosts, Nothing()).items)
        case .queryMetric(let input), .queryPast(let input), .readCourse(let input):
            .series(try await client.call(Operations.queryMetric, input))
        case .showMoment(let input): .moment(try await client.call(Operations.showMoment, input))
        case .listOccurrences(let input):
            .occurrences(try await client.call(Operations.listOccurrences, input).items)
        case .listProcesses(let input): .processes(try await client.call(Operations.listProcesses, input))
        case .signalProcess(let input): .signalled(try await client.call(Operations.signalProcess, input))
        case .listModels: .models(try await client.call(Operations.listModels, Nothing()).items)
        case .listDeployments, .listTrainings, .listBudgets, .listLocalModels, .addModelVersion, .startTuning,
            .showReport, .listAliasMoves, .moveAlias, .startDeployment,
            .steerDeployment,
            .startTraining, .cancelTraining:
            try await answerAboutModels(from: client)
        case .type(let conversation): await announce(typingIn: conversation, on: client)
        case .quit, .suspend, .redraw, .call, .copy, .save, .edit, .toggleMouse, .readThemes, .wear: .done
        }
    }

    private func announce(typingIn conversation: ConversationReference, on client: any DeskClient) async -> DeskAnswer {
        await client.type(in: conversation)
        return .done
    }
}
