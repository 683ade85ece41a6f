import CKernels

/// The largest element of each window, channel by channel: `[batch, height, width, channels]`.
struct MaximumPooling: Operation {
    var window: Window
    var name: String { "maximum pooling" }

    func shape(of inputs: [Shape]) throws(Misfit) -> Shape {
        try window.output(of: inputs[0], channels: inputs[0].dimensions.last ?? 1)
    }
    func reference(_ inputs: [ReferenceTensor], shape: Shape, batch: Int) -> ReferenceTensor {
        let channels = shape.dimensions[2]
        var result = ReferenceTensor(shape: shape, batch: batch) { _, _ in -.infinity }
        window.forEachPlace(images: inputs[0].shape, output: shape, batch: batch) { pixel, _, _, target in
            for channel in 0..<channels {
                let place = target * channels + channel
                result.values[place] = max(result.values[place], inputs[0].values[pixel * channels + channel])
            }
        }
        return result
    }
    func derivative(of output: Tensor, inputs: [Tensor], gradient: Tensor) -> [Tensor?] {
        [inputs[0].applying(MaximumPoolingGradient(window: window), output, gradient.broadcast(to: output.shape))]
    }
    func instruction(_ operands: Lowering) -> ck_instruction {
        let details = window.details(
            image: operands.inputs[0].shape.dimensions, output: operands.output.shape.dimensions)
        return operands.layer(CK_LAYER_maximum_pooling, operands.inputs, details: details)
    }
}

/// The derivative of `MaximumPooling`, from its input, its output and the gradient: it goes to the first of a window's
/// largest elements.
struct MaximumPoolingGradient: Operation {
    var window: Window
    var name: String { "maximum pooling's gradient" }

    func shape(of inputs: [Shape]) -> Shape { inputs[0] }
    func reference(_ inputs: [ReferenceTensor], shape: Shape, batch: Int) -> ReferenceTensor {
        let channels = shape.dimensions[2]
        var result = ReferenceTensor(shape: shape, batch: batch) { _, _ in 0 }
        var isGiven = [Bool](repeating: false, count: inputs[1].values.count)
        window.forEachPlace(images: shape, output: inputs[1].shape, batch: batch) { pixel, _, _, target in
            for channel in 0..<channels {
                let (from, to) = (target * channels + channel, pixel * channels + channel)
                guard !isGiven[from], inputs[0].values[to] == inputs[1].values[from] else { continue }
                isGiven[from] = true
                result.values[to] += inputs[2].values[from]
            }
        }
        return result
    }
    func derivative(of output: Tensor, inputs: [Tensor], gradient: Tensor) -> [Tensor?] {
        output.graph.fail("maximum pooling", "has a kernel for its derivative and cannot be differentiated twice")
        return [nil, nil, nil]
    }
    func instruction(_ operands: Lowering) -> ck_instruction {
        let details = window.details(
            image: operands.inputs[0].shape.dimensions, output: operands.inputs[1].shape.dimensions)
        return operands.layer(CK_LAYER_maximum_pooling_gradient, operands.inputs, details: details)
    }
}

/// The sum of each window, channel by channel, times `scale`; or, `spreads`, its transpose: each gradient goes to all
/// elements of its window.
struct SumPooling: Operation {
    var window: Window
    var scale: Float
    /// The images that gradients are spread to, `[height, width, channels]`; nil to sum.
    var image: [Int]?
    var name: String { image == nil ? "average pooling" : "average pooling's gradient" }

    func shape(of inputs: [Shape]) throws(Misfit) -> Shape {
        if let image { return Shape(image, isBatched: true) }
        return try window.output(of: inputs[0], channels: inputs[0].dimensions.last ?? 1)
    }
    func reference(_ inputs: [ReferenceTensor], shape: Shape, batch: Int) -> ReferenceTensor {
        let channels = shape.dimensions[2]
        var result = ReferenceTensor(shape: shape, batch: batch) { _, _ in 0 }
        let (images, output) = image == nil ? (inputs[0].shape, shape) : (shape, inputs[0].shape)
        window.forEachPlace(images: images, output: output, batch: batch) { pixel, _, _, target in
            let (to, from) = image == nil ? (target, pixel) : (pixel, target)
            for channel in 0..<channels {
                result.values[to * channels + channel] += Double(scale) * inputs[0].values[from * channels + channel]
            }
        }
        return result
    }
    func derivative(of output: Tensor, inputs: [Tensor], gradient: Tensor) -> [Tensor?] {
        let transpose = SumPooling(window: window, scale: scale, image: image == nil ? inputs[0].shape.dimensions : nil)
        return [gradient.broadcast(to: output.shape).applying(transpose)]
    }
    func instruction(_ operands: Lowering) -> ck_instruction {
        let (input, output) = (operands.inputs[0].shape.dimensions, operands.output.shape.dimensions)
        let details = window.details(image: image ?? input, output: image == nil ? output : input)
        var call = operands.layer(
            image == nil ? CK_LAYER_sum_pooling : CK_LAYER_sum_pooling_gradient, operands.inputs, details: details)
        call.operands.alpha = scale
        return call
    }
}

extension Tensor {
    /// The largest element of each window: images `[batch, height, width, channels]`.
    public func maximumPooled(_ window: Window) -> Tensor {
        precondition(
            window.padding.height < window.size.height && window.padding.width < window.size.width
                && window.dilation == Window.Extent(1, 1), "a pooling's windows must reach into the image")
        return applying(MaximumPooling(window: window))
    }

    /// The mean of each window, where padding counts as zeros: images `[batch, height, width, channels]`.
    public func averagePooled(_ window: Window) -> Tensor {
        applying(SumPooling(window: window, scale: 1 / Float(window.size.height * window.size.width)))
    }
}
