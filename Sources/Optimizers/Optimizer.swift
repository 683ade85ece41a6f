public import Autodiff
public import FileFormats
public import LinearAlgebra

/// A rule that turns gradients into a step of the parameters: one fused loop over flat buffers.
public protocol Optimizer: AnyObject, Sendable {
    /// Moves `parameters` by one step.
    ///
    /// - Parameters:
    ///   - gradients: of the loss, in the parameters' layout.
    ///   - gradientScale: what the gradients are multiplied by first: the clipping factor.
    ///   - learningRate: the step size, denoted α or η.
    func step(
        _ parameters: FloatBuffer, gradients: FloatBuffer, gradientScale: Float, learningRate: Float,
        on pool: WorkerPool)

    /// Writes the moments and the step counter.
    func save(into archive: inout Archive) throws
    /// Reads them back.
    func restore(from archive: Archive) throws
}

/// A flat buffer in pieces of fixed size, so that what is computed does not depend on who computes it.
enum Pieces {
    private static let largest = 16_384

    static func count(_ elements: Int) -> Int { (elements + largest - 1) / largest }
    static func range(_ piece: Int, of elements: Int) -> Range<Int> {
        piece * largest..<min((piece + 1) * largest, elements)
    }
}
