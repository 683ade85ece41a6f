public import FileFormats
public import Simulation

/// Scales rewards so that the discounted return has a variance of about 1, r / √(Var G + 10⁻⁸), clipped to ±10, as
/// Stable-Baselines3's `VecNormalize`: G ← γ G + r runs in each lane from the start of an episode to its end. The mean is
/// not removed, which would change what the best policy is.
public struct ReturnNormalizer: Sendable, Equatable {
    static let epsilon = 1e-8
    static let bound = 10.0

    public let discount: Double
    public private(set) var moments = RunningMoments(columns: 1)
    /// [N], the discounted returns G of the running episodes.
    public private(set) var returns: [Double]
    /// A frozen normalizer does not learn.
    public var isFrozen = false

    /// - Parameter discount: γ of the algorithm.
    public init(laneCount: Int, discount: Double) {
        precondition(laneCount > 0, "\(laneCount) lanes give no rewards")
        self.discount = discount
        returns = [Double](repeating: 0, count: laneCount)
    }

    /// The deviation that rewards are divided by now.
    public var deviation: Double { (moments.variance[0] + Self.epsilon).squareRoot() }

    /// Learns from the rewards of step `step`, unless it is frozen, and writes them scaled.
    ///
    /// - Parameters:
    ///   - rewards: [T, N], as the environments gave them.
    ///   - outcomes: [T, N]
    ///   - scaled: [T, N], of which row `step` is overwritten.
    public mutating func scale(_ rewards: [Float], outcomes: [Outcome], step: Int, into scaled: inout [Float]) {
        let lanes = returns.count
        if !isFrozen {
            for lane in 0..<lanes { returns[lane] = discount * returns[lane] + Double(rewards[step * lanes + lane]) }
            moments.merge(returns, rows: 0..<lanes)
            for lane in 0..<lanes where outcomes[step * lanes + lane] != .running { returns[lane] = 0 }
        }
        let factor = 1 / deviation
        for place in step * lanes..<(step + 1) * lanes {
            scaled[place] = Float(min(max(Double(rewards[place]) * factor, -Self.bound), Self.bound))
        }
    }

    public func save(into archive: inout Archive) {
        moments.save(into: &archive)
        archive.set("returns", returns)
    }

    /// - Throws: if the archive lacks something, or has another number of lanes.
    public mutating func restore(from archive: Archive) throws {
        let returns = try archive.doubles("returns", shape: [returns.count])
        try moments.restore(from: archive)
        self.returns = returns
    }
}
