extension Secret {
    /// The secret that is kept at a place, as other files than the settings name it.
    ///
    /// - Parameters:
    ///   - place: `env:NAME`, or `file:/path`, relative to the file that names it.
    ///   - file: The file that names it.
    /// - Throws: A reason in words, without the secret: no such variable, no such file, or one that everybody can read.
    public static func kept(
        at place: String, namedIn file: String, environment: [String: String], files: FileSource = .system
    ) throws -> Secret {
        let context = SettingContext(environment: environment).besides(file: file)
        return try SecretReference(Secret(place)).fetch(environment: environment, files: files, context: context)
    }
}
