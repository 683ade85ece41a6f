import Fledge

/// A convolutional network as a user writes it, stepped until it tells bright upper halves of images from lower ones.
///
/// - Returns: the loss of the first and of the last step.
func learnToTellHalves() throws -> (first: Float, last: Float) {
    let description = NetworkDescription(
        input: .features([8, 8, 1]),
        layers: [
            .convolution(channels: 8, size: 3, padding: 1), .batchNormalization, .activation(.relu),
            .maximumPooling(size: 2, stride: 2), .flatten, .dropout(rate: 0.1), .dense(width: 2),
        ])
    var layout = ParameterLayout()
    let network = try Network(description, in: &layout)
    var random = RandomStream(seed: 7, purpose: "weights")
    let parameters = ParameterStore(layout, using: &random)
    let step = try GradientStep(parameters: parameters, optimizer: Adam(layout: layout)) { trace in
        softmaxCrossEntropy(network(&trace), trace.indices("labels"), labelSmoothing: 0.1)
    }
    let program = step.program(batch: 32)
    let labels = (0..<32).map { Int32($0 % 2) }
    let images = labels.flatMap { label in
        (0..<64).map { pixel in random.uniformFloat() * (pixel / 32 == Int(label) ? 1 : 0.3) }
    }
    program.input("features").replace(at: 0, with: images)
    program.setIndices("labels", labels)
    var losses: [Float] = []
    for _ in 0..<100 {
        try step.run(program, learningRate: 1e-2)
        losses.append(program.scalar("loss"))
    }
    return (losses[0], losses[99])
}
