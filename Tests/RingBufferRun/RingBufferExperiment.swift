import Fledge
import FileFormats
import Randomness

/// Work with a state that is mostly a large ring buffer, as a learner with a replay buffer has: each update writes a
/// stretch of the ring and moves a few numbers by what it draws from the whole. For tests of checkpoints only.
struct RingBufferExperiment: Experiment {
    struct Work: Learner {
        static let unit = "updates"
        static let total = 250
        /// 8 MB.
        static let capacity = 2 << 20
        static let stretch = 4096

        let metricNames = ["value", "evaluation"]
        private(set) var metrics = [Double.nan, .nan]
        private var ring = [Float](repeating: 0, count: Work.capacity)
        private var numbers = [Float](repeating: 0, count: 64)
        private var next = 0
        private var count = 0
        private var random: RandomStream

        init(seed: UInt64) { random = RandomStream(seed: seed, purpose: "ring") }

        mutating func advance() throws -> Progress? {
            guard count < Work.total else { return nil }
            for _ in 0..<Work.stretch {
                ring[next] = random.uniformFloat()
                next = (next + 1) % Work.capacity
            }
            for index in numbers.indices {
                let drawn = ring[Int(random.nextWord()) % Work.capacity]
                numbers[index] += 0.1 * (drawn - numbers[index])
            }
            count += 1
            metrics[0] = Double(numbers.reduce(0, +))
            metrics[1] = count.isMultiple(of: 25) ? metrics[0] : .nan
            return Progress(completed: count, of: Work.total)
        }

        func save(into archive: inout Archive) throws {
            archive.set("ring", ring)
            archive.set("numbers", numbers)
            archive.set("places", [Int64(next), Int64(count), Int64(random.position)])
        }

        mutating func restore(from archive: Archive) throws {
            ring = try archive.floats("ring", shape: [Work.capacity])
            numbers = try archive.floats("numbers", shape: [numbers.count])
            let places = try archive.int64s("places", shape: [3])
            (next, count, random.position) = (Int(places[0]), Int(places[1]), UInt64(places[2]))
        }

        func hash(into hash: inout StateHash) {
            hash.combine(numbers)
            hash.combine(random.position)
        }

        func saveNumbers(into archive: inout Archive) {
            archive.set("numbers", numbers)
            var hash = StateHash()
            hash.combine(ring)
            archive.set("ringHash", [hash.value])
        }
    }

    struct SeedResult: Codable, Sendable {
        let updates: Int
    }

    let plan = RunPlan(
        verb: "train", subject: .init(id: "ring-buffer", title: "Ring buffer"), algorithm: "ring-buffer", seeds: [1],
        settings: [:], mainMetric: ("value", "value"),
        evaluationMetric: .init("evaluation", higherIsBetter: true))

    func makeLearner(seed: UInt64) throws -> Work { Work(seed: seed) }

    func conclude(_ work: Work, seed: SeedProgress, isComplete: Bool) throws -> Conclusion<SeedResult> {
        var parameters = Archive()
        work.saveNumbers(into: &parameters)
        return Conclusion(
            SeedResult(updates: seed.completed),
            files: [("parameters.safetensors", try parameters.encoded())], drawing: Archive())
    }

    func evaluate(_ parameters: Archive, of seed: UInt64, as request: EvaluationRequest) throws -> [EvaluationSample] {
        []
    }

    func result(of seeds: [SeedResult]) -> any Encodable & Sendable { ["updates": seeds.map(\.updates)] }
}
