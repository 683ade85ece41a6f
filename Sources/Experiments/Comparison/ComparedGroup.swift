/// The seeds that a comparison takes together: those of one run, or of all runs with the same value of a setting.
public struct ComparedGroup: Sendable, Encodable {
    public let name: String
    /// The names of the runs.
    public let runs: [String]
    public let seeds: [UInt64]
    /// `[seeds]`
    public let scores: [Double]
    public let mean: Double
    /// Dividing by n − 1; nil for a single seed.
    public let standardDeviation: Double?
    public let interquartileMean: Double
    /// Of the interquartile mean, 95 %, by the stratified bootstrap; nil for a single seed.
    public let interval: Interval?
    /// How much is missing to the goal on average; nil where no goal is known.
    public let optimalityGap: Double?
    /// The share of the seeds that reach each threshold of the comparison.
    public let profile: [Double]?

    let sample: ScoreSample

    private enum CodingKeys: String, CodingKey {
        case name, runs, seeds, scores, mean, standardDeviation, interquartileMean, interval, optimalityGap, profile
    }

    /// nil if no seed of the runs came to a finite number of this metric.
    init?(_ name: String, _ members: [ComparedRun], metric: RunMetric, range: ScoreRange?) {
        // Runs with the same settings are one stratum.
        var strata: [(traits: [String], seeds: [(seed: UInt64, value: Double)])] = []
        for run in members {
            let traits = run.traits.map { "\($0.name)=\($0.value)" }
            let seeds = run.numbers.values(metric.name)
            if let index = strata.firstIndex(where: { $0.traits == traits }) {
                // A seed that ran twice is the same experiment, not another one.
                let known = strata[index].seeds.map(\.seed)
                strata[index].seeds += seeds.filter { !known.contains($0.seed) }
            } else {
                strata.append((traits, seeds))
            }
        }
        for index in strata.indices { strata[index].seeds.sort { $0.seed < $1.seed } }
        sample = ScoreSample(strata: strata.map { $0.seeds.map(\.value) })
        guard sample.count > 0 else { return nil }
        self.name = name
        runs = members.map(\.folder.name)
        seeds = strata.flatMap { $0.seeds.map(\.seed) }
        scores = sample.values
        mean = sample.mean
        standardDeviation = sample.variance?.squareRoot()
        interquartileMean = sample.interquartileMean
        interval = StratifiedBootstrap.interval(strata: sample.strata) { [sample] in sample.interquartileMean($0) }
        let isHigherBetter = metric.isHigherBetter ?? true
        optimalityGap = range?.optimalityGap(sample, isHigherBetter: isHigherBetter)
        profile = range?.profile(sample, isHigherBetter: isHigherBetter)
    }

    /// Whether the seeds of both are the same, stratum for stratum.
    func isPaired(with other: ComparedGroup) -> Bool { sample.strata == other.sample.strata && seeds == other.seeds }
}
