public import Autodiff
public import Randomness

/// Weights drawn independently with a variance that keeps activations (or gradients) from growing or vanishing with the
/// width of the layer.
public struct VarianceScaling: Initializer {
    enum Rule: Sendable { case glorot, he }
    enum Distribution: Sendable { case uniform, normal }

    let rule: Rule
    let distribution: Distribution

    /// Variance 2 / (in + out), even between the bounds: Glorot and Bengio (2010), eq. 16. For tanh and sigmoid.
    public static let glorotUniform = VarianceScaling(rule: .glorot, distribution: .uniform)
    /// Variance 2 / (in + out), normal.
    public static let glorotNormal = VarianceScaling(rule: .glorot, distribution: .normal)
    /// Variance 2 / in, even between the bounds: He, Zhang, Ren and Sun (2015), eq. 10. For ReLU.
    public static let heUniform = VarianceScaling(rule: .he, distribution: .uniform)
    /// Variance 2 / in, normal.
    public static let heNormal = VarianceScaling(rule: .he, distribution: .normal)

    /// The variance for a weight of `shape` `[out, in]`.
    func variance(shape: [Int]) -> Double {
        let inputs = Double(shape.dropFirst().reduce(1, *))
        let outputs = Double(shape.first ?? 1)
        return rule == .glorot ? 2 / (inputs + outputs) : 2 / inputs
    }

    public func values(shape: [Int], using random: inout RandomStream) -> [Float] {
        let deviation = variance(shape: shape).squareRoot()
        let bound = deviation * 3.0.squareRoot()
        return (0..<shape.reduce(1, *)).map { _ in
            Float(distribution == .uniform ? random.uniform(in: -bound...bound) : deviation * random.normal())
        }
    }
}
