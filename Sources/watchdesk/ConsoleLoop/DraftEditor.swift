internal import Console
internal import Glibc
internal import Vocabulary

/// The person's own editor, for a draft that is too long for the composer.
struct DraftEditor {
    let environment: [String: String]

    /// The most bytes of a draft that are read back.
    static let longest = 1 << 20

    /// The editor's command, as `VISUAL`, else `EDITOR`, else `vi` has it.
    var command: String {
        ["VISUAL", "EDITOR"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? "vi"
    }

    /// Has the person change a text; the terminal must be the editor's meanwhile.
    ///
    /// - Returns: the text as they left it, without a line break at its end.
    /// - Throws: why it is not known; the draft is then as it was.
    func edit(_ text: SafeText, at now: Timestamp) throws -> String {
        let path = try Clipboard.save(text, at: now, environment: environment)
        defer { unsafe unlink(path) }
        let status = try run(on: path)
        guard status == 0 else { throw Failure("the editor ended with status \(status); the draft is as it was") }
        var edited = try read(path)
        while edited.hasSuffix("\n") { edited.removeLast() }
        return edited
    }

    private func run(on path: String) throws -> Int32 {
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        // The editor hears the signals that threads of this program block.
        unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var mask = sigset_t()
        unsafe sigemptyset(&mask)
        unsafe posix_spawnattr_setsigmask(&attributes, &mask)
        // The variable may hold options; the shell takes them apart, and the path stays one word.
        let arguments = ["sh", "-c", "\(command) \"$1\"", "sh", path]
        var words: [UnsafeMutablePointer<CChar>?] = unsafe arguments.map { unsafe strdup($0) } + [nil]
        var variables: [UnsafeMutablePointer<CChar>?] =
            unsafe environment.map { unsafe strdup("\($0.key)=\($0.value)") } + [nil]
        defer {
            for index in unsafe words.indices { unsafe free(words[index]) }
            for index in unsafe variables.indices { unsafe free(variables[index]) }
        }
        var process: pid_t = 0
        let started = unsafe posix_spawn(&process, "/bin/sh", nil, &attributes, &words, &variables)
        guard started == 0 else { throw Failure("\(command) cannot be started (errno \(started))") }
        var status: Int32 = 0
        while unsafe waitpid(process, &status, 0) < 0 {
            guard errno == EINTR else { throw Failure("\(command) is lost (errno \(errno))") }
        }
        return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
    }

    private func read(_ path: String) throws -> String {
        let descriptor = unsafe open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure("\(path) is gone (errno \(errno)); the draft is as it was") }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe chunk.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
            guard count >= 0 else { throw Failure("\(path) cannot be read (errno \(errno)); the draft is as it was") }
            if count == 0 { return String(decoding: bytes, as: UTF8.self) }
            bytes += chunk.prefix(count)
            guard bytes.count <= DraftEditor.longest else {
                throw Failure("the text has more than \(DraftEditor.longest) bytes; the draft is as it was")
            }
        }
    }
}
