internal import Settings
internal import Vocabulary

/// How the terminal calls a person who may look elsewhere.
enum Calls {
    /// The sequence for a call: nothing, the bell, or the bell and a notification of the desktop (OSC 9 and OSC 777).
    static func sequence(for text: SafeText, _ way: CallWay) -> String {
        // A semicolon would end the field of OSC 777 in which the text stands.
        let words = String(text.oneLine.text.map { $0 == ";" ? "," : $0 })
        return switch way {
        case .none: ""
        case .bell: "\u{7}"
        case .desktop: "\u{7}\u{1B}]9;Watchdesk: \(words)\u{7}\u{1B}]777;notify;Watchdesk;\(words)\u{7}"
        }
    }
}
