/// A sign that something is under way; four pictures a second, and only while it is visible.
public enum Spinner {
    /// How many pictures there are in one turn.
    public static let pictures: [Unicode.Scalar] = ["⠋", "⠙", "⠸", "⠴", "⠦", "⠇"]

    /// The picture at this step; any number will do.
    public static func picture(_ step: Int) -> Unicode.Scalar {
        pictures[(step % pictures.count + pictures.count) % pictures.count]
    }
}
