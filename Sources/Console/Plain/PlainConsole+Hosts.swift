internal import DeskAPI
internal import Terminal
internal import Vocabulary

/// Hosts, services, processes and signals in lines.
extension PlainConsole {
    /// Every host that the desk knows, one a line.
    var hosts: [SafeText] {
        let all = facts.hosts.sorted { $0.key < $1.key }.compactMap(\.value.newest)
        guard !all.isEmpty else { return [line("no host has been sampled yet")] }
        return all.map { snapshot in
            let age = now - snapshot.at
            let heard: SafeText = age > .seconds(10) ? ", silent for \(age.age)" : ""
            return line(
                PlainWords.hostName(snapshot)
                    + ": cpu \(PlainWords.value(of: "cpu.busy", in: snapshot)), "
                    + "memory \(PlainWords.value(of: "memory.used", in: snapshot)) used, "
                    + "load \(PlainWords.value(of: "load.1", in: snapshot))" + heard)
        }
    }

    /// Everything that is measured of a host, one value a line; without a name the desk's own host.
    func host(_ name: String) -> [SafeText] {
        guard let wanted = name.isEmpty ? facts.mainHost : name else { return [line("no host has been sampled yet")] }
        guard let snapshot = facts.hosts[wanted]?.newest else {
            let hint = PlainWords.hint(for: wanted, among: Array(facts.hosts.keys))
            return [line("there is no host \(SafeText(untrusted: wanted, limit: 256).oneLine)\(hint)")]
        }
        return [line("host " + PlainWords.hostName(snapshot) + " at \(clock(snapshot.at))")]
            + snapshot.layout.names.map { name in
                line("\(SafeText(untrusted: name, limit: 256).oneLine): \(PlainWords.value(of: name, in: snapshot))")
            }
    }

    /// The services that are asked whether they answer, as the desk's own host measures them.
    var services: [SafeText] {
        guard let snapshot = facts.host?.newest else { return [line("no host has been sampled yet")] }
        let told = snapshot.layout.names.compactMap { name -> SafeText? in
            guard name.hasPrefix("service."), name.hasSuffix(".up") else { return nil }
            let service = String(name.dropFirst("service.".count).dropLast(".up".count))
            let state: SafeText =
                switch snapshot[name] {
                case nil: "not asked yet"
                case 0?: "down"
                default: "up, answered in \(PlainWords.value(of: "service.\(service).latency", in: snapshot))"
                }
            return line("service \(SafeText(untrusted: service, limit: 256).oneLine): \(state)")
        }
        return told.isEmpty ? [line("no services are watched; the setting is services")] : told
    }

    /// Asks for the processes that use most, those that a filter lets through.
    mutating func askForProcesses(_ filter: String) -> Outcome {
        do throws(ProcessQueryFault) {
            _ = try ProcessQuery(filter)
        } catch {
            return refuse(error.description)
        }
        return ask(.listProcesses(PlainConsole.processes(filter, at: nil)))
    }

    /// The question for the processes that used most.
    static func processes(_ filter: String, at moment: Timestamp?) -> ListProcesses {
        var request = ListProcesses()
        request.filter = filter
        request.limit = 10
        request.at = moment
        return request
    }

    /// Takes a list; those that run now can be signalled from then on.
    mutating func told(_ list: ProcessList) -> [SafeText] {
        let rows = list.items.map { ProcessRow($0) }
        if list.isPast {
            let past = at(list.at)
            return [past.line("\(list.total) processes, of which most was used by")]
                + rows.map { past.line(PlainWords.process($0)) }
        }
        for row in rows { signalled[row.key.pid] = row }
        let match: SafeText = list.matching == list.total ? "" : ", \(list.matching) match"
        return [line("\(list.total) processes" + match)] + rows.map { line(PlainWords.process($0)) }
    }

    /// Says what a signal would do; the same line with `yes` sends it.
    mutating func signal(_ pid: Int64, _ rest: String) -> Outcome {
        let words = rest.split(whereSeparator: \.isWhitespace).map { $0.lowercased() }
        let isMeant = words.last == "yes"
        let name = (isMeant ? words.dropLast() : words[...]).first ?? "term"
        guard words.count - (isMeant ? 1 : 0) <= 1,
            let signal = ProcessSignal.allCases.first(where: { $0.rawValue.lowercased() == name })
        else {
            let all = ProcessSignal.allCases.map { SafeText(untrusted: $0.rawValue) }.joined(separator: ", ")
            return Outcome(lines: [line("write signal PID NAME; the names are \(all)")])
        }
        guard let target = signalled[pid] else {
            return Outcome(lines: [
                line("no process \(pid) was told here; write processes pid=\(pid) first, to see what it is")
            ])
        }
        let word = SafeText(untrusted: signal.rawValue)
        guard isMeant else {
            return Outcome(lines: [
                line(
                    "this sends \(word) to \(target.name), process \(pid) of \(target.user); "
                        + "write signal \(pid) \(word) yes to do it")
            ])
        }
        return ask(.signalProcess(SignalProcess(signal, pid: pid, started: target.key.started)))
    }

    /// The time of a moment as it is told.
    func clock(_ moment: Timestamp) -> SafeText { LocalTime(moment, utcOffset: utcOffset).clockWithSeconds }
}
