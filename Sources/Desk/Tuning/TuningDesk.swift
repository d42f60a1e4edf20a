internal import Assistant
internal import Bus
internal import DeskAPI
internal import Host
internal import Models
internal import Vocabulary

/// Carries out the fine-tunings of the desk at their providers, each on a task of its own.
///
/// It hears of them on the bus after they are durable, and finds those of before in the store: after a restart each
/// goes on from where it was written.
actor TuningDesk {
    private let parts: DeskParts
    private let models: ModelDesk
    private let configuration: DeskConfiguration
    private let clock: HostClock
    private let bus: Bus<DeskEvent>
    private var runs: [ID<TrainingJob>: Task<Void, Never>] = [:]
    private var naps: [ID<TrainingJob>: Task<Void, Never>] = [:]
    /// Those whose end was asked for, and who were woken for it.
    private var woken: Set<ID<TrainingJob>> = []

    init(
        parts: DeskParts, models: ModelDesk, configuration: DeskConfiguration, clock: HostClock, bus: Bus<DeskEvent>
    ) {
        self.parts = parts
        self.models = models
        self.configuration = configuration
        self.clock = clock
        self.bus = bus
    }

    /// Works until the task is cancelled; what is under way then goes on at the next start.
    func run() async {
        let subscription = bus.subscribe(limit: 1024) { event in
            if case .trainingChanged(let job) = event { job.tuning != nil } else { false }
        }
        catchUp()
        while true {
            let readings = await subscription.next()
            guard !readings.isEmpty else { break }
            for reading in readings {
                if case .event(.trainingChanged(let job)) = reading { take(job) } else { catchUp() }
            }
        }
        for task in runs.values { task.cancel() }
        for task in runs.values { await task.value }
    }

    private func catchUp() {
        for job in parts.trainings.openTunings { take(job) }
    }

    private func take(_ job: TrainingJob) {
        let isLeaving = job.status.isOver || job.tuning?.isCancelling == true
        if isLeaving, woken.insert(job.id).inserted { naps[job.id]?.cancel() }
        guard !job.status.isOver, runs[job.id] == nil else { return }
        let id = job.id
        runs[id] = Task { await follow(id) }
    }

    private func follow(_ id: ID<TrainingJob>) async {
        var run = TuningRun(id: id, parts: parts, models: models, configuration: configuration, clock: clock)
        var pause = Duration.zero
        while !Task.isCancelled, let job = parts.trainings.job(id), !job.status.isOver {
            do {
                switch try await run.advance(job) {
                case .atOnce: pause = .zero
                case .news(let asked): pause = configuration.tuningPace.pause(after: .zero, asked: asked)
                case .later(let asked): pause = configuration.tuningPace.pause(after: pause, asked: asked)
                }
            } catch {
                if Task.isCancelled { break }
                configuration.log("fine-tuning \(id) does not go on: \(error)")
                pause = configuration.tuningPace.most
            }
            if pause > .zero { await nap(id, pause) }
        }
        runs[id] = nil
        woken.remove(id)
    }

    /// Waits, unless somebody ends the job meanwhile.
    private func nap(_ id: ID<TrainingJob>, _ pause: Duration) async {
        // A nap that is broken off is over: what is to be done is looked for in the job.
        let nap = Task { _ = try? await Task.sleep(for: pause) }
        naps[id] = nap
        await withTaskCancellationHandler {
            await nap.value
        } onCancel: {
            nap.cancel()
        }
        naps[id] = nil
    }
}
