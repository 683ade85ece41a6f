public import Autodiff

/// The mean over the steps of a sequence, `[batch, steps, width]` → `[batch, width]`; steps past a sequence's length count
/// as zeros in the sum, and not in its divisor where the sequence says how long it is.
public struct MeanOfSteps: Layer {
    public init() {}

    public func callAsFunction(_ x: Tensor, _ sequence: SequenceContext) -> Tensor {
        let (steps, width) = (x.shape.dimensions[0], x.shape.dimensions[1])
        guard let lengths = sequence.lengths else {
            return x.reshaped(to: [steps, width]).channelsFirst().meanOfColumns().reshaped(to: [width])
        }
        let mask = lengths.stepMask(steps: steps)
        let sum = (x * mask.reshaped(to: [steps, 1])).channelsFirst().sumOfColumns().reshaped(to: [width])
        return sum / mask.sumOfColumns().clamped(to: 1...Float(steps))
    }
}
