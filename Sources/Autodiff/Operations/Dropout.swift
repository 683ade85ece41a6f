import CKernels
import Randomness

/// Each element with probability 1 − rate, divided by it, and else 0: Srivastava et al. (2014), inverted so that nothing
/// has to be scaled when the model predicts.
///
/// The mask is a function of the run's random key, this operation's number, the row of the batch and the column: the
/// gradient computes it again, and shards do not change it.
struct Dropout: Operation {
    var rate: Float
    /// Tells this mask from the others of the trace.
    var mask: UInt32

    var name: String { "dropout \(rate)" }
    var worksInPlace: Bool { true }

    func shape(of inputs: [Shape]) -> Shape { inputs[0] }
    func reference(_ inputs: [ReferenceTensor], shape: Shape, batch: Int) -> ReferenceTensor {
        let key = inputs[1].values.map { Float($0).bitPattern }
        let threshold = UInt32(Double(rate) * 4_294_967_296)
        return ReferenceTensor(shape: shape, batch: batch) { row, column in
            // Sixteen neighbouring counters give four runs of sixteen words each.
            let (block, place) = (column / 64, column % 64)
            let counter = UInt32(block * 16 + place % 16)
            let words = Philox.block(counter: (counter, UInt32(row), key[2], mask), key: (key[0], key[1]))
            let word = [words.0, words.1, words.2, words.3][place / 16]
            return word >= threshold ? inputs[0][row, column] / Double(1 - rate) : 0
        }
    }
    func derivative(of output: Tensor, inputs: [Tensor], gradient: Tensor) -> [Tensor?] {
        [gradient.broadcast(to: output.shape).applying(self, inputs[1]), nil]
    }
    func instruction(_ operands: Lowering) -> ck_instruction {
        operands.layer(CK_LAYER_dropout, operands.inputs, details: ck_mask(rate: rate, stream: mask))
    }
}

extension Tensor {
    /// Each element with probability 1 − `rate`, divided by it, and else 0; in a trace for predicting, the tensor itself.
    public func droppingOut(_ rate: Float) -> Tensor {
        precondition(rate >= 0 && rate < 1, "a dropout rate of \(rate)")
        guard isTraining, rate > 0 else { return self }
        guard shape.isBatched else {
            graph.fail("dropout", "\(shape) has no rows that random numbers could be drawn for")
            return self
        }
        return applying(Dropout(rate: rate, mask: graph.nextMask()), graph.record(RandomKey(), []))
    }
}
