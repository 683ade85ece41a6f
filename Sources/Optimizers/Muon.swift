public import Autodiff
import CKernels
public import FileFormats
public import LinearAlgebra

/// Muon: Jordan et al. (2024). A hidden layer's weights step by the momentum of their gradient made orthogonal: all
/// singular values become about 1, so that no direction is left behind.
///
/// Orthogonal is made by five rounds of a Newton–Schulz iteration, X ← a X + (b A + c A²) X with A = X Xᵀ, whose
/// coefficients bring singular values quickly to somewhere within 0.7 … 1.2 rather than slowly to 1. The step is
/// 0.2 √max(out, in) times the result (Liu et al., 2025), whose root mean square is then that of Adam's steps: one
/// learning rate and one weight decay, decoupled, serve both.
///
/// All other parameters (biases, scales, embeddings, the output layer) step by AdamW. A weight of more than two dimensions
/// is a matrix `[out, rest]`. A step costs 5 · (2 · large · small² + small³) multiply-adds for a matrix of
/// `[large, small]`, whatever the batch: it pays for layers up to some hundreds wide.
public final class Muon: Optimizer, @unchecked Sendable {
    public struct Settings: Sendable, Codable, Equatable {
        /// How much of the last step goes on, denoted μ, in Nesterov's way.
        public var momentum: Double = 0.95
        /// The rounds of the Newton–Schulz iteration.
        public var iterations = 5
        /// The strength of the pull of parameters to zero, apart from the gradient.
        public var weightDecay: Double = 0
        /// β₁ of the AdamW that steps all other parameters.
        public var beta1: Double = 0.9
        /// β₂ of that AdamW.
        public var beta2: Double = 0.999

        public init() {}
    }

    public let settings: Settings
    /// The weights that are stepped as matrices.
    public let matrices: [ParameterSlice]

    private let momentum: FloatBuffer
    private let works: [OrthogonalizationWork]
    private let rest: Adam
    private let kernels: UnsafePointer<ck_flat_kernels>

    /// - Parameter matrices: the weights to step as matrices; nil for `hiddenMatrices(of: layout)`.
    public init(layout: ParameterLayout, settings: Settings = Settings(), matrices: [ParameterSlice]? = nil) {
        let matrices = matrices ?? Self.hiddenMatrices(of: layout)
        self.settings = settings
        self.matrices = matrices
        momentum = FloatBuffer(count: layout.count)
        works = matrices.map { OrthogonalizationWork(rows: $0.shape[0], columns: $0.count / $0.shape[0]) }
        var adam = Adam.Settings()
        adam.beta1 = settings.beta1
        adam.beta2 = settings.beta2
        adam.weightDecay = settings.weightDecay
        adam.decouplesWeightDecay = true
        let runs = ParameterRuns(layout, tellsDecay: settings.weightDecay > 0) { !matrices.contains($0) }
        rest = Adam(count: layout.count, runs: runs, settings: adam)
        kernels = ck_flat(ck_level())
    }

    /// The trainable weights of two or more dimensions, but for the last one, the output layer's, and for embeddings:
    /// those whose names say so, and those that do not decay.
    public static func hiddenMatrices(of layout: ParameterLayout) -> [ParameterSlice] {
        let weights = layout.slices.filter { slice in
            slice.isTrainable && slice.shape.count > 1 && slice.shape[0] > 1 && slice.count > slice.shape[0]
        }
        return weights.dropLast().filter { $0.decays && !$0.name.lowercased().contains("embedding") }
    }

    public func step(
        _ parameters: FloatBuffer, gradients: FloatBuffer, gradientScale: Float, learningRate: Float,
        on pool: WorkerPool
    ) {
        rest.step(
            parameters, gradients: gradients, gradientScale: gradientScale, learningRate: learningRate, on: pool)
        let momentumFactor = Float(settings.momentum)
        pool.run(matrices.count) { index in
            let (slice, work) = (matrices[index], works[index])
            let (parameter, gradient) = (parameters.base + slice.offset, gradients.base + slice.offset)
            let velocity = momentum.base + slice.offset
            let combine = kernels.pointee.combine!
            combine(velocity, velocity, gradient, slice.count, momentumFactor, gradientScale)
            combine(work.input, gradient, velocity, slice.count, gradientScale, momentumFactor)
            let direction = work.orthogonalize(iterations: settings.iterations, kernels)
            let scale = 0.2 * Float(max(work.rows, work.columns)).squareRoot()
            let decay = slice.decays ? Float(settings.weightDecay) : 0
            combine(parameter, parameter, direction, slice.count, 1 - learningRate * decay, -learningRate * scale)
        }
    }

    public func save(into archive: inout Archive) throws {
        archive.set("momentum", momentum.values(0..<momentum.count))
        var moments = Archive()
        try rest.save(into: &moments)
        archive.add("adamW", moments)
    }

    public func restore(from archive: Archive) throws {
        let values = try archive.floats("momentum", shape: [momentum.count])
        try rest.restore(from: archive.part("adamW"))
        momentum.replace(at: 0, with: values)
    }
}

/// The memory in which one matrix is made orthogonal.
private final class OrthogonalizationWork: Sendable {
    let rows: Int
    let columns: Int
    private let current: FloatBuffer
    private let next: FloatBuffer
    /// X Xᵀ or Xᵀ X, whichever is smaller, and its polynomial.
    private let gram: FloatBuffer
    private let polynomial: FloatBuffer

    init(rows: Int, columns: Int) {
        self.rows = rows
        self.columns = columns
        let small = min(rows, columns)
        current = FloatBuffer(count: rows * columns)
        next = FloatBuffer(count: rows * columns)
        gram = FloatBuffer(count: small * small)
        polynomial = FloatBuffer(count: small * small)
    }

    /// Where the matrix is put in.
    var input: UnsafeMutablePointer<Float> { current.base }

    /// The input made orthogonal; it stands where the input or the work is, until the next call.
    func orthogonalize(
        iterations: Int, _ kernels: UnsafePointer<ck_flat_kernels>
    ) -> UnsafeMutablePointer<Float> {
        // Jordan's quintic: its slope at 0, a, is as steep as singular values up to 1 allow.
        let (a, b, c): (Float, Float, Float) = (3.4445, -4.7750, 2.0315)
        let (small, count) = (min(rows, columns), rows * columns)
        let isWide = columns >= rows
        var (x, y) = (current.base, next.base)
        let norm = kernels.pointee.sum_of_squares(x, count).squareRoot()
        kernels.pointee.combine(x, x, x, count, Float(1 / (norm + 1e-7)), 0)
        for _ in 0..<iterations {
            BLAS.sgemm(
                transposeA: !isWide, transposeB: isWide, m: small, n: small, k: max(rows, columns), a: x, lda: columns,
                b: x, ldb: columns, c: gram.base, ldc: small)
            polynomial.copy(from: gram)
            BLAS.sgemm(
                m: small, n: small, k: small, alpha: c, a: gram.base, lda: small, b: gram.base, ldb: small, beta: b,
                c: polynomial.base, ldc: small)
            y.update(from: x, count: count)
            BLAS.sgemm(
                m: rows, n: columns, k: small, a: isWide ? polynomial.base : x, lda: isWide ? small : columns,
                b: isWide ? x : polynomial.base, ldb: isWide ? columns : small, beta: a, c: y, ldc: columns)
            swap(&x, &y)
        }
        return x
    }
}
