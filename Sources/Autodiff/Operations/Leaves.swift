import CKernels

// The nodes without inputs: data, parameters, constants; and those that hand their input on.

/// A batch of rows that the caller provides: `[batch, …]` floats.
struct Input: Operation {
    var label: String
    var dimensions: [Int]
    var name: String { "input \(label)" }
    func shape(of inputs: [Shape]) -> Shape { Shape(dimensions, isBatched: true) }
}

/// A batch of whole numbers that the caller provides: class labels or chosen actions `[batch]`, tokens `[batch, length]`.
struct IndexInput: Operation {
    var label: String
    var dimensions: [Int] = []
    var name: String { "indices \(label)" }
    func shape(of inputs: [Shape]) -> Shape { Shape(dimensions, isBatched: true) }
}

/// What random operations draw from: the seed in two words and the step, as bits. Set before each run.
struct RandomKey: Operation {
    static let label = "random key"
    var name: String { Self.label }
    func shape(of inputs: [Shape]) -> Shape { Shape([4]) }
}

/// A number that the caller provides, the same for the whole batch: a clipping range that shrinks over training.
struct ScalarInput: Operation {
    var label: String
    var name: String { "scalar \(label)" }
    func shape(of inputs: [Shape]) -> Shape { .scalar }
}

/// A slice of the parameters.
struct Parameter: Operation {
    var slice: ParameterSlice
    var name: String { "parameter \(slice.name)" }
    func shape(of inputs: [Shape]) -> Shape { Shape(slice.shape) }
}

/// A number, or a number over the size of the batch.
struct Constant: Operation {
    var value: Float
    var dividesByBatch: Bool
    var name: String { "constant \(value)" + (dividesByBatch ? "/batch" : "") }
    func shape(of inputs: [Shape]) -> Shape { .scalar }
    func value(batch: Int) -> Float { dividesByBatch ? value / Float(batch) : value }
}

/// n / (n − 1) for n = batch · places (1 for n = 1): what makes a sample's variance an estimate of a population's.
struct BesselCorrection: Operation {
    var places: Int
    var name: String { "n / (n − 1)" }
    func shape(of inputs: [Shape]) -> Shape { .scalar }
    func value(batch: Int) -> Float { batch * places > 1 ? Float(batch * places) / Float(batch * places - 1) : 1 }
}

/// A number that the size of the batch decides.
protocol BatchConstant: Leaf {
    func value(batch: Int) -> Float
}
extension Constant: BatchConstant {}
extension BesselCorrection: BatchConstant {}

/// What the leaves share: they are given, not computed.
protocol Leaf: Operation {}
extension Input: Leaf {}
extension IndexInput: Leaf {}
extension RandomKey: Leaf {}
extension ScalarInput: Leaf {}
extension Parameter: Leaf {}

extension Leaf {
    func reference(_ inputs: [ReferenceTensor], shape: Shape, batch: Int) -> ReferenceTensor {
        preconditionFailure("\(name) is given, not computed")
    }
    func derivative(of output: Tensor, inputs: [Tensor], gradient: Tensor) -> [Tensor?] { [] }
    func instruction(_ operands: Lowering) -> ck_instruction {
        preconditionFailure("\(name) is given, not computed")
    }
}

/// The input's elements under other dimensions.
struct Reshape: Operation {
    var dimensions: [Int]
    var name: String { "reshape" }
    var isAlias: Bool { true }

    func shape(of inputs: [Shape]) throws(Misfit) -> Shape {
        let result = Shape(dimensions, isBatched: inputs[0].isBatched)
        guard result.elementsPerRow == inputs[0].elementsPerRow else {
            throw Misfit("\(inputs[0]) has \(inputs[0].elementsPerRow) elements a row, \(result) another number")
        }
        return result
    }
    func reference(_ inputs: [ReferenceTensor], shape: Shape, batch: Int) -> ReferenceTensor {
        ReferenceTensor(values: inputs[0].values, shape: shape, batch: batch)
    }
    func derivative(of output: Tensor, inputs: [Tensor], gradient: Tensor) -> [Tensor?] {
        [gradient.broadcast(to: output.shape).reshaped(to: inputs[0].shape.dimensions)]
    }
    func instruction(_ operands: Lowering) -> ck_instruction { operands.elementwise(CK_affine, alpha: 1) }
}

/// The input, which differentiation takes for a constant.
struct Detach: Operation {
    var name: String { "detach" }
    var isAlias: Bool { true }

    func shape(of inputs: [Shape]) -> Shape { inputs[0] }
    func reference(_ inputs: [ReferenceTensor], shape: Shape, batch: Int) -> ReferenceTensor { inputs[0] }
    func derivative(of output: Tensor, inputs: [Tensor], gradient: Tensor) -> [Tensor?] { [nil] }
    func instruction(_ operands: Lowering) -> ck_instruction { operands.elementwise(CK_affine, alpha: 1) }
}

/// The input once more, in a place of its own: for a result that something else owns, or that two names share.
struct Copy: Operation {
    var label: String
    var name: String { "copy to \(label)" }

    func shape(of inputs: [Shape]) -> Shape { inputs[0] }
    func reference(_ inputs: [ReferenceTensor], shape: Shape, batch: Int) -> ReferenceTensor { inputs[0] }
    func derivative(of output: Tensor, inputs: [Tensor], gradient: Tensor) -> [Tensor?] { [gradient] }
    func instruction(_ operands: Lowering) -> ck_instruction { operands.elementwise(CK_affine, alpha: 1) }
}
