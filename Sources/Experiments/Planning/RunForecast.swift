internal import FileFormats
internal import Foundation
internal import LinearAlgebra
internal import SupervisedLearning
internal import Synchronization

/// What a run would do and take, told before it is begun: a few of its updates are done and thrown away, and nothing is
/// written.
public struct RunForecast: Encodable, Sendable {
    public let verb: String
    public let subject: RunRecord.Subject
    public let algorithm: String
    public let seeds: [UInt64]
    public let settings: [String: ResolvedSetting]
    /// "steps", "epochs" or "iterations".
    public let unit: String
    /// How many of them a seed takes, at the most.
    public let total: Int
    /// In how many seconds of wall time all seeds' updates would be done, at the most.
    public let seconds: Double
    /// How long it takes afterwards to measure what came of them.
    public let measuringSeconds: Double
    /// The most memory that the process would take.
    public let memoryBytes: Int
    /// What the run's folder would grow to.
    public let diskBytes: Int
    /// What is free where the folder would be; nil where the system does not tell.
    public let freeDiskBytes: Int?

    /// How long updates are tried for, in seconds; the one that is under way is done to its end.
    static let probeSeconds = 0.4

    /// Tries the work of as many seeds as would work at once.
    ///
    /// - Parameter root: the folder of all runs.
    /// - Throws: what the experiment's learners throw.
    public init<Work: Experiment>(_ experiment: Work, root: String = "runs") throws {
        let plan = experiment.plan
        let atOnce = min(plan.seeds.count, WorkerPool.shared.threadCount)
        let outcomes = Mutex<[Int: Result<Probe, any Error>]>([:])
        WorkerPool.shared.run(atOnce) { index in
            let outcome = Result { try Probe(experiment, seed: plan.seeds[index]) }
            outcomes.withLock { $0[index] = outcome }
        }
        let probes = try outcomes.withLock { outcomes in try (0..<atOnce).map { try outcomes[$0]!.get() } }
        let rounds = Double((plan.seeds.count + atOnce - 1) / atOnce)
        (verb, subject, algorithm, seeds) = (plan.verb, plan.subject, plan.algorithm, plan.seeds)
        (settings, unit, total) = (plan.settings, Work.Work.unit, probes[0].total)
        seconds = rounds * (probes.map(\.seconds).max() ?? 0)
        measuringSeconds = rounds * (probes.map(\.measuringSeconds).max() ?? 0)
        let seedBytes = (probes.map(\.diskBytes).max() ?? 0) * Double(plan.seeds.count)
        diskBytes = Self.bytes(seedBytes + Double(DiskSpace.allowance))
        let historyBytes = (probes.map(\.historyBytes).max() ?? 0) * Double(plan.seeds.count)
        memoryBytes = Self.bytes(Double(Self.peakMemory) + historyBytes)
        freeDiskBytes = DiskSpace(holding: root)?.freeBytes
        self.root = root
    }

    private let root: String

    private enum CodingKeys: String, CodingKey {
        case verb, subject, algorithm, seeds, settings, unit, total, seconds, measuringSeconds, memoryBytes, diskBytes,
            freeDiskBytes
    }

    /// - Throws: `ExperimentError` of the kind `inputOutput` if the run does not fit the disk.
    public func requireDisk() throws { try DiskSpace(holding: root)?.require(diskBytes) }

    /// The forecast as one line of JSON.
    public func json() throws -> String { try JSONText.line(self) }

    private static func bytes(_ value: Double) -> Int { value < 9e18 ? Int(value) : .max }

    /// The most memory that this process has held so far, in bytes.
    private static var peakMemory: Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return (line?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 1024
    }
}

/// What trying some updates of one seed tells about all of them.
private struct Probe: Sendable {
    let total: Int
    /// The time of all updates.
    let seconds: Double
    let measuringSeconds: Double
    /// Of the seed's folder.
    let diskBytes: Double
    /// What the metrics take in memory until they are drawn.
    let historyBytes: Double

    /// What a row takes beside its metrics: its time, its state's hash and the separators, in bytes.
    private static let rowBytes = 100.0

    init<Work: Experiment>(_ experiment: Work, seed: UInt64) throws {
        var work = try experiment.makeLearner(seed: seed)
        var history = MetricsHistory(unit: Work.Work.unit, names: work.metricNames)
        let clock = ContinuousClock()
        let start = clock.now
        func elapsed() -> Double { (clock.now - start) / .seconds(1) }

        var latest = Progress(completed: 0, of: 0)
        var isComplete = false
        repeat {
            guard let progress = try work.advance() else {
                isComplete = true
                break
            }
            latest = progress
            history.append(completed: progress.completed, seconds: elapsed(), values: work.metrics)
        } while elapsed() < RunForecast.probeSeconds

        let measuring = clock.now
        let conclusion = try? experiment.conclude(
            work, seed: SeedProgress(seed: seed, history: history), isComplete: true)
        measuringSeconds = (clock.now - measuring) / .seconds(1)
        var state = Archive()
        try work.save(into: &state)
        let stateBytes = try state.encoded().count
        let fileBytes = try conclusion.map { conclusion in
            try conclusion.drawing.encoded().count + conclusion.files.reduce(0) { $0 + $1.bytes.count }
        }

        total = latest.total
        // The first update also traces and plans, which the others need not.
        let (first, last) = (history.completed.first ?? 0, latest.completed)
        let (firstSeconds, lastSeconds) = (history.seconds.first ?? 0, history.seconds.last ?? 0)
        seconds =
            if isComplete || last == 0 {
                lastSeconds
            } else if last > first {
                lastSeconds + (lastSeconds - firstSeconds) / Double(last - first) * Double(total - last)
            } else {
                lastSeconds / Double(last) * Double(total)
            }
        let updates = Double(history.completed.count)
        let rows = isComplete || last == 0 ? updates : updates * Double(total) / Double(last)
        let values = work.metrics.reduce(0) { $0 + "\($1)".utf8.count + 1 }
        diskBytes = rows * (Double(values) + Self.rowBytes) + Double(fileBytes ?? stateBytes) + Double(4 * stateBytes)
        historyBytes = rows * Double(history.names.count + 2) * 8
    }
}
