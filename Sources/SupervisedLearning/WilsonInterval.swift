/// Between which bounds a share lies of which a sample was counted: the score interval of Wilson (1927, Probable
/// inference, the law of succession, and statistical inference). Unlike p ± 1.96 · standard error it holds for small
/// samples and shares near 0 and 1 too.
public struct WilsonInterval: Sendable, Equatable {
    public let lower: Double
    public let upper: Double

    /// The standard normal distribution's quantile at 0.975.
    private static let z = 1.959_963_984_540_054

    /// The 95 % interval for `count` of `total`.
    ///
    /// - Precondition: `count` is 0 … `total`, and there is something in the sample.
    public init(count: Int, of total: Int) {
        precondition(total > 0 && (0...total).contains(count), "\(count) of \(total) is no share")
        let (n, share, squared) = (Double(total), Double(count) / Double(total), Self.z * Self.z)
        let center = (share + squared / (2 * n)) / (1 + squared / n)
        let half = Self.z / (1 + squared / n) * (share * (1 - share) / n + squared / (4 * n * n)).squareRoot()
        lower = count == 0 ? 0 : max(0, center - half)
        upper = count == total ? 1 : min(1, center + half)
    }
}
