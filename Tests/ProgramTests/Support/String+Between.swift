extension String {
    /// The short texts that stand between two marks, such as the parameters of escape sequences.
    func components(between start: String, and final: Character) -> [String] {
        var found: [String] = []
        for piece in split(separator: start).dropFirst(hasPrefix(start) ? 0 : 1) {
            let parameters = piece.prefix { $0.isNumber || $0 == ";" || $0 == "?" || $0 == ":" }
            if piece.dropFirst(parameters.count).first == final { found.append(String(parameters)) }
        }
        return found
    }
}
