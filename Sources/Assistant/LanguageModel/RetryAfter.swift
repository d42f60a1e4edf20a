internal import Transfer
internal import Vocabulary

/// Reads how long a server asks to wait (RFC 9110, section 10.2.3).
enum RetryAfter {
    /// The wait in seconds, or until a date as seen by the server's own clock; `nil` when it does not say.
    static func wait(in head: HTTPHead) -> Duration? {
        guard let value = head["retry-after"] else { return nil }
        if let seconds = Double(value), seconds.isFinite { return .seconds(min(max(seconds, 0), 86_400)) }
        guard let then = moment(value), let now = head["date"].flatMap({ moment($0) }) else { return nil }
        return max(.zero, then - now)
    }

    /// A date in the one form that servers may send: `Sun, 06 Nov 1994 08:49:37 GMT`.
    private static func moment(_ text: String) -> Timestamp? {
        let parts = text.split { $0 == " " || $0 == "," }
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        guard parts.count == 6, parts[5] == "GMT", let month = months.firstIndex(of: String(parts[2])) else {
            return nil
        }
        let digits = month < 9 ? "0\(month + 1)" : "\(month + 1)"
        return Timestamp(rfc3339: "\(parts[3])-\(digits)-\(parts[1])T\(parts[4])Z")
    }
}
