public import Autodiff
import CKernels
public import FileFormats
public import LinearAlgebra

/// An exponential moving average of a model's parameters, to be evaluated and kept in their place: Polyak and Juditsky
/// (1992). It is smoother than the latest parameters, and often a little better.
///
/// After step t (from 0) the average moves by 1 − min(decay, (1 + t) / (10 + t)) towards the parameters, so that the first
/// ones are soon forgotten. Slices that are not trainable, such as running statistics, are averaged too.
public final class WeightAverage: @unchecked Sendable {
    public let decay: Double
    private let average: FloatBuffer
    /// The parameters themselves, while the average is shown.
    private let training: FloatBuffer
    private var showsAverage = false
    private var updateCount = 0
    private let kernels: UnsafePointer<ck_flat_kernels>

    /// An average that begins at `parameters`.
    public init(of parameters: FloatBuffer, decay: Double) {
        precondition(decay >= 0 && decay < 1, "a decay of \(decay); it must be at least 0 and less than 1")
        self.decay = decay
        average = FloatBuffer(count: parameters.count)
        average.copy(from: parameters)
        training = FloatBuffer(count: parameters.count)
        kernels = ck_flat(ck_level())
    }

    /// Moves the average towards the parameters, after a step of theirs.
    public func update(with parameters: FloatBuffer, on pool: WorkerPool) {
        precondition(!showsAverage, "an update while the average is shown; showTraining goes before it")
        let kept = min(decay, Double(1 + updateCount) / Double(10 + updateCount))
        updateCount += 1
        pool.run(Pieces.count(parameters.count)) { piece in
            let range = Pieces.range(piece, of: parameters.count)
            let start = range.lowerBound
            kernels.pointee.combine(
                average.base + start, average.base + start, parameters.base + start, range.count, Float(kept),
                Float(1 - kept))
        }
    }

    /// Puts the average in place of the parameters.
    public func showAveraged(in parameters: FloatBuffer) {
        guard !showsAverage else { return }
        showsAverage = true
        training.copy(from: parameters)
        parameters.copy(from: average)
    }

    /// Puts back, bit for bit, what `showAveraged` replaced.
    public func showTraining(in parameters: FloatBuffer) {
        guard showsAverage else { return }
        showsAverage = false
        parameters.copy(from: training)
    }

    /// Writes the average and the number of updates.
    public func save(into archive: inout Archive) throws {
        try archive.setMoments([("average", average)], stepCount: updateCount)
    }

    /// Reads them back.
    public func restore(from archive: Archive) throws {
        updateCount = try archive.readMoments(into: [("average", average)])
        showsAverage = false
    }
}
