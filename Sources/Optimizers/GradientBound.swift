public import Autodiff
import CKernels
public import LinearAlgebra

/// Clipping by value: every element of a gradient is held within −maximum … maximum; PyTorch's clip_grad_value_.
public struct GradientBound: Sendable {
    public let maximum: Float

    public init(maximum: Float) {
        precondition(maximum > 0, "gradients cannot be held below \(maximum)")
        self.maximum = maximum
    }

    public func callAsFunction(_ gradients: FloatBuffer, on pool: WorkerPool) {
        let kernels = ck_flat(ck_level())!
        pool.run(Pieces.count(gradients.count)) { piece in
            let range = Pieces.range(piece, of: gradients.count)
            kernels.pointee.bound(gradients.base + range.lowerBound, range.count, maximum)
        }
    }
}
