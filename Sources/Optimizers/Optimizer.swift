public import Autodiff
public import FileFormats
public import LinearAlgebra

/// A rule that turns gradients into a step of the parameters: one fused loop over flat buffers.
///
/// Slices that are not trainable are not touched; slices that do not decay are not pulled to zero.
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

    /// Puts in `parameters` what is to be evaluated and kept, where that is not what gradients are taken at (the average
    /// of schedule-free methods). There is no step before `showTraining`; parameters saved meanwhile are those shown, as at
    /// the end of training, where no step follows. By default nothing.
    func showAveraged(in parameters: FloatBuffer)
    /// Puts back, bit for bit, what `showAveraged` replaced.
    func showTraining(in parameters: FloatBuffer)

    /// Writes the moments and the step counter.
    func save(into archive: inout Archive) throws
    /// Reads them back.
    func restore(from archive: Archive) throws
}

extension Optimizer {
    public func showAveraged(in parameters: FloatBuffer) {}
    public func showTraining(in parameters: FloatBuffer) {}
}

/// A flat buffer in pieces of fixed size, so that what is computed does not depend on who computes it.
enum Pieces {
    private static let largest = 16_384

    static func count(_ elements: Int) -> Int { (elements + largest - 1) / largest }
    static func range(_ piece: Int, of elements: Int) -> Range<Int> {
        piece * largest..<min((piece + 1) * largest, elements)
    }
}

extension Archive {
    /// Writes what an optimizer keeps: buffers by name, and how many steps it has made.
    mutating func setMoments(_ moments: [(name: String, buffer: FloatBuffer)], stepCount: Int) throws {
        for moment in moments { set(moment.name, moment.buffer.values(0..<moment.buffer.count)) }
        try encode("stepCount", stepCount)
    }

    /// Reads it back into the same buffers, all or nothing; gives the number of steps.
    func readMoments(into moments: [(name: String, buffer: FloatBuffer)]) throws -> Int {
        let values = try moments.map { try floats($0.name, shape: [$0.buffer.count]) }
        let stepCount = try decode("stepCount", as: Int.self)
        for (moment, values) in zip(moments, values) { moment.buffer.replace(at: 0, with: values) }
        return stepCount
    }
}
