internal import Assistant
internal import Desk
internal import Glibc
internal import Settings
internal import Storage
internal import Terminal
internal import Transfer
internal import Vocabulary
internal import YAML

/// Looks at everything a desk needs on this machine; changes nothing.
struct Examination {
    let settings: Settings

    /// What was found, in the order a person would ask.
    func findings() -> [Finding] {
        [configuration, folder, space, history, engine] + databases + [kernel, terminal, theme, languageModel]
    }

    private var configuration: Finding {
        let text = "\(settings.config.value) (\(settings.config.origin))"
        guard let warning = settings.warnings.first else {
            return Finding(subject: "configuration", state: .ok, text: text)
        }
        return Finding(subject: "configuration", state: .warning, text: warning.text)
    }

    private var folder: Finding {
        let path = settings.data.value
        var status = stat()
        guard unsafe stat(path, &status) == 0 else {
            return Finding(
                subject: "data folder", state: .ok, text: "\(path) does not exist yet; it is made at the start")
        }
        if let owner = DataFolder.owner(of: path) {
            let address = owner.address ?? "no address"
            return Finding(
                subject: "data folder", state: .ok, text: "\(path) is in use by process \(owner.processID) (\(address))"
            )
        }
        guard unsafe access(path, R_OK | W_OK | X_OK) == 0 else {
            return Finding(
                subject: "data folder", state: .failed, text: "\(path) cannot be written by \(UserName.current)",
                remedy: "chown it, or choose another with --data")
        }
        guard status.st_mode & 0o077 == 0 else {
            return Finding(
                subject: "data folder", state: .warning, text: "\(path) can be read by others",
                remedy: "chmod 700 \(path)")
        }
        return Finding(subject: "data folder", state: .ok, text: path)
    }

    private var space: Finding {
        var path = settings.data.value
        var status = statvfs()
        while unsafe statvfs(path, &status) != 0, let slash = path.lastIndex(of: "/") {
            path = slash == path.startIndex ? "/" : String(path[..<slash])
            if path == "/" {
                _ = unsafe statvfs(path, &status)
                break
            }
        }
        let free = UInt64(status.f_bavail) * UInt64(status.f_frsize) / 1_048_576
        let text = "\(free) MiB free for the data folder"
        guard free >= 512 else {
            return Finding(
                subject: "space", state: .warning, text: text, remedy: "free some: writes are refused on a full disk")
        }
        return Finding(subject: "space", state: .ok, text: text)
    }

    private var history: Finding {
        let sizes = [Desk.historyFile, Desk.databaseFile].map { file in
            Quantity(size(of: file).map(Double.init), .bytes).text.text
        }
        let kept = settings.history
        let tiers = [kept.seconds, kept.tenSeconds, kept.minutes, kept.hours].map { $0.value.shorthand }
        return Finding(
            subject: "history", state: .ok,
            text: "\(sizes[0]) on the disk, beside \(sizes[1]) of conversations, alerts, keys and audit; "
                + "seconds are kept for \(tiers[0]), ten seconds \(tiers[1]), minutes \(tiers[2]), hours \(tiers[3])")
    }

    /// Bytes that a database of the data folder takes, its log included; `nil` when there is none.
    private func size(of file: String) -> Int64? {
        let sizes = ["", "-wal"].compactMap { end -> Int64? in
            var status = stat()
            guard unsafe stat("\(settings.data.value)/\(file)\(end)", &status) == 0 else { return nil }
            return Int64(status.st_blocks) * 512
        }
        return sizes.isEmpty ? nil : sizes.reduce(0, +)
    }

    private var engine: Finding {
        let text = "SQLite \(Database.engineVersion)"
        guard Database.engineHasLogResetFault else { return Finding(subject: "storage engine", state: .ok, text: text) }
        return Finding(
            subject: "storage engine", state: .warning,
            text: "\(text) can corrupt a database that two processes write; Watchdesk writes with one connection only",
            remedy: "do not write to the data folder with other programs; SQLite 3.51.3 or later has no such fault")
    }

    private var databases: [Finding] {
        guard DataFolder.owner(of: settings.data.value) == nil else { return [] }
        let files = [Desk.databaseFile, Desk.historyFile].filter { file in
            unsafe access("\(settings.data.value)/\(file)", F_OK) == 0
        }
        let findings = files.map { integrity(of: "\(settings.data.value)/\($0)", named: $0) }
        guard files.first == Desk.databaseFile, findings.first?.state == .ok else { return findings }
        return findings + [auditTrail]
    }

    private var auditTrail: Finding {
        let subject = "audit trail"
        do {
            switch try AuditTrail.verify(at: "\(settings.data.value)/\(Desk.databaseFile)") {
            case .intact(let entries, _):
                return Finding(subject: subject, state: .ok, text: "\(entries) entries, none changed or missing")
            case .broken(let sequence, let reason):
                return Finding(
                    subject: subject, state: .failed, text: "entry \(sequence): \(reason)",
                    remedy: "somebody changed the database by other means; keep it, and compare it with a backup")
            }
        } catch {
            return Finding(subject: subject, state: .failed, text: Failure(error).message)
        }
    }

    private func integrity(of path: String, named file: String) -> Finding {
        do {
            let problems = try Database.integrityProblems(at: path)
            guard let first = problems.first else { return Finding(subject: file, state: .ok, text: "sound") }
            return Finding(
                subject: file, state: .failed, text: "\(problems.count) faults, the first: \(first)",
                remedy: "put back the newest backup beside it, and keep the damaged file")
        } catch {
            return Finding(
                subject: file, state: .failed, text: "\(error)", remedy: "put back the newest backup beside it")
        }
    }

    private var kernel: Finding {
        let missing = [
            "/proc/stat", "/proc/meminfo", "/proc/diskstats", "/proc/net/dev", "/proc/loadavg", "/proc/pressure/cpu",
        ].filter { (path: String) in unsafe access(path, R_OK) != 0 }
        guard !missing.isEmpty else {
            return Finding(subject: "host", state: .ok, text: "every source in /proc can be read")
        }
        return Finding(
            subject: "host", state: .warning, text: "cannot read \(missing.joined(separator: ", "))",
            remedy: "what depends on it is shown as n/a")
    }

    private var terminal: Finding {
        let environment: [String: String]
        do {
            environment = try ProcessEnvironment.current()
        } catch {
            return Finding(subject: "terminal", state: .warning, text: Failure(error).message)
        }
        guard isatty(1) == 1 else {
            return Finding(
                subject: "terminal", state: .ok, text: "standard output is no terminal; the console needs one")
        }
        let locale = environment["LC_ALL"] ?? environment["LC_CTYPE"] ?? environment["LANG"] ?? ""
        let text = "TERM=\(environment["TERM"] ?? ""), locale \(locale.isEmpty ? "C" : locale)"
        guard locale.uppercased().contains("UTF") else {
            return Finding(
                subject: "terminal", state: .warning, text: "\(text): charts are drawn in ASCII",
                remedy: "export LC_ALL=C.UTF-8")
        }
        return Finding(subject: "terminal", state: .ok, text: text)
    }

    private var theme: Finding {
        do {
            let theme = try ThemeChoice.load(settings)
            return Finding(subject: "theme", state: .ok, text: theme.name)
        } catch {
            return Finding(subject: "theme", state: .failed, text: Failure(error).message)
        }
    }

    private var languageModel: Finding {
        guard let url = settings.assistant.url else {
            return Finding(
                subject: "assistant", state: .ok,
                text: "answers from the knowledge base; no language model is configured",
                remedy: LocalModels.offer(settings))
        }
        do {
            let address = url.value.text
            let status = try Blocking.run {
                let transfer = try Transfer.start(reach: .alsoPrivate)
                defer { transfer.stop() }
                return try await transfer.request(HTTPRequest(.get, address)).head.status
            }
            return Finding(subject: "assistant", state: .ok, text: "\(address) answers (status \(status))")
        } catch {
            return Finding(
                subject: "assistant", state: .failed, text: "\(url.value.text): \(Failure(error).message)",
                remedy: "customers get answers from the knowledge base meanwhile")
        }
    }
}
