internal import FileFormats
internal import LinearAlgebra
internal import SupervisedLearning
internal import Synchronization

/// Whether doing a run's work again gives the same states and metrics, update for update.
public struct Verification: Codable, Sendable {
    public struct Seed: Codable, Sendable, Equatable {
        public let seed: UInt64
        /// How many updates were done again and compared.
        public let updates: Int
        /// The first update that went another way; nil if none did.
        public let difference: Difference?
    }

    /// An update after which the two runs were not the same.
    public struct Difference: Codable, Sendable, Equatable {
        /// Counted from 1.
        public let update: Int
        /// The steps, samples or iterations that had been done by then.
        public let completed: Int
        /// The metrics that differ; none where only the learner's state does.
        public let metrics: [String]
        /// The hashes of the learner's state, then and now.
        public let recordedState: String
        public let repeatedState: String
    }

    public let run: String
    public let seeds: [Seed]

    public var isSame: Bool { seeds.allSatisfy { $0.difference == nil } }

    public func json() throws -> String { try JSONText.line(self) }
}

extension ExperimentDriver {
    /// Does the work of a run again, as far as it has come, and compares. Nothing is written.
    ///
    /// - Throws: `ExperimentError` if the run has no whole record of its updates; what a learner throws.
    public func verify<Work: Experiment>(_ experiment: Work, of folder: RunFolder) throws -> Verification {
        let record = try folder.record()
        warnOfOtherHardware(than: record)
        observer.observe(.began(folder, record))
        let outcomes = Mutex<[Int: Result<Verification.Seed, any Error>]>([:])
        WorkerPool.shared.run(record.seeds.count) { index in
            let outcome = Result { try verify(experiment, seed: record.seeds[index], of: folder) }
            outcomes.withLock { $0[index] = outcome }
        }
        let seeds = try outcomes.withLock { outcomes in try record.seeds.indices.map { try outcomes[$0]!.get() } }
        return Verification(run: folder.path, seeds: seeds)
    }

    private func verify<Work: Experiment>(
        _ experiment: Work, seed: UInt64, of folder: RunFolder
    ) throws -> Verification.Seed {
        let chain = MetricsChain(of: folder, seed: seed).rows
        let metrics: [UInt8]
        do {
            metrics = try readFile(folder.path("metrics.csv", seed: seed))
        } catch {
            throw ExperimentError(.badData, "\(error)")
        }
        guard let last = chain.last, metrics.count >= last.metricsBytes else {
            throw ExperimentError(
                .badData, "the run \(folder.path) has no whole record of its updates for seed \(seed)",
                advice: folder.wayOn)
        }
        // A row was damaged after it had been written if the bytes do not have the checksum that the chain keeps.
        if let damaged = chain.firstDamaged(in: metrics) {
            throw ExperimentError(
                .badData,
                "\(folder.path("metrics.csv", seed: seed)) was changed in the row of update \(damaged.update)",
                advice: "`fledge rerun` does the work again")
        }
        let history = try MetricsHistory(
            metrics: Array(metrics.prefix(last.metricsBytes)), name: folder.path("metrics.csv", seed: seed))
        guard history.completed.count == chain.count else {
            throw ExperimentError(
                .badData,
                "\(folder.path("metrics.csv", seed: seed)) has \(history.completed.count) rows for \(chain.count) updates",
                advice: "`fledge rerun` does the work again")
        }
        var work = try experiment.makeLearner(seed: seed)
        for (row, recorded) in chain.enumerated() {
            guard !cancellation.isRequested else { return .init(seed: seed, updates: row, difference: nil) }
            let progress = try work.advance()
            var hash = StateHash()
            try work.hash(into: &hash)
            let state = MetricsChain.text(hash.value)
            let names = zip(history.names, work.metrics).compactMap { name, value in
                history[name]?[row].bitPattern == value.bitPattern
                    || history[name]?[row].isNaN == value.isNaN && value.isNaN
                    ? nil : name
            }
            if progress?.completed != recorded.completed || state != recorded.state || !names.isEmpty {
                return .init(
                    seed: seed, updates: row + 1,
                    difference: .init(
                        update: row + 1, completed: recorded.completed, metrics: names, recordedState: recorded.state,
                        repeatedState: state))
            }
            observer.observe(
                .advanced(
                    .init(
                        seed: seed, completed: recorded.completed, total: chain.last?.completed ?? 0,
                        unit: history.unit, seconds: 0, metric: nil, isEvaluation: false)))
        }
        try checkFiles(of: folder, seed: seed)
        return .init(seed: seed, updates: chain.count, difference: nil)
    }

    /// The work comes out the same; what it ended with has to be what it wrote then.
    private func checkFiles(of folder: RunFolder, seed: UInt64) throws {
        let checksums = FileChecksums(of: folder, seed: seed)
        do {
            for name in checksums.names {
                let path = folder.path(name, seed: seed)
                try checksums.check(readFile(path), of: name, path: path)
            }
        } catch {
            throw ExperimentError(.badData, "\(error)", advice: "`fledge rerun` does the work again")
        }
    }
}
