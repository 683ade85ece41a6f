import Autodiff
import Randomness
import Simulation

/// What PPO learns from beside the rollout itself, and the random minibatches of it. Made once; filling a minibatch
/// allocates nothing.
struct PPOMinibatch: Sendable {
    let size: Int
    /// [T, N], ln of the probability with which each action was drawn.
    var logProbabilities: [Float]
    /// [T + 1, N]
    var values: [Float]
    /// [T · N], the values of the ended episodes' final observations.
    var finalValues: [Float]
    /// [T, N], where returns are normalized.
    var scaledRewards: [Float]
    /// [T, N]
    private(set) var advantages: [Float]
    /// [T, N]
    private(set) var returns: [Float]
    /// The steps in the order of this epoch.
    private var order: [Int32]

    init(_ rollout: Rollout, size: Int) {
        let count = rollout.stepCount * rollout.laneCount
        self.size = min(size, count)
        logProbabilities = [Float](repeating: 0, count: count)
        values = [Float](repeating: 0, count: count + rollout.laneCount)
        finalValues = [Float](repeating: 0, count: count)
        scaledRewards = [Float](repeating: 0, count: count)
        advantages = [Float](repeating: 0, count: count)
        returns = [Float](repeating: 0, count: count)
        order = []
        order.reserveCapacity(count)
    }

    mutating func estimateAdvantages(
        of rollout: Rollout, used: Int, _ estimation: AdvantageEstimation, scalesRewards: Bool
    ) {
        estimation.estimate(
            laneCount: rollout.laneCount, rewards: scalesRewards ? scaledRewards : rollout.rewards,
            outcomes: rollout.outcomes, values: values, finalValues: finalValues, used: used, advantages: &advantages,
            returns: &returns)
    }

    /// Draws a new order of the first `used` steps.
    mutating func shuffle(_ used: Int, using random: inout RandomStream) {
        order.removeAll(keepingCapacity: true)
        for step in 0..<Int32(used) { order.append(step) }
        random.shuffle(&order)
    }

    /// The places of each minibatch in the epoch's order. A last one of a single step joins the one before: it has no
    /// deviation to be standardized by.
    func ranges(of used: Int) -> some Sequence<Range<Int>> {
        let count = max(1, (used % size == 1 && used > size) ? used / size : (used + size - 1) / size)
        return (0..<count).lazy.map { [size] in $0 * size..<($0 == count - 1 ? used : ($0 + 1) * size) }
    }

    /// Fills the inputs of `program` with the steps that stand at `range` in the epoch's order.
    func fill(
        _ program: Program, _ range: Range<Int>, from rollout: Rollout, normalizesAdvantages: Bool, usesOldValues: Bool
    ) {
        program.input("observations").gather(
            from: rollout.observations, columns: rollout.observationSize, rows: order, range)
        fillActions(program, range, from: rollout)
        program.input("logProbabilities").gather(from: logProbabilities, columns: 1, rows: order, range)
        program.input("returns").gather(from: returns, columns: 1, rows: order, range)
        program.input("advantages").gather(from: advantages, columns: 1, rows: order, range)
        if normalizesAdvantages {
            program.input("advantages").write(0..<range.count) { Self.standardize(&$0) }
        }
        if usesOldValues { program.input("values").gather(from: values, columns: 1, rows: order, range) }
    }

    private func fillActions(_ program: Program, _ range: Range<Int>, from rollout: Rollout) {
        let size = rollout.actionSpace.size
        switch rollout.actionSpace {
        case .discrete: program.input("actions").gather(from: rollout.discreteActions, rows: order, range)
        case .box:
            program.input("actions").gather(from: rollout.continuousActions, columns: size, rows: order, range)
        case .binary:
            program.input("actions").write(0..<range.count * size) { rows in
                for row in 0..<range.count {
                    let step = Int(order[range.lowerBound + row])
                    for place in 0..<size {
                        rows[row * size + place] = Float(rollout.discreteActions[step * size + place])
                    }
                }
            }
        case .multiDiscrete(let counts):
            program.input("actions").write(0..<range.count * size) { rows in
                for place in rows.indices { rows[place] = 0 }
                for row in 0..<range.count {
                    let step = Int(order[range.lowerBound + row])
                    var start = row * size
                    for (component, count) in counts.enumerated() {
                        rows[start + Int(rollout.discreteActions[step * counts.count + component])] = 1
                        start += count
                    }
                }
            }
        }
        guard rollout.hasActionMask else { return }
        program.input("masks").write(0..<range.count * size) { rows in
            for row in 0..<range.count {
                let step = Int(order[range.lowerBound + row])
                for place in 0..<size { rows[row * size + place] = rollout.actionMasks[step * size + place] ? 1 : 0 }
            }
        }
    }

    /// Mean 0 and deviation 1, by the unbiased estimate of the variance, as in Stable-Baselines3.
    private static func standardize(_ values: inout MutableSpan<Float>) {
        guard values.count > 1 else { return }
        var sum = 0.0
        for index in values.indices { sum += Double(values[index]) }
        let mean = sum / Double(values.count)
        var squares = 0.0
        for index in values.indices {
            let deviation = Double(values[index]) - mean
            squares += deviation * deviation
        }
        let scale = 1 / ((squares / Double(values.count - 1)).squareRoot() + 1e-8)
        for index in values.indices { values[index] = Float((Double(values[index]) - mean) * scale) }
    }

    /// 1 − Var(returns − values) / Var(returns) over the first `used` steps: 1 where the value function knew all, 0 where
    /// it was no better than a constant; NaN where all returns are equal.
    func explainedVariance(_ used: Int) -> Double {
        func variance(_ value: (Int) -> Double) -> Double {
            var (sum, squares) = (0.0, 0.0)
            for step in 0..<used { sum += value(step) }
            let mean = sum / Double(used)
            for step in 0..<used { squares += (value(step) - mean) * (value(step) - mean) }
            return squares / Double(used)
        }
        let total = variance { Double(returns[$0]) }
        return total == 0 ? .nan : 1 - variance { Double(returns[$0]) - Double(values[$0]) } / total
    }
}

/// Sums over the minibatches of an update.
struct PPOLosses {
    var (policy, value, entropy, approximateKL, unclippedFraction) = (0.0, 0.0, 0.0, 0.0, 0.0)
    var gradientNorm = 0.0
    var count = 0.0

    mutating func add(_ program: Program, gradientNorm norm: Double) {
        policy += Double(program.scalar("policyLoss"))
        value += Double(program.scalar("valueLoss"))
        entropy += Double(program.scalar("entropy"))
        approximateKL += Double(program.scalar("approximateKL"))
        unclippedFraction += Double(program.scalar("unclippedFraction"))
        gradientNorm += norm
        count += 1
    }
}
