/// A symbolic tensor: what a value will be when the traced program runs. It has a shape and a place in a trace, but no
/// numbers; concrete data lives in `LinearAlgebra`.
public struct Tensor {
    let graph: Graph
    let node: Int

    public var shape: Shape { graph.nodes[node].shape }

    func applying(_ operation: some Operation, _ others: Tensor...) -> Tensor {
        graph.record(operation, [self] + others)
    }

    /// The constant this tensor is known to be.
    var constant: Constant? { graph.nodes[node].operation as? Constant }

    /// This tensor under another shape with as many elements in a row: the elements stay where they are.
    public func reshaped(to dimensions: [Int]) -> Tensor {
        dimensions == shape.dimensions ? self : applying(Reshape(dimensions: dimensions))
    }

    /// This tensor as a constant to differentiation.
    public func detached() -> Tensor { applying(Detach()) }
}

extension Tensor {
    /// The parameters that `slice` names, in this tensor's trace.
    public func parameter(_ slice: ParameterSlice) -> Tensor { graph.record(Parameter(slice: slice), []) }

    /// Whether this tensor's trace is for learning, not for predicting.
    public var isTraining: Bool { graph.mode == .training }

    /// Makes this tensor, of `slice`'s shape, the new value of parameters that are not stepped, such as running
    /// statistics: they take it after a step.
    public func update(_ slice: ParameterSlice) {
        precondition(!slice.isTrainable, "\(slice.name) is stepped by the optimizer")
        guard shape == Shape(slice.shape) else {
            graph.fail("update", "\(shape) does not fit \(slice.name) \(slice.shape)")
            return
        }
        graph.update(slice, to: self)
    }
}
