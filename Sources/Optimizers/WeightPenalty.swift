public import Autodiff
import CKernels
public import LinearAlgebra

/// L1 and L2 regularisation: the penalty λ₁ Σ|w| + ½ λ₂ Σ w² over the weights that decay, as a part of the gradient:
/// λ₁ sign(w) + λ₂ w, where 0 is left alone by the first.
///
/// Unlike decoupled weight decay it is scaled by an optimizer's moments along with the gradient, and clipped with it. L1 by
/// its subgradient brings weights close to zero but seldom exactly there.
public struct WeightPenalty: Sendable {
    /// λ₁
    public let l1: Double
    /// λ₂
    public let l2: Double
    private let runs: ParameterRuns

    public init(layout: ParameterLayout, l1: Double, l2: Double) {
        self.l1 = l1
        self.l2 = l2
        runs = ParameterRuns(layout, tellsDecay: true) { $0.decays }
    }

    /// Adds the penalty's gradient at `parameters` to `gradients`.
    public func addGradient(at parameters: FloatBuffer, to gradients: FloatBuffer, on pool: WorkerPool) {
        let kernels = ck_flat(ck_level())!
        runs.forEach(on: pool) { run in
            kernels.pointee.penalize(
                gradients.base + run.start, parameters.base + run.start, run.count, Float(l1), Float(l2))
        }
    }
}
