internal import FileFormats
internal import Foundation

/// How good what a run has stored is, on what it has not learned from: a mean for each seed with its interval, and the
/// seeds together.
public struct StoredEvaluation: Codable, Sendable, Equatable {
    /// A mean, and the interval that a 95 % percentile bootstrap gives (Efron and Tibshirani, 1993, chapter 13).
    public struct Estimate: Codable, Sendable, Equatable {
        public let mean: Double
        public let lower: Double
        public let upper: Double
        /// How many numbers the mean is of.
        public let count: Int

        /// The mean of `values`, each of which is drawn again and again as if it were one of all that could be.
        init(of values: [Double]) {
            let interval = Interval.bootstrapped(meanOf: values)
            count = values.count
            mean = values.reduce(0, +) / Double(values.count)
            (lower, upper) = (interval.lower, interval.upper)
        }
    }

    public struct Metric: Codable, Sendable, Equatable {
        /// "return", "accuracy"
        public let name: String
        /// What a seed's estimate is over: "episodes", "test rows".
        public let items: String
        /// In the order of the run's seeds.
        public let seeds: [SeedEstimate]
        /// Over the means of the seeds; nil for one seed.
        public let overSeeds: Estimate?
    }

    public struct SeedEstimate: Codable, Sendable, Equatable {
        public let seed: UInt64
        public let estimate: Estimate
    }

    public let run: String
    /// The seed of the environments that agents played in.
    public let seed: UInt64
    public let metrics: [Metric]

    public func json() throws -> String { try JSONText.line(self) }

    /// - Parameter samples: of each seed, metrics in the same order.
    init(run: String, seed: UInt64, _ samples: [(seed: UInt64, metrics: [EvaluationSample])]) {
        self.run = run
        self.seed = seed
        metrics = (samples.first?.metrics ?? []).indices.map { index in
            let seeds = samples.map { SeedEstimate(seed: $0.seed, estimate: Estimate(of: $0.metrics[index].values)) }
            let metric = samples[0].metrics[index]
            return Metric(
                name: metric.name, items: metric.items, seeds: seeds,
                overSeeds: seeds.count > 1 ? Estimate(of: seeds.map(\.estimate.mean)) : nil)
        }
    }
}

extension RunFolder {
    /// Measures the agents or models that the run has stored.
    ///
    /// - Parameters:
    ///   - episodes: how many episodes an agent plays.
    ///   - seed: of the environments; nil for one that the run did not use.
    /// - Throws: `ExperimentError` if nothing is stored, or it does not fit.
    public func evaluate(episodes: Int = 100, seed: UInt64? = nil) throws -> StoredEvaluation {
        let record = try record()
        let request = try EvaluationRequest(episodes: episodes, seed: seed ?? (record.seeds.max() ?? 0) + 1)
        return try evaluate(try experiment(), record, as: request)
    }

    private func evaluate<Work: Experiment>(
        _ experiment: Work, _ record: RunRecord, as request: EvaluationRequest
    ) throws -> StoredEvaluation {
        do {
            let samples = try record.seeds.map { seed in
                let parameters = try archive("parameters.safetensors", seed: seed)
                return (seed, try experiment.evaluate(parameters, of: seed, as: request))
            }
            if record.verb == "fit" { try TestOpenings.record(by: "fledge evaluate", in: self) }
            return StoredEvaluation(run: path, seed: request.seed, samples)
        } catch let error as FileFormatError {
            throw ExperimentError(.badData, "\(error)")
        }
    }

    /// The run's `result.json` as one line.
    ///
    /// - Throws: `ExperimentError` if it has not ended.
    public func resultJSON() throws -> String {
        do {
            let bytes = try readFile(path(RunReport.file), limit: 64 << 20)
            let value = try JSONSerialization.jsonObject(with: Data(bytes))
            let line = try JSONSerialization.data(
                withJSONObject: value, options: [.sortedKeys, .withoutEscapingSlashes])
            return String(decoding: line, as: UTF8.self)
        } catch {
            throw ExperimentError(.missingInput, "\(error)", advice: "has the run ended?")
        }
    }
}
