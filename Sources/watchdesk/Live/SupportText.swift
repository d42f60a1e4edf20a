/// The file of business hours, targets and replies, `support.yaml` beside the configuration.
enum SupportText {
    /// Where it is.
    static func path(beside configuration: String) -> String {
        let folder = configuration.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        return (folder + ["support.yaml"]).joined(separator: "/")
    }
}
