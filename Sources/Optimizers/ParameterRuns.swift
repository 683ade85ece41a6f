import Autodiff
import LinearAlgebra

/// The parts of the flat buffer that an optimizer steps, in runs of neighbouring slices that it treats alike.
///
/// The work is cut where the buffer is cut, into pieces of fixed size; a piece holds a few runs, or parts of them.
struct ParameterRuns: Sendable {
    struct Run: Sendable, Equatable {
        var start: Int
        var count: Int
        /// Whether weight decay pulls it to zero.
        var decays: Bool
    }

    private var runs: [Run] = []
    /// Which of the runs lie in each piece.
    private var pieces: [Range<Int>] = []

    /// All of a buffer of `count` elements, decaying.
    init(count: Int) { cut([Run(start: 0, count: count, decays: true)], count: count) }

    /// The slices of `layout` that are trainable and that `includes` says.
    ///
    /// - Parameter tellsDecay: whether it matters which slices decay; if not, there are fewer runs.
    init(
        _ layout: ParameterLayout, tellsDecay: Bool, where includes: (ParameterSlice) -> Bool = { _ in true }
    ) {
        var whole: [Run] = []
        for slice in layout.slices where slice.isTrainable && includes(slice) {
            let decays = !tellsDecay || slice.decays
            // The gap between two slices is zero, has no gradient, and may be stepped along.
            if let last = whole.last, last.decays == decays, slice.offset - (last.start + last.count) < 16 {
                whole[whole.count - 1].count = slice.range.upperBound - last.start
            } else {
                whole.append(Run(start: slice.offset, count: slice.count, decays: decays))
            }
        }
        // The gap behind the last slice too, so that all alike is all of the buffer.
        if let last = whole.last, layout.count - (last.start + last.count) < 16 {
            whole[whole.count - 1].count = layout.count - last.start
        }
        cut(whole, count: layout.count)
    }

    private mutating func cut(_ whole: [Run], count: Int) {
        for piece in 0..<Pieces.count(count) {
            let range = Pieces.range(piece, of: count)
            let first = runs.count
            for run in whole {
                let part = (run.start..<run.start + run.count).clamped(to: range)
                if !part.isEmpty { runs.append(Run(start: part.lowerBound, count: part.count, decays: run.decays)) }
            }
            if runs.count > first { pieces.append(first..<runs.count) }
        }
    }

    /// Calls `body` for every run of every piece, on the workers of `pool`.
    func forEach(on pool: WorkerPool, _ body: (Run) -> Void) {
        pool.run(pieces.count) { piece in
            for index in pieces[piece] { body(runs[index]) }
        }
    }
}
