import CKernels

/// Σ (x − mean)² over the batch and all dimensions but the last: `[batch, …, n]`, `[n]` → `[n]`.
struct DeviationSums: Operation {
    var name: String { "sums of squared deviations" }

    func sumsOverBatch(_ inputs: [Shape]) -> Bool { true }
    func shape(of inputs: [Shape]) throws(Misfit) -> Shape {
        guard inputs[0].isBatched, let columns = inputs[0].dimensions.last, inputs[1] == Shape([columns]) else {
            throw Misfit("\(inputs[0]) with means \(inputs[1]): it takes [batch, …, n] and [n]")
        }
        return inputs[1]
    }
    func reference(_ inputs: [ReferenceTensor], shape: Shape, batch: Int) -> ReferenceTensor {
        var result = ReferenceTensor(shape: shape, batch: batch) { _, _ in 0 }
        for (index, value) in inputs[0].values.enumerated() {
            let column = index % shape.elementsPerRow
            let deviation = value - inputs[1].values[column]
            result.values[column] += deviation * deviation
        }
        return result
    }
    func derivative(of output: Tensor, inputs: [Tensor], gradient: Tensor) -> [Tensor?] {
        let deviations = inputs[0] - inputs[1]
        let byInput = deviations * gradient.broadcast(to: output.shape) * 2
        return [byInput, -byInput.sumOverPlaces()]
    }
    func instruction(_ operands: Lowering) -> ck_instruction {
        operands.columnwise(CK_LAYER_deviation_sums, operands.inputs, columns: operands.output.extents.count)
    }
}

/// scale · (x − mean) / √(variance + ε) + shift, column by column, where mean and variance are those of x over the batch
/// and all dimensions but the last: Ioffe and Szegedy (2015), algorithm 1.
///
/// Inputs are x `[batch, …, n]`, mean, variance, scale and shift `[n]`. The derivative by x is the whole one, with what
/// mean and variance contribute; these two count as constants.
struct BatchNormalization: Operation {
    var epsilon: Float
    var name: String { "batch normalization" }

    func shape(of inputs: [Shape]) throws(Misfit) -> Shape {
        guard inputs[0].isBatched, let columns = inputs[0].dimensions.last,
            inputs.dropFirst().allSatisfy({ $0 == Shape([columns]) })
        else { throw Misfit("\(inputs[0]) with statistics \(inputs[1]): it takes [batch, …, n] and [n]") }
        return inputs[0]
    }
    func reference(_ inputs: [ReferenceTensor], shape: Shape, batch: Int) -> ReferenceTensor {
        ReferenceTensor(shape: shape, batch: batch) { row, index in
            let column = index % inputs[1].values.count
            let deviation = (inputs[2].values[column] + Double(epsilon)).squareRoot()
            return inputs[3].values[column] * (inputs[0][row, index] - inputs[1].values[column]) / deviation
                + inputs[4].values[column]
        }
    }
    func derivative(of output: Tensor, inputs: [Tensor], gradient: Tensor) -> [Tensor?] {
        let g = gradient.broadcast(to: output.shape)
        let (x, mean, variance, scale) = (inputs[0], inputs[1], inputs[2], inputs[3])
        let count = mean.shape.elementsPerRow
        let sums = g.applying(BatchNormalizationSums(epsilon: epsilon), x, mean, variance)
        let places = x.shape.elementsPerRow / count
        let means = sums.affine(scale: 1 / Float(places), dividesByBatch: true)
        let statistics = concatenate([mean, variance, scale, means])
        let byInput = g.applying(BatchNormalizationGradient(epsilon: epsilon), x, statistics)
        return [byInput, nil, nil, sums.columns(count..<2 * count), sums.columns(0..<count)]
    }
    func instruction(_ operands: Lowering) -> ck_instruction {
        var call = operands.columnwise(
            CK_LAYER_normalize, operands.inputs, columns: operands.inputs[1].extents.count)
        call.operands.alpha = epsilon
        return call
    }
}

/// Σ g, and Σ g · x̂, over the batch and all dimensions but the last, x̂ the normalised input: `[2 · n]`.
struct BatchNormalizationSums: Operation {
    var epsilon: Float
    var name: String { "batch normalization's sums" }

    func sumsOverBatch(_ inputs: [Shape]) -> Bool { true }
    func shape(of inputs: [Shape]) -> Shape { Shape([2 * inputs[2].elementsPerRow]) }
    func reference(_ inputs: [ReferenceTensor], shape: Shape, batch: Int) -> ReferenceTensor {
        var result = ReferenceTensor(shape: shape, batch: batch) { _, _ in 0 }
        let count = shape.elementsPerRow / 2
        for (index, value) in inputs[1].values.enumerated() {
            let column = index % count
            let deviation = (inputs[3].values[column] + Double(epsilon)).squareRoot()
            result.values[column] += inputs[0].values[index]
            result.values[count + column] += inputs[0].values[index] * (value - inputs[2].values[column]) / deviation
        }
        return result
    }
    func derivative(of output: Tensor, inputs: [Tensor], gradient: Tensor) -> [Tensor?] {
        output.graph.fail("batch normalization", "has kernels for its derivative and cannot be differentiated twice")
        return inputs.map { _ in nil }
    }
    func instruction(_ operands: Lowering) -> ck_instruction {
        var call = operands.columnwise(
            CK_LAYER_normalize_sums, operands.inputs, columns: operands.inputs[2].extents.count)
        call.operands.alpha = epsilon
        return call
    }
}

/// scale / √(variance + ε) · (g − mean of g − x̂ · mean of g x̂), from g, x, and `[5 · n]`: mean, variance, scale and the
/// two means.
struct BatchNormalizationGradient: Operation {
    var epsilon: Float
    var name: String { "batch normalization's gradient" }

    func shape(of inputs: [Shape]) -> Shape { inputs[1] }
    func reference(_ inputs: [ReferenceTensor], shape: Shape, batch: Int) -> ReferenceTensor {
        let count = inputs[2].values.count / 5
        return ReferenceTensor(shape: shape, batch: batch) { row, index in
            let column = index % count
            let (mean, variance) = (inputs[2].values[column], inputs[2].values[count + column])
            let deviation = (variance + Double(epsilon)).squareRoot()
            let x = (inputs[1][row, index] - mean) / deviation
            return inputs[2].values[2 * count + column] / deviation
                * (inputs[0][row, index] - inputs[2].values[3 * count + column]
                    - x * inputs[2].values[4 * count + column])
        }
    }
    func derivative(of output: Tensor, inputs: [Tensor], gradient: Tensor) -> [Tensor?] {
        output.graph.fail("batch normalization", "has kernels for its derivative and cannot be differentiated twice")
        return inputs.map { _ in nil }
    }
    func instruction(_ operands: Lowering) -> ck_instruction {
        var call = operands.columnwise(
            CK_LAYER_normalize_gradient, operands.inputs, columns: operands.inputs[2].extents.count / 5)
        call.operands.alpha = epsilon
        return call
    }
}

/// (x − mean) / √(variance + ε) of the last dimension, each row by its own: the core of layer normalisation, Ba, Kiros and
/// Hinton (2016).
struct StandardizeRows: Operation {
    var epsilon: Float
    var name: String { "standardize rows" }

    func shape(of inputs: [Shape]) throws(Misfit) -> Shape {
        guard !inputs[0].dimensions.isEmpty else { throw Misfit("\(inputs[0]) has no columns") }
        return inputs[0]
    }
    func reference(_ inputs: [ReferenceTensor], shape: Shape, batch: Int) -> ReferenceTensor {
        var result = inputs[0]
        let columns = shape.dimensions[shape.dimensions.count - 1]
        for start in stride(from: 0, to: result.values.count, by: columns) {
            let (mean, deviation) = moments(inputs[0].values[start..<start + columns])
            for index in start..<start + columns { result.values[index] = (result.values[index] - mean) / deviation }
        }
        return result
    }
    fileprivate func moments(_ row: ArraySlice<Double>) -> (mean: Double, deviation: Double) {
        let mean = row.reduce(0, +) / Double(row.count)
        let variance = row.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(row.count)
        return (mean, (variance + Double(epsilon)).squareRoot())
    }
    func derivative(of output: Tensor, inputs: [Tensor], gradient: Tensor) -> [Tensor?] {
        [inputs[0].applying(StandardizeRowsGradient(epsilon: epsilon), output, gradient.broadcast(to: output.shape))]
    }
    func instruction(_ operands: Lowering) -> ck_instruction {
        let dimensions = operands.output.shape.dimensions
        var call = operands.columnwise(
            CK_LAYER_standardize_rows, operands.inputs, columns: dimensions[dimensions.count - 1])
        call.operands.alpha = epsilon
        return call
    }
}

/// The derivative of `StandardizeRows`, from its input, its output and the gradient.
struct StandardizeRowsGradient: Operation {
    var epsilon: Float
    var name: String { "standardize rows' gradient" }

    func shape(of inputs: [Shape]) -> Shape { inputs[0] }
    func reference(_ inputs: [ReferenceTensor], shape: Shape, batch: Int) -> ReferenceTensor {
        var result = inputs[0]
        let columns = shape.dimensions[shape.dimensions.count - 1]
        for start in stride(from: 0, to: result.values.count, by: columns) {
            let range = start..<start + columns
            let (_, deviation) = StandardizeRows(epsilon: epsilon).moments(inputs[0].values[range])
            let mean = inputs[2].values[range].reduce(0, +) / Double(columns)
            let slope = range.reduce(0) { $0 + inputs[1].values[$1] * inputs[2].values[$1] } / Double(columns)
            for index in range {
                result.values[index] = (inputs[2].values[index] - mean - inputs[1].values[index] * slope) / deviation
            }
        }
        return result
    }
    func derivative(of output: Tensor, inputs: [Tensor], gradient: Tensor) -> [Tensor?] {
        output.graph.fail("standardize rows", "has a kernel for its derivative and cannot be differentiated twice")
        return [nil, nil, nil]
    }
    func instruction(_ operands: Lowering) -> ck_instruction {
        let dimensions = operands.output.shape.dimensions
        var call = operands.columnwise(
            CK_LAYER_standardize_rows_gradient, operands.inputs, columns: dimensions[dimensions.count - 1])
        call.operands.alpha = epsilon
        return call
    }
}

extension Lowering {
    /// A call of a kernel that sees its first input as a matrix of so many columns.
    fileprivate func columnwise(
        _ operation: ck_layer_operation, _ inputs: [Place], columns: Int
    ) -> ck_instruction {
        var call = layer(operation, inputs, details: Int32(0))
        call.operands.rows = inputs[0].extents.count / columns
        call.operands.columns = columns
        return call
    }
}

extension Tensor {
    /// The variance over the batch and all dimensions but the last, `[batch, …, n]` → `[n]`, about `mean` `[n]`, with the
    /// divisor n.
    public func varianceOverPlaces(about mean: Tensor) -> Tensor {
        let places = shape.elementsPerRow / (shape.dimensions.last ?? 1)
        return applying(DeviationSums(), mean).affine(scale: 1 / Float(places), dividesByBatch: true)
    }

    /// n / (n − 1), where n is the number of rows of the batch times the dimensions but the last.
    public var besselCorrection: Tensor {
        graph.record(BesselCorrection(places: shape.elementsPerRow / (shape.dimensions.last ?? 1)), [])
    }

    /// scale · (x − mean) / √(variance + ε) + shift, where `mean` and `variance` `[n]` are those of x itself over the batch
    /// and all dimensions but the last: Ioffe and Szegedy (2015). The derivative by x allows for that.
    public func batchNormalized(mean: Tensor, variance: Tensor, scale: Tensor, shift: Tensor, epsilon: Float) -> Tensor
    {
        applying(BatchNormalization(epsilon: epsilon), mean.detached(), variance.detached(), scale, shift)
    }

    /// (x − mean) / √(variance + ε) over the last dimension, each row by its own.
    public func standardizedRows(epsilon: Float) -> Tensor { applying(StandardizeRows(epsilon: epsilon)) }
}
