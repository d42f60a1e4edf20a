internal import DeskAPI

/// What takes the keys of the pane besides list, transcript and composer: one thing at a time.
enum Cover: Equatable, Sendable {
    /// What is being filed, put aside or given on.
    case triage(TriageForm)
    /// The macros, while one is chosen.
    case macro(MacroPicker)
    /// The words that are looked for in the transcript.
    case find(TranscriptFind)
    /// Who asks, in place of everything else.
    case customer(CustomerSheet)
    /// The search over all messages, in place of everything else.
    case search(SearchSheet)

    /// Whether keys are letters.
    var isForm: Bool {
        switch self {
        case .triage, .macro, .find: true
        case .customer(let sheet): sheet.writing != nil
        case .search(let sheet): sheet.isTyping
        }
    }

    /// Whether it stands in place of list and transcript.
    var isWhole: Bool {
        switch self {
        case .customer, .search: true
        case .triage, .macro, .find: false
        }
    }
}

/// Each kind by its name: setting one takes the place of any other, and taking one away leaves the others.
extension ConversationsPane.State {
    var triage: TriageForm? {
        get { if case .triage(let form)? = cover { form } else { nil } }
        set { if newValue != nil || triage != nil { cover = newValue.map(Cover.triage) } }
    }

    var macro: MacroPicker? {
        get { if case .macro(let picker)? = cover { picker } else { nil } }
        set { if newValue != nil || macro != nil { cover = newValue.map(Cover.macro) } }
    }

    var find: TranscriptFind? {
        get { if case .find(let find)? = cover { find } else { nil } }
        set { if newValue != nil || find != nil { cover = newValue.map(Cover.find) } }
    }

    var customer: CustomerSheet? {
        get { if case .customer(let sheet)? = cover { sheet } else { nil } }
        set { if newValue != nil || customer != nil { cover = newValue.map(Cover.customer) } }
    }

    var search: SearchSheet? {
        get { if case .search(let sheet)? = cover { sheet } else { nil } }
        set { if newValue != nil || search != nil { cover = newValue.map(Cover.search) } }
    }
}
