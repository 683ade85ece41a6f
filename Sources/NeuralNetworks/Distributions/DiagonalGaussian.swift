public import Autodiff

/// Independent normal variables: means `[batch, d]`, and a log standard deviation `[d]` that does not depend on the row.
public struct DiagonalGaussian {
    public let mean: Tensor
    public let logStandardDeviation: Tensor

    public init(mean: Tensor, logStandardDeviation: Tensor) {
        self.mean = mean
        self.logStandardDeviation = logStandardDeviation
    }

    /// ½ ln 2π
    private static let halfLogTwoPi: Float = 0.918_938_533

    /// ln of the density at each row of `values` `[batch, d]`: `[batch]`.
    public func logProbability(of values: Tensor) -> Tensor {
        let standardized = (values - mean) * exp(-logStandardDeviation)
        let logDensity = -0.5 * standardized.squared() - logStandardDeviation - Self.halfLogTwoPi
        return logDensity.sumOfColumns().reshaped(to: [])
    }

    /// Σ (½ + ½ ln 2π + ln σ), in nats: the same for every row, a scalar.
    public var entropy: Tensor { (logStandardDeviation + (0.5 + Self.halfLogTwoPi)).sum() }
}
