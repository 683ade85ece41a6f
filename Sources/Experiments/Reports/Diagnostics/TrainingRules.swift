internal import FileFormats
internal import Plotting

/// What can be wrong with the training of an agent.
///
/// The thresholds follow what practitioners watch for (Huang et al., The 37 implementation details of PPO, 2022; Schulman,
/// Nuts and bolts of deep RL research, 2016); a training with a tuned recipe passes them all.
enum TrainingRules {
    static let all = [
        nothingLearned, collapsedAgent, disagreeingSeeds, collapsedEntropy, largePolicySteps, frequentClipping,
        uselessValues, explodingValueLoss, stillRising,
    ]

    /// The mean evaluation return of each seed that was evaluated.
    private static func evaluations(_ run: StoredRun) -> [(seed: UInt64, mean: Double)] {
        run.seeds.compactMap { seed in
            guard let returns = try? seed.drawing.doubles(TrainingFigure.evaluationName), !returns.isEmpty else {
                return nil
            }
            return (seed.seed, returns.reduce(0, +) / Double(returns.count))
        }
    }

    private static func randomReturn(_ run: StoredRun) -> Double? {
        let values = run.seeds.compactMap { seed in seed.baselines.first { $0.measure == .meanReturn }?.value }
        return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }

    private static func isSolved(_ run: StoredRun) -> Bool {
        guard let solved = run.record.subject.solvedReturn else { return false }
        let means = evaluations(run).map(\.mean)
        return !means.isEmpty && InterquartileMean.of(means) >= solved
    }

    /// The course of a metric: where it was measured and what it was.
    private static func course(_ seed: StoredRun.Seed, _ metric: String) -> [(step: Int, value: Double)] {
        guard let values = seed.history[metric] else { return [] }
        return values.indices.filter { values[$0].isFinite }.map { (seed.history.completed[$0], values[$0]) }
    }

    private static func steps(_ run: StoredRun) -> Int { Int(run.record.number("totalSteps") ?? 0) }

    /// "seed 2", "seeds 1 and 3": which seeds show what is said.
    private static func named(_ seeds: [UInt64], of run: StoredRun) -> String {
        guard run.seeds.count > 1 else { return "" }
        if seeds.count == run.seeds.count { return ", in all seeds" }
        let names = seeds.map { "\($0)" }
        let list =
            names.count == 1 ? names[0] : names.dropLast().joined(separator: ", ") + " and " + names[names.count - 1]
        return ", in seed\(seeds.count == 1 ? "" : "s") \(list)"
    }

    private static let nothingLearned = DiagnosticRule(
        "an agent that is no better than random actions (its return lies below the upper bound of theirs)"
    ) { run in
        let means = evaluations(run).map(\.mean)
        let bounds = run.seeds.compactMap { seed in seed.baselines.first { $0.measure == .meanReturn }?.upper }
        guard !means.isEmpty, let bound = bounds.max() else { return nil }
        let reached = InterquartileMean.of(means)
        guard reached <= bound else { return nil }
        return Finding(
            weight: .warning, title: "The agent has learned nothing.",
            observation:
                "Its return, \(NumberText.fixed(reached, decimals: 1)), is what random actions get "
                + "(up to \(NumberText.fixed(bound, decimals: 1))).",
            advice: "Train longer, or begin with settings that are known to work: the recipes of the environment.",
            command: run.record.command(adding: ["--steps", "\(10 * max(steps(run), 1))"], without: ["--steps"]))
    }

    private static let collapsedAgent = DiagnosticRule(
        "an agent that collapsed after its best evaluation (the last one lost more than half of what was won over random "
            + "actions)"
    ) { run in
        guard let random = randomReturn(run) else { return nil }
        let collapsed = run.seeds.compactMap { seed -> (seed: UInt64, step: Int, best: Double, last: Double)? in
            let course = course(seed, "evaluationReturn")
            guard let best = course.max(by: { $0.value < $1.value }), let last = course.last else { return nil }
            guard best.value > random, last.value < best.value - 0.5 * (best.value - random) else { return nil }
            return (seed.seed, best.step, best.value, last.value)
        }
        guard let first = collapsed.first else { return nil }
        let rate = run.record.number("learningRate") ?? 0
        return Finding(
            weight: .warning,
            title: "The agent collapsed after its best\(named(collapsed.map(\.seed), of: run)).",
            observation:
                "Its return was \(NumberText.short(first.best)) at step \(NumberText.fixed(Double(first.step))) and "
                + "\(NumberText.short(first.last)) at the end. The best agent is the one that was kept and measured.",
            advice:
                "The result stands, but the training is not stable: a smaller learning rate that falls to zero helps.",
            command: run.record.command(
                setting: ("learningRate", NumberFormat.setting(rate / 3)), ("learningRateDecay", "linear")))
    }

    private static let disagreeingSeeds = DiagnosticRule(
        "seeds that fall into two groups (a gap between neighbouring results of more than 30 % of what the best won over "
            + "random actions)"
    ) { run in
        let sorted = evaluations(run).sorted { $0.mean < $1.mean }
        guard sorted.count > 1, let random = randomReturn(run), let best = sorted.last, best.mean > random else {
            return nil
        }
        let gaps = zip(sorted, sorted.dropFirst()).map { $1.mean - $0.mean }
        guard let widest = gaps.indices.max(by: { gaps[$0] < gaps[$1] }), gaps[widest] > 0.3 * (best.mean - random)
        else {
            return nil
        }
        let failed = sorted[...widest]
        return Finding(
            weight: .warning, title: "The seeds disagree.",
            observation:
                "\(FigureWords.count(failed.count, "seed")) of \(sorted.count) (\(failed.map { "\($0.seed)" }.joined(separator: ", "))) "
                + "end at \(NumberText.short(failed[widest].mean)) or below, the others at "
                + "\(NumberText.short(sorted[widest + 1].mean)) or above.",
            advice:
                "A mean describes neither group. More seeds tell how often it fails; a longer training may help those "
                + "that are behind.",
            command: run.record.command(
                adding: ["--seeds", "\(max(10, 2 * run.record.seeds.count))"], without: ["--seeds"]))
    }

    private static let collapsedEntropy = DiagnosticRule(
        "a collapsed entropy of the policy (below 5 % of its first value before half of the training, while the task is not "
            + "solved; for discrete actions)"
    ) { run in
        guard !isSolved(run) else { return nil }
        var step: Int?
        let collapsed = run.seeds.filter { seed in
            let course = course(seed, "entropy")
            // The entropy of continuous actions has no lower bound: its size says nothing.
            guard let first = course.first, first.value > 0, course.allSatisfy({ $0.value >= 0 }) else { return false }
            guard let place = course.first(where: { $0.value < 0.05 * first.value }), 2 * place.step < steps(run) else {
                return false
            }
            step = min(step ?? .max, place.step)
            return true
        }
        guard let step else { return nil }
        let coefficient = run.record.number("entropyCoefficient") ?? 0
        return Finding(
            weight: .warning, title: "The policy's entropy collapsed\(named(collapsed.map(\.seed), of: run)).",
            observation: "It fell below 5 % of its first value at step \(NumberText.fixed(Double(step))).",
            advice: "The agent no longer tries anything new. A larger entropy bonus keeps it curious.",
            command: run.record.command(
                setting: ("entropyCoefficient", NumberFormat.setting(coefficient > 0 ? 3 * coefficient : 0.01))))
    }

    /// The seeds in which more than a tenth of the updates have a metric above `bound`, and the largest share of them.
    private static func often(
        _ metric: String, above bound: Double, in run: StoredRun
    ) -> (seeds: [UInt64], share: Double)? {
        let shares = run.seeds.compactMap { seed -> (UInt64, Double)? in
            let course = course(seed, metric)
            guard !course.isEmpty else { return nil }
            return (seed.seed, Double(course.count { $0.value > bound }) / Double(course.count))
        }
        .filter { $0.1 > 0.1 }
        return shares.isEmpty ? nil : (shares.map(\.0), shares.map(\.1).max() ?? 0)
    }

    private static let largePolicySteps = DiagnosticRule(
        "steps of the policy that are too large (approximate KL divergence above 0.05 in more than a tenth of the updates)"
    ) { run in
        guard let found = often("approximateKL", above: 0.05, in: run) else { return nil }
        let rate = run.record.number("learningRate") ?? 0
        return Finding(
            weight: .warning, title: "The policy moves too far in an update\(named(found.seeds, of: run)).",
            observation:
                "The approximate KL divergence is above 0.05 in \(NumberText.fixed(100 * found.share)) % of the updates.",
            advice:
                "The data of a rollout says little about a policy that far away. Take smaller steps, or go through each "
                + "rollout fewer times.",
            command: run.record.command(setting: ("learningRate", NumberFormat.setting(rate / 2))))
    }

    private static let frequentClipping = DiagnosticRule(
        "ratios that are clipped too often (more than 40 % of them in more than a tenth of the updates)"
    ) { run in
        guard let found = often("clipFraction", above: 0.4, in: run) else { return nil }
        let epochs = run.record.number("epochs") ?? 2
        return Finding(
            weight: .warning, title: "Most of the gradient is clipped away\(named(found.seeds, of: run)).",
            observation:
                "More than 40 % of the ratios were clipped in \(NumberText.fixed(100 * found.share)) % of the updates.",
            advice: "What is clipped teaches nothing. Go through each rollout fewer times, or take smaller steps.",
            command: run.record.command(setting: ("epochs", "\(max(1, Int(epochs) / 2))")))
    }

    private static let uselessValues = DiagnosticRule(
        "a value function that explains nothing (median explained variance of the last quarter not above 0, and the task is "
            + "not solved)"
    ) { run in
        // Where every return is the highest there is, they hardly vary, and nothing is left to explain.
        guard !isSolved(run) else { return nil }
        let useless = run.seeds.filter { seed in
            let course = course(seed, "explainedVariance")
            let end = course.suffix(max(1, course.count / 4)).map(\.value)
            return course.count >= 8 && Quantile.median(end) <= 0
        }
        guard !useless.isEmpty else { return nil }
        return Finding(
            weight: .warning, title: "The value function explains nothing\(named(useless.map(\.seed), of: run)).",
            observation: "Over the last quarter of the training, predicting the mean return would have been as good.",
            advice: "Advantages are noise then. Scale the returns, or give the value function a larger network.",
            command: run.record.command(setting: ("normalizeReturns", "true")))
    }

    private static let explodingValueLoss = DiagnosticRule(
        "a value loss that explodes (in the last quarter more than 100 times the median of the training)"
    ) { run in
        let exploding = run.seeds.filter { seed in
            let course = course(seed, "valueLoss").map(\.value)
            let end = Quantile.median(Array(course.suffix(max(1, course.count / 4))))
            return course.count >= 8 && end > 100 * Quantile.median(course)
        }
        guard !exploding.isEmpty else { return nil }
        return Finding(
            weight: .warning, title: "The value loss explodes\(named(exploding.map(\.seed), of: run)).",
            observation: "In the last quarter it is more than 100 times its median over the training.",
            advice: "Returns outgrow the value function. Scale them, or lower the learning rate.",
            command: run.record.command(setting: ("normalizeReturns", "true")))
    }

    private static let stillRising = DiagnosticRule(
        "a return that still rises at the end (its last tenth is above the tenth before by more than 5 % of its range, and "
            + "the task is not solved)"
    ) { run in
        guard !isSolved(run) else { return nil }
        let rising = run.seeds.filter { seed in
            let returns = course(seed, "episodeReturn").map(\.value)
            let tenth = returns.count / 10
            guard tenth >= 2, let lowest = returns.min(), let highest = returns.max() else { return false }
            let last = Quantile.median(Array(returns.suffix(tenth)))
            let before = Quantile.median(Array(returns.dropLast(tenth).suffix(tenth)))
            return last - before > 0.05 * (highest - lowest)
        }
        // One seed in three may rise by chance.
        guard 3 * rising.count > run.seeds.count else { return nil }
        return Finding(
            weight: .note, title: "The return still rises at the end\(named(rising.map(\.seed), of: run)).",
            observation: "The last tenth of the training is better than the tenth before it.",
            advice: "A longer training would probably reach more.",
            command: run.record.command(adding: ["--steps", "\(2 * max(steps(run), 1))"], without: ["--steps"]))
    }
}
