internal import DeskAPI
internal import Settings
internal import Storage
internal import Vocabulary

/// Why a verb could not do what was asked: one line for a person, and the exit status.
struct Failure: Error {
    /// What happened and what to do about it; text from outside is made harmless.
    let message: String
    /// 1 for "could not", 2 for wrong usage, 73 when the data folder belongs to another process.
    let status: Int32

    init(_ message: String, status: Int32 = 1) {
        self.message = "watchdesk: " + SafeText(untrusted: message).text
        self.status = status
    }

    init(_ error: any Error) {
        switch error {
        case let failure as Failure: self = failure
        case let problem as Problem: self.init(problem.detail)
        case DataFolderFailure.ownedByAnother(let pid):
            self.init(DataFolderFailure.ownedByAnother(pid: pid).description, status: 73)
        case let failure as any CustomStringConvertible: self.init(failure.description)
        default: self.init("\(error)")
        }
    }
}
