internal import DeskAPI
internal import Storage
internal import Vocabulary

/// Names that only those may move forward who answer for them; anybody who may deploy may take a version back.
extension Models {
    /// Names that are protected unless the configuration says otherwise.
    public static let usualProtection: Set<String> = ["production"]

    /// Checks that the caller may let a protected name point to a version.
    ///
    /// Back to what it pointed to before is a rollback, which must not wait for an admin to wake up.
    /// - Throws: ``Problem`` `.forbidden`; `StorageFailure`.
    func requireRight(
        of caller: Caller, toMove name: String, to version: ID<ModelVersion>, in transaction: Transaction
    ) throws {
        guard protectedNames.contains(name), !caller.may(.modelsProtect) else { return }
        let before: ID<ModelVersion>? = try transaction.value(
            "SELECT old FROM alias_move WHERE name = ? ORDER BY id DESC LIMIT 1", name)
        guard before == version else { throw forbidden(caller, name) }
    }

    /// Checks that the caller may give a version traffic under a protected name, or more of it.
    ///
    /// - Throws: ``Problem`` `.forbidden`.
    func requireRight(of caller: Caller, toGiveTrafficUnder name: String) throws(Problem) {
        guard protectedNames.contains(name), !caller.may(.modelsProtect) else { return }
        throw forbidden(caller, name)
    }

    private func forbidden(_ caller: Caller, _ name: String) -> Problem {
        Problem(
            .forbidden,
            "\(name) is protected: \(caller.name) may take a version back, but only who has models:protect moves it on")
    }
}
