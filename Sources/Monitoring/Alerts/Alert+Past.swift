internal import DeskAPI
internal import Vocabulary

extension Alert {
    /// The episode as it was at a moment between its beginning and its end; `nil` when it was not open then.
    ///
    /// Values are not kept with an episode, so it has none; of several acknowledgments only the newest is known.
    func asOf(_ moment: Timestamp) -> Alert? {
        guard startedAt <= moment, resolvedAt.map({ $0 > moment }) ?? true else { return nil }
        var past = self
        past.value = nil
        past.resolvedAt = nil
        past.updatedAt = min(updatedAt, moment)
        if let firedAt, firedAt <= moment {
            past.condition = .firing
        } else {
            past.condition = .pending
            past.firedAt = nil
        }
        let isHeld = acknowledgedAt.map { $0 <= moment } ?? false
        if !isHeld || acknowledgedUntil.map({ $0 <= moment }) ?? false {
            past.acknowledgedBy = nil
            past.acknowledgedAt = nil
            past.acknowledgedUntil = nil
            past.note = nil
        }
        return past
    }
}
