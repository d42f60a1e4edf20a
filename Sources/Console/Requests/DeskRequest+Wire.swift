internal import DeskAPI

extension DeskRequest {
    /// The operation and its input, for what goes to the desk as one.
    var wire: (route: Route, input: any Record)? {
        switch self {
        case .showIdentity: (Operations.showIdentity.route, Nothing())
        case .showStatus: (Operations.showStatus.route, Nothing())
        case .listConversations(let input): (Operations.listConversations.route, input)
        case .listMessages(let input): (Operations.listMessages.route, input)
        case .claim(let input): (Operations.claimConversation.route, input)
        case .updateConversation(let input): (Operations.updateConversation.route, input)
        case .snooze(let input): (Operations.snoozeConversation.route, input)
        case .wake(let input): (Operations.wakeConversation.route, input)
        case .transfer(let input): (Operations.transferConversation.route, input)
        case .markRead(let input): (Operations.readConversation.route, input)
        case .keepDraft(let input): (Operations.keepDraft.route, input)
        case .showDraft(let input): (Operations.showDraft.route, input)
        case .listReplies: (Operations.listReplies.route, Nothing())
        case .suggestReply(let input): (Operations.suggestReply.route, input)
        case .search(let input): (Operations.searchMessages.route, input)
        case .release(let input): (Operations.releaseConversation.route, input)
        case .resolve(let input): (Operations.resolveConversation.route, input)
        case .post(let input): (Operations.postMessage.route, input)
        case .listAlerts(let input): (Operations.listAlerts.route, input)
        case .acknowledge(let input): (Operations.acknowledgeAlert.route, input)
        case .unacknowledge(let input): (Operations.unacknowledgeAlert.route, input)
        case .acknowledgeAll(let input): (Operations.acknowledgeAlerts.route, input)
        case .closeAlert(let input): (Operations.resolveAlert.route, input)
        case .assignAlert(let input): (Operations.assignAlert.route, input)
        case .showIncident(let input): (Operations.showIncident.route, input)
        case .listSilences(let input): (Operations.listSilences.route, input)
        case .showAlert(let input): (Operations.showAlert.route, input)
        case .previewSilence(let input): (Operations.previewSilence.route, input)
        case .createSilence(let input): (Operations.createSilence.route, input)
        case .expireSilence(let input): (Operations.expireSilence.route, input)
        case .listReceivers: (Operations.listReceivers.route, Nothing())
        case .testReceiver(let input): (Operations.testReceiver.route, input)
        case .listHosts: (Operations.listHosts.route, Nothing())
        case .queryMetric(let input), .queryPast(let input), .readCourse(let input):
            (Operations.queryMetric.route, input)
        case .listProcesses(let input): (Operations.listProcesses.route, input)
        case .signalProcess(let input): (Operations.signalProcess.route, input)
        case .listModels: (Operations.listModels.route, Nothing())
        case .listDeployments: (Operations.listDeployments.route, Nothing())
        case .listTrainings: (Operations.listTrainings.route, Nothing())
        case .showReport(let input): (Operations.showClassifierReport.route, input)
        case .listAliasMoves: (Operations.listAliasMoves.route, Nothing())
        case .moveAlias(let input): (Operations.moveAlias.route, input)
        case .startDeployment(let input): (Operations.startDeployment.route, input)
        case .steerDeployment(let input): (Operations.steerDeployment.route, input)
        case .startTraining(let input): (Operations.startTraining.route, input)
        case .cancelTraining(let input): (Operations.cancelTraining.route, input)
        case .showMoment(let input): (Operations.showMoment.route, input)
        case .listOccurrences(let input): (Operations.listOccurrences.route, input)
        case .type, .quit, .suspend, .redraw, .call, .copy, .save, .toggleMouse, .readThemes, .wear: nil
        }
    }
}
