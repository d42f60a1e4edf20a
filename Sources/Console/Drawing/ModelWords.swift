internal import Terminal
internal import Vocabulary

/// What is said about a version of the assistant, the same in every place.
struct ModelWords {
    let model: ModelRow

    var requests: StyledText {
        Quantity(count: Int(clamping: model.requests)).styled()
            + StyledText(model.requests == 1 ? " answer" : " answers", .dim)
    }

    var errors: StyledText {
        guard let share = model.errorShare else { return "" }
        return Quantity(share, .percent).styled(model.errors > 0 ? .warning : .text) + StyledText(" errors", .dim)
    }

    /// The median time to the first word, where words stream, else to the whole answer.
    var delay: StyledText {
        if let first = model.firstTokenP50 {
            return StyledText("first word ", .dim) + ModelWords.time(first).styled()
        }
        guard let whole = model.totalP50 else { return StyledText("nothing asked yet", .dim) }
        return StyledText("answer ", .dim) + ModelWords.time(whole).styled()
    }

    var tokens: StyledText {
        let sum = model.promptTokens + model.answerTokens
        guard sum > 0 else { return "" }
        return StyledText(estimateSign, .dim) + Quantity(count: Int(clamping: sum)).styled()
            + StyledText(" tokens", .dim)
    }

    /// Marks numbers that are partly estimated.
    var estimateSign: SafeText { model.estimated > 0 ? "~" : "" }

    /// Milliseconds as a time.
    static func time(_ milliseconds: Double?) -> Quantity { Quantity(milliseconds.map { $0 / 1000 }, .seconds) }
}

extension Scene {
    /// What stands where no model is shown because counts are of now only.
    var modelsOfThePast: SafeText? {
        isPast ? "What models counted is not kept for the past. End returns to now." : nil
    }
}
