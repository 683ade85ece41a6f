import Autodiff
import NeuralNetworks
import Testing

@Suite struct ConvolutionTests {
    @Test func `a convolution of images and its gradients equal PyTorch's Conv2d`() throws {
        try PyTorchLayer.named("conv2d_3x3_pad1").check(channelsFirst: true) { layout in
            Convolution2D(
                "layer", from: 2, to: 3, window: Window(.init(3, 3), padding: .init(1, 1)),
                initializer: Constant(0), in: &layout)
        }
    }

    @Test func `a convolution that steps by two and its gradients equal PyTorch's Conv2d`() throws {
        try PyTorchLayer.named("conv2d_3x3_stride2").check(channelsFirst: true) { layout in
            Convolution2D(
                "layer", from: 2, to: 3, window: Window(.init(3, 3), stride: .init(2, 2)), initializer: Constant(0),
                in: &layout)
        }
    }

    @Test func `a convolution of sequences and its gradients equal PyTorch's Conv1d`() throws {
        let golden = try PyTorchLayer.named("conv1d")
        // Eight steps give eight: the padding is one.
        try golden.check(channelsFirst: true) { layout in
            Convolution1D("layer", from: 2, to: 3, size: 3, padding: 1, initializer: Constant(0), in: &layout)
        }
    }

    @Test func `pooling by maximum and its gradient equal PyTorch's MaxPool2d`() throws {
        try PyTorchLayer.named("maxpool2d").check(channelsFirst: true) { _ in
            FormulaLayer { x, _ in x.maximumPooled(Window(.init(2, 2), stride: .init(2, 2))) }
        }
    }

    @Test func `pooling by average and its gradient equal PyTorch's AvgPool2d`() throws {
        try PyTorchLayer.named("avgpool2d").check(channelsFirst: true) { _ in
            FormulaLayer { x, _ in x.averagePooled(Window(.init(2, 2), stride: .init(2, 2))) }
        }
    }

    @Test func `images that PyTorch stores come back from our order as they were`() throws {
        let (rows, channels, height, width) = (3, 5, 2, 4)
        let function = try TensorFunction(parameters: .zero(ParameterLayout())) { trace in
            let images = trace.input("images", channels, height, width)
            trace.output("ours", images.channelsLast())
            trace.output("back", images.channelsLast().channelsFirst())
        }
        let program = function.program(batch: rows)
        let images = normalNumbers(rows * channels * height * width, seed: 3)
        program.input("images").replace(at: 0, with: images)
        program.run()
        #expect(largestDifference(program.rows("back").values(0..<images.count), images) == 0)
        // Element (row 1, y 1, x 2, channel 3) of ours is (row 1, channel 3, y 1, x 2) of PyTorch's.
        let ours = program.rows("ours").values(0..<images.count)
        #expect(
            ours[((1 * height + 1) * width + 2) * channels + 3] == images[((1 * channels + 3) * height + 1) * width + 2]
        )
    }
}
