import Autodiff
import LinearAlgebra
import Optimizers
import Testing

@Suite struct GradientNormTests {
    @Test func `norm and clipping equal PyTorch's clip_grad_norm_`() throws {
        let golden = try PyTorchOptimizers.load().clipping
        let names = golden.gradients.keys.sorted()
        let gradients = names.flatMap { golden.gradients[$0]?.values ?? [] }
        let clipped = names.flatMap { golden.clipped[$0]?.values ?? [] }
        let buffer = FloatBuffer(count: gradients.count)
        buffer.replace(at: 0, with: gradients.map { Float($0) })
        let norm = GradientNorm(parameterCount: gradients.count)(buffer, on: .shared)
        // The elements are rounded to 6e-8 of themselves; the sum is in double precision.
        #expect(abs(norm - golden.norm) < 1e-7 * golden.norm)
        let factor = GradientNorm.clippingFactor(norm: norm, maximum: 0.5)
        for (gradient, want) in zip(gradients, clipped) { #expect(abs(Double(factor) * gradient - want) < 1e-7) }
    }

    @Test func `a gradient below the bound is left alone`() {
        #expect(GradientNorm.clippingFactor(norm: 0.3, maximum: 0.5) == 1)
        #expect(GradientNorm.clippingFactor(norm: 0, maximum: 0.5) == 1)
    }

    @Test func `a value that is not finite shows in the norm`() {
        let buffer = FloatBuffer(count: 40_000)
        buffer[39_999] = .nan
        #expect(GradientNorm(parameterCount: 40_000)(buffer, on: .shared).isNaN)
        buffer[39_999] = -.infinity
        #expect(GradientNorm(parameterCount: 40_000)(buffer, on: .shared) == .infinity)
    }
}
