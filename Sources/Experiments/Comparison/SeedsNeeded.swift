/// How many seeds tell two sides apart whose means differ as they seem to.
///
/// A two-sided t-test at 5 % finds the difference δ with a probability of 80 % if each side has
/// n = (z₀.₉₇₅ + z₀.₈)² (s₁² + s₂²) / δ² + z₀.₉₇₅² / 4 seeds; with pairs of one seed each, whose differences have the
/// variance s², n = (z₀.₉₇₅ + z₀.₈)² s² / δ² + z₀.₉₇₅² / 2 (Guenther 1981, "Sample size formulas for normal theory t
/// tests"). On what the number means for agents: Colas, Sigaud & Oudeyer 2018, "How many random seeds?".
package enum SeedsNeeded {
    private static let confidence = 1.959_963_984_540_054
    private static let power = 0.841_621_233_572_914_3

    /// - Parameters:
    ///   - difference: δ, of the means.
    ///   - variances: s₁² and s₂², dividing by n − 1.
    /// - Returns: the seeds of each side; infinite where there is no difference.
    package static func each(difference: Double, variances: (Double, Double)) -> Double {
        needed(difference, variances.0 + variances.1, correction: confidence * confidence / 4)
    }

    /// The same for sides whose seeds are the same.
    package static func pairs(difference: Double, variance: Double) -> Double {
        needed(difference, variance, correction: confidence * confidence / 2)
    }

    private static func needed(_ difference: Double, _ variance: Double, correction: Double) -> Double {
        guard difference != 0 else { return .infinity }
        let sum = confidence + power
        return (sum * sum * variance / (difference * difference) + correction).rounded(.up)
    }
}
