public import Autodiff
import CKernels
public import LinearAlgebra

/// The Euclidean norm of a whole gradient, and the factor that keeps it below a bound: Pascanu, Mikolov and Bengio (2013).
public final class GradientNorm: @unchecked Sendable {
    private var partialSums: [Double]
    private let kernels: UnsafePointer<ck_flat_kernels>

    public init(parameterCount: Int) {
        partialSums = Array(repeating: 0, count: Pieces.count(parameterCount))
        kernels = ck_flat(ck_level())
    }

    /// ‖g‖₂, in double precision.
    public func callAsFunction(_ gradients: FloatBuffer, on pool: WorkerPool) -> Double {
        partialSums.withUnsafeMutableBufferPointer { sums in
            // Each piece writes its own element.
            nonisolated(unsafe) let sums = sums
            pool.run(sums.count) { piece in
                let range = Pieces.range(piece, of: gradients.count)
                sums[piece] = kernels.pointee.sum_of_squares(gradients.base + range.lowerBound, range.count)
            }
            var total = 0.0
            for piece in 0..<sums.count { total += sums[piece] }
            return total.squareRoot()
        }
    }

    /// What to multiply gradients of norm `norm` by so that it is at most `maximum`; PyTorch's clip_grad_norm_.
    public static func clippingFactor(norm: Double, maximum: Double) -> Float {
        Float(min(1, maximum / (norm + 1e-6)))
    }
}
