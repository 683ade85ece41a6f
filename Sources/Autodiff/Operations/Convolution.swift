import CKernels

/// The convolution of images `[batch, height, width, in]` with weights `[out, in / groups, height, width]`, as PyTorch
/// stores them: `[batch, height, width, out]`. A third input is a bias `[out]`.
///
/// It is linear in the images and in the weights, so that its derivatives are the two operations below, and theirs are
/// these three again.
struct Convolution: Operation {
    var window: Window
    /// Whether max(x, 0) follows; the planner's doing.
    var rectifies = false

    var name: String { "convolution" + (rectifies ? " + relu" : "") }

    func shape(of inputs: [Shape]) throws(Misfit) -> Shape {
        let (images, weights) = (inputs[0], inputs[1])
        guard images.isBatched, images.dimensions.count == 3, weights.dimensions.count == 4 else {
            throw Misfit(
                "\(images) with weights \(weights): it takes [batch, height, width, in], [out, in, height, width]")
        }
        try window.check(input: images, weights: weights.dimensions)
        let output = try window.output(of: images, channels: weights.dimensions[0])
        guard inputs.count < 3 || inputs[2] == Shape([weights.dimensions[0]]) else {
            throw Misfit("a bias \(inputs[2]) for \(weights.dimensions[0]) channels")
        }
        return output
    }

    func reference(_ inputs: [ReferenceTensor], shape: Shape, batch: Int) -> ReferenceTensor {
        let bias = inputs.count > 2 ? inputs[2].values : []
        let channels = shape.dimensions[2]
        var result = ReferenceTensor(shape: shape, batch: batch) { bias.isEmpty ? 0 : bias[$1 % channels] }
        window.forEachProduct(images: inputs[0].shape, output: shape, batch: batch) { image, weight, output in
            result.values[output] += inputs[0].values[image] * inputs[1].values[weight]
        }
        if rectifies { result.values = result.values.map { max($0, 0) } }
        return result
    }

    func derivative(of output: Tensor, inputs: [Tensor], gradient: Tensor) -> [Tensor?] {
        let g = gradient.broadcast(to: output.shape)
        let images = g.applying(ConvolutionImageGradient(window: window, image: inputs[0].shape.dimensions), inputs[1])
        let weights = g.applying(
            ConvolutionWeightGradient(window: window, weights: inputs[1].shape.dimensions), inputs[0])
        return [images, weights] + (inputs.count > 2 ? [g.sumOverPlaces()] : [])
    }

    func multiplyAdds(_ inputs: [Shape], output: Shape) -> Int {
        output.elementsPerRow * inputs[1].elementsPerRow / inputs[1].dimensions[0]
    }
    func scratchCount(_ inputs: [Shape], output: Shape, rows: Int) -> Int {
        window.scratchCount(image: inputs[0].dimensions, output: output.dimensions)
    }
    func instruction(_ operands: Lowering) -> ck_instruction {
        let details = window.details(
            image: operands.inputs[0].shape.dimensions, output: operands.output.shape.dimensions, rectifies: rectifies)
        return operands.layer(CK_LAYER_convolution, operands.inputs, details: details)
    }
}

/// The derivative of a convolution by its images: the gradient `[batch, height, width, out]` and the weights give `image`.
struct ConvolutionImageGradient: Operation {
    var window: Window
    /// `[height, width, in]`
    var image: [Int]

    var name: String { "convolution's image gradient" }

    func shape(of inputs: [Shape]) -> Shape { Shape(image, isBatched: true) }
    func reference(_ inputs: [ReferenceTensor], shape: Shape, batch: Int) -> ReferenceTensor {
        var result = ReferenceTensor(shape: shape, batch: batch) { _, _ in 0 }
        window.forEachProduct(images: shape, output: inputs[0].shape, batch: batch) { image, weight, output in
            result.values[image] += inputs[0].values[output] * inputs[1].values[weight]
        }
        return result
    }
    func derivative(of output: Tensor, inputs: [Tensor], gradient: Tensor) -> [Tensor?] {
        let g = gradient.broadcast(to: output.shape)
        return [
            g.applying(Convolution(window: window), inputs[1]),
            inputs[0].applying(ConvolutionWeightGradient(window: window, weights: inputs[1].shape.dimensions), g),
        ]
    }
    func multiplyAdds(_ inputs: [Shape], output: Shape) -> Int {
        inputs[0].elementsPerRow * inputs[1].elementsPerRow / inputs[1].dimensions[0]
    }
    func scratchCount(_ inputs: [Shape], output: Shape, rows: Int) -> Int {
        window.scratchCount(image: image, output: inputs[0].dimensions)
    }
    func instruction(_ operands: Lowering) -> ck_instruction {
        let details = window.details(image: image, output: operands.inputs[0].shape.dimensions)
        return operands.layer(CK_LAYER_convolution_input_gradient, operands.inputs, details: details)
    }
}

/// The derivative of a convolution by its weights: the gradient and the images give `weights`, summed over the batch.
struct ConvolutionWeightGradient: Operation {
    var window: Window
    /// `[out, in / groups, height, width]`
    var weights: [Int]

    var name: String { "convolution's weight gradient" }

    func sumsOverBatch(_ inputs: [Shape]) -> Bool { true }
    func shape(of inputs: [Shape]) -> Shape { Shape(weights) }
    func reference(_ inputs: [ReferenceTensor], shape: Shape, batch: Int) -> ReferenceTensor {
        var result = ReferenceTensor(shape: shape, batch: batch) { _, _ in 0 }
        window.forEachProduct(images: inputs[1].shape, output: inputs[0].shape, batch: batch) { image, weight, output in
            result.values[weight] += inputs[0].values[output] * inputs[1].values[image]
        }
        return result
    }
    func derivative(of output: Tensor, inputs: [Tensor], gradient: Tensor) -> [Tensor?] {
        let g = gradient.broadcast(to: output.shape)
        return [
            inputs[1].applying(Convolution(window: window), g),
            inputs[0].applying(ConvolutionImageGradient(window: window, image: inputs[1].shape.dimensions), g),
        ]
    }
    func multiplyAdds(_ inputs: [Shape], output: Shape) -> Int {
        inputs[0].elementsPerRow * output.elementsPerRow / output.dimensions[0]
    }
    func scratchCount(_ inputs: [Shape], output: Shape, rows: Int) -> Int {
        window.scratchCount(image: inputs[1].dimensions, output: inputs[0].dimensions)
    }
    func instruction(_ operands: Lowering) -> ck_instruction {
        let details = window.details(
            image: operands.inputs[1].shape.dimensions, output: operands.inputs[0].shape.dimensions)
        var call = operands.layer(CK_LAYER_convolution_weight_gradient, operands.inputs, details: details)
        call.operands.rows = operands.inputs[0].extents.rows
        return call
    }
}

/// The convolution of images `[batch, height, width, in]` with weights `[out, in / groups, height, width]`, plus a bias
/// `[out]`: `[batch, height, width, out]`.
public func convolution(_ images: Tensor, _ weights: Tensor, bias: Tensor? = nil, window: Window) -> Tensor {
    let operation = Convolution(window: window)
    return bias.map { images.applying(operation, weights, $0) } ?? images.applying(operation, weights)
}
