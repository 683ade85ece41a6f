import Autodiff
import NeuralNetworks
import Testing

@Suite struct NormalizationTests {
    @Test func `a layer normalisation and its gradients equal PyTorch's LayerNorm`() throws {
        try PyTorchLayer.named("layer_norm").check { layout in
            LayerNormalization("layer", width: 6, in: &layout)
        }
    }

    @Test func `a batch normalisation of rows, its gradients and running statistics equal PyTorch's BatchNorm1d`()
        throws
    {
        try PyTorchLayer.named("batch_norm1d_train").check { layout in
            BatchNormalization("layer", channels: 4, in: &layout)
        }
    }

    @Test func `a batch normalisation of images, its gradients and running statistics equal PyTorch's BatchNorm2d`()
        throws
    {
        try PyTorchLayer.named("batch_norm2d_train").check(channelsFirst: true) { layout in
            BatchNormalization("layer", channels: 2, in: &layout)
        }
    }

    @Test func `statistics are those of the whole batch, into however many shards it is cut`() throws {
        var layout = ParameterLayout()
        let layer = BatchNormalization("layer", channels: 3, momentum: 1, in: &layout)
        let store = ParameterStore.drawn(layout)
        let function = try TensorFunction(parameters: store, mode: .training) { trace in
            trace.output("y", layer(trace.input("x", 3)))
        }
        let rows = 1000
        let x = normalNumbers(rows * 3, seed: 4).map { 5 + 2 * $0 }
        let program = function.program(batch: rows)
        program.input("x").replace(at: 0, with: x)
        program.run()
        program.applyUpdates()
        let y = program.rows("y").values(0..<3 * rows)
        for channel in 0..<3 {
            let column = (0..<rows).map { Double(x[3 * $0 + channel]) }
            let mean = column.reduce(0, +) / Double(rows)
            let variance = column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(rows)
            let expected = column.map { ($0 - mean) / (variance + 1e-5).squareRoot() }
            // Values near 5 carry roundings of 3e-7, which the division by 2 halves; and one of the mean.
            #expect(largestError((0..<rows).map { y[3 * $0 + channel] }, expected) < singlePrecision)
            #expect(abs(Double(store[layer.runningMean][channel]) - mean) < 5 * singlePrecision)
            let unbiased = variance * Double(rows) / Double(rows - 1)
            #expect(abs(Double(store[layer.runningVariance][channel]) - unbiased) < 5 * singlePrecision)
        }
    }

    @Test func `to predict, batch normalisation takes the running statistics, and the rows do not see each other`()
        throws
    {
        var layout = ParameterLayout()
        let layer = BatchNormalization("layer", channels: 2, epsilon: 0, in: &layout)
        let store = ParameterStore.drawn(layout)
        store[layer.runningMean] = [1, -2]
        store[layer.runningVariance] = [4, 0.25]
        store[layer.scale] = [3, 1]
        store[layer.shift] = [0.5, -1]
        let function = try TensorFunction(parameters: store) { trace in
            trace.output("y", layer(trace.input("x", 2)))
        }
        let program = function.program(batch: 2)
        program.input("x").replace(at: 0, with: [3, -1, -1, -2])
        program.run()
        program.applyUpdates()
        // 3 · (x − 1) / 2 + ½ and (x + 2) / ½ − 1
        #expect(largestDifference(program.rows("y").values(0..<4), [3.5, 1, -2.5, -1]) < 1e-6)
        #expect(store[layer.runningMean] == [1, -2], "predicting leaves the statistics")
    }

    @Test func `running statistics move by the momentum`() throws {
        var layout = ParameterLayout()
        let layer = BatchNormalization("layer", channels: 1, momentum: 0.25, in: &layout)
        let store = ParameterStore.drawn(layout)
        let function = try TensorFunction(parameters: store, mode: .training) { trace in
            trace.output("y", layer(trace.input("x", 1)))
        }
        let program = function.program(batch: 2)
        program.input("x").replace(at: 0, with: [2, 6])
        program.run()
        #expect(store[layer.runningMean] == [0], "they move when asked to")
        program.applyUpdates()
        // Mean 4; variance 8 with the divisor n − 1.
        #expect(store[layer.runningMean] == [1])
        #expect(store[layer.runningVariance] == [0.75 + 0.25 * 8])
    }
}
