/// The version of the program.
enum Version {
    /// Semantic version; the change log has one section for each.
    static let text = "0.1.0"
}
