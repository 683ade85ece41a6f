import Fledge

/// An experiment that only counts, to see what the driver does.
struct CountingExperiment: Experiment {
    struct Failure: Error, CustomStringConvertible { var description: String { "the count diverged" } }

    /// Work of `total` updates whose "value" is the seed times the count.
    struct Work: Learner {
        static let unit = "counts"
        let seed: UInt64
        let total: Int
        let failsAt: Int?
        var count = 0

        let metricNames = ["value", "odd"]
        var metrics: [Double] { [Double(seed) * Double(count), count.isMultiple(of: 2) ? .nan : 1 / 3] }

        mutating func advance() throws -> Progress? {
            guard count < total else { return nil }
            count += 1
            if count == failsAt { throw Failure() }
            return Progress(completed: count, of: total)
        }

        func save(into archive: inout Archive) throws { try archive.encode("count", count) }
        mutating func restore(from archive: Archive) throws { count = try archive.decode("count") }
    }

    struct SeedResult: Codable, Sendable {
        let seed: UInt64
        let count: Int
        let isComplete: Bool
    }

    var total = 5
    var failsAt: Int?
    var failingSeed: UInt64?
    let plan: RunPlan

    init(seeds: [UInt64], total: Int = 5) {
        self.total = total
        // A run of training whose metrics a training figure does not know: it shows its speed only.
        plan = RunPlan(
            verb: "train", subject: .init(id: "counting", title: "Counting"), algorithm: "count", seeds: seeds,
            settings: ["total": ResolvedSetting(value: .integer(Int64(total)), source: "default")],
            mainMetric: ("value", "value"))
    }

    func makeLearner(seed: UInt64) throws -> Work {
        Work(seed: seed, total: total, failsAt: seed == failingSeed ? failsAt : nil)
    }

    func conclude(_ work: Work, seed: SeedProgress, isComplete: Bool) throws -> Conclusion<SeedResult> {
        var drawing = Archive()
        drawing.set("evaluationReturns", isComplete ? [Double(work.count)] : [])
        return Conclusion(
            SeedResult(seed: seed.seed, count: seed.completed, isComplete: isComplete),
            files: [("count.txt", Array("\(work.count)\n".utf8))], drawing: drawing)
    }

    func evaluate(_ parameters: Archive, of seed: UInt64, as request: EvaluationRequest) throws -> [EvaluationSample] {
        []
    }

    func result(of seeds: [SeedResult]) -> any Encodable & Sendable { ["seeds": seeds] }
}
