internal import Assistant
public import Bus
internal import Conversations
public import DeskAPI
public import Host
internal import Models
internal import Monitoring
internal import NIOConcurrencyHelpers
internal import Security
internal import Storage
internal import Threads
internal import Transfer
public import Vocabulary

/// A whole desk: its store, its slices and what runs between them.
///
/// It serves any number of callers; a gateway and an embedded console use the same one.
public final class Desk: DeskService {
    /// Everything that happens, committed before it is published.
    public let bus: Bus<DeskEvent>
    /// The endpoint of every operation, by its name.
    public let endpoints: [String: Endpoint]
    let configuration: DeskConfiguration
    let clock: HostClock
    let parts: DeskParts
    private let tasks = NIOLockedValueBox<[Task<Void, Never>]>([])
    let traffic: TrafficSource

    /// The file of what must last, in the data folder.
    public static let databaseFile = "desk.sqlite"
    /// The file of the hosts' history, in the data folder.
    public static let historyFile = "metrics.sqlite"

    /// Opens the desk on its folder and starts what runs by itself.
    ///
    /// - Throws: `StorageFailure`, above all when a newer version wrote the folder; `YAMLFailure` for wrong rules.
    public static func open(_ configuration: DeskConfiguration, clock: HostClock) async throws -> Desk {
        let bus = Bus<DeskEvent>()
        let parts = try await DeskParts.open(configuration, bus: bus, clock: clock)
        try await parts.security.noteStart(version: configuration.version, at: clock.now())
        let desk = try Desk(configuration: configuration, clock: clock, bus: bus, parts: parts)
        desk.start()
        return desk
    }

    private init(configuration: DeskConfiguration, clock: HostClock, bus: Bus<DeskEvent>, parts: DeskParts) throws {
        self.configuration = configuration
        self.clock = clock
        self.bus = bus
        self.parts = parts
        let traffic = TrafficSource()
        self.traffic = traffic
        let status = StatusReader(
            parts: parts, traffic: traffic, bus: bus, configuration: configuration, startedAt: clock.now())
        let samples = SampleDesk(parts: parts, bus: bus, clock: clock)
        scrapes = ScrapeWatch(
            configuration.scrapes, parts: parts, samples: samples, clock: clock, log: configuration.log)
        services = ServiceWatch(configuration.services, transfer: parts.transfer, clock: clock)
        notices = NoticeDesk(
            parts.notifications,
            courier: NoticeCourier(transfer: parts.transfer, clock: clock, secrets: configuration.notify.secret),
            bus: bus, clock: clock, log: configuration.log)
        let modelDesk = ModelDesk(parts: parts, configuration: configuration, clock: clock)
        completions = CompletionDesk(models: modelDesk, ledger: UseLedger(modelDesk))
        tunings = TuningDesk(parts: parts, models: modelDesk, configuration: configuration, clock: clock, bus: bus)
        let all = EndpointTable(
            parts: parts, status: status, samples: samples, services: services, notices: notices,
            modelDesk: modelDesk, clock: clock, log: configuration.log
        ).all
        endpoints = Dictionary(uniqueKeysWithValues: all.map { ($0.route.name, $0) })
        watch = try HostWatch(
            parts: parts, status: status, services: services, configuration: configuration, clock: clock, bus: bus)
        processWatch = try ProcessWatch(parts: parts, configuration: configuration, clock: clock)
        everySecond = try EverySecond(
            support: SupportWatch(conversations: parts.conversations, clock: clock, log: configuration.log),
            drift: DriftLedger(models: parts.models, clock: clock, log: configuration.log))
        assistant = AssistantDesk(
            parts: parts, models: modelDesk, configuration: configuration, clock: clock, bus: bus)
    }

    private let prometheus = PrometheusText()
    private let services: ServiceWatch
    private let scrapes: ScrapeWatch
    private let notices: NoticeDesk
    private let notifyWatch = NIOLockedValueBox<FolderWatch?>(nil)
    private let watch: HostWatch
    private let processWatch: ProcessWatch
    private let everySecond: EverySecond
    private let assistant: AssistantDesk
    private let completions: CompletionDesk
    private let tunings: TuningDesk

    /// A token for programs on this machine that can read the data folder; it changes with every start.
    public var tokenForThisMachine: String { parts.security.tokenForThisMachine }

    /// Changes when the store is made anew; offsets of another epoch mean nothing.
    public var epoch: String { parts.database.epoch }

    /// Finds out who holds a token; takes microseconds and never blocks.
    public func caller(holding token: String) throws(Problem) -> Caller {
        let caller = try parts.security.caller(holding: token, at: clock.now())
        guard case .customer(let customer) = caller.identity, let into = parts.conversations.merged(customer) else {
            return caller
        }
        return Caller(identity: .customer(into), role: caller.role, name: "customer \(into)")
    }

    /// Whether the caller may see a conversation; a customer only its own.
    public func may(_ caller: Caller, see conversation: ID<Conversation>) async -> Bool {
        do {
            return try await parts.conversations.may(caller, see: conversation)
        } catch {
            configuration.log("cannot check who may see conversation \(conversation): \(error)")
            return false
        }
    }

    /// Everything that is measured, in Prometheus' text format 0.0.4; whoever may list the hosts may read it.
    public func exposition(for caller: Caller) throws(Problem) -> [UInt8] {
        try endpoints[Operations.listHosts.route.name]?.permit(caller)
        return prometheus.write(parts.hosts.newest, at: clock.now())
    }

    /// Answers an OpenAI-compatible chat completion through a deployment.
    public func complete(
        _ body: [UInt8], thread: String?, for caller: Caller, to responder: any CompletionResponder
    ) async {
        await completions.complete(body, thread: thread, for: caller, to: responder)
    }

    /// What an OpenAI-compatible client may ask for.
    public func completionModels(named name: String?, for caller: Caller) throws(Problem) -> [UInt8]? {
        try endpoints[Operations.listModels.route.name]?.permit(caller)
        return completions.list(named: name)
    }

    /// The connection behind one of a colleague's devices broke: the device counts for ten more seconds.
    public func cutOff(_ device: String, of caller: Caller) {
        parts.conversations.cutOff(device, of: caller.actor, at: clock.now())
    }

    /// A connection of a customer came to their conversation, or left it; a departure counts after ten seconds.
    public func attend(_ conversation: ID<Conversation>, connection: Int, isThere: Bool) {
        parts.conversations.attend(conversation, connection: connection, isThere: isThere, at: clock.now())
    }

    /// Tells the desk how the gateway is doing.
    public func observeTraffic(_ source: @escaping @Sendable () -> Traffic) {
        traffic.set(source)
    }

    /// Ends what runs by itself, finishes what waits to be written, and closes the store.
    public func close() async {
        notifyWatch.withLockedValue { $0 }?.stop()
        let running = tasks.withLockedValue { tasks in
            defer { tasks = [] }
            return tasks
        }
        for task in running { task.cancel() }
        for task in running { await task.value }
        await parts.close()
    }

    private func start() {
        let mood = CustomerMood(models: parts.models, clock: clock, log: configuration.log)
        let traffic = traffic
        parts.conversations.observeStaff { traffic.now.consoles > 0 }
        parts.conversations.hear { await mood.feeling(of: $0, isNew: $1) }
        let watch = watch
        let processWatch = processWatch
        let everySecond = everySecond
        let assistant = assistant
        let ledger = completions.ledger
        let tunings = tunings
        let services = services
        let scrapes = scrapes
        let notices = notices
        let log = configuration.log
        let clock = clock
        let baselines = BaselineWatch(parts: parts, clock: clock, log: log)
        let words = WordDesk(conversations: parts.conversations, bus: bus, log: log)
        let assignment = AssignmentDesk(conversations: parts.conversations, clock: clock, bus: bus, log: log)
        let files = FollowedFiles(configuration, parts: parts, notices: notices)
        let folder = FolderWatch(configuration.notify.folder, onChange: { files.reload(at: clock.now()) })
        notifyWatch.withLockedValue { $0 = folder }
        tasks.withLockedValue { tasks in
            tasks.append(Task { await watch.run() })
            tasks.append(Task { await processWatch.run() })
            tasks.append(Task { await assistant.run() })
            tasks.append(Task { await ledger.run() })
            tasks.append(Task { await tunings.run() })
            tasks.append(Task { await services.run() })
            tasks.append(Task { await scrapes.run() })
            tasks.append(Task { await notices.run() })
            tasks.append(Task { await baselines.run() })
            tasks.append(Task { await everySecond.run() })
            tasks.append(Task { await assignment.run() })
            tasks.append(Task { await words.run() })
        }
    }
}
