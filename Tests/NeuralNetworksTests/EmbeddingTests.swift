import Autodiff
import NeuralNetworks
import Testing

@Suite struct EmbeddingTests {
    @Test func `an embedding and its gradient equal PyTorch's Embedding`() throws {
        try PyTorchLayer.named("embedding").check { layout in
            Embedding("layer", entries: 7, width: 3, initializer: Constant(0), in: &layout)
        }
    }

    /// A table of three entries, 1 and 2, 10 and 20, 100 and 200.
    private func bag(averages: Bool, weights: [Float]? = nil) throws -> [Float] {
        var layout = ParameterLayout()
        let layer = EmbeddingBag("bag", entries: 3, width: 2, averages: averages, initializer: Constant(0), in: &layout)
        let store = ParameterStore.drawn(layout)
        store[layer.weight] = [1, 2, 10, 20, 100, 200]
        let function = try TensorFunction(parameters: store) { trace in
            let tokens = trace.indices("tokens", length: 3)
            let context = SequenceContext(weights: weights == nil ? nil : trace.input("weights", 3))
            trace.output("y", layer(tokens, context))
        }
        let program = function.program(batch: 3)
        // The second row has one token, the third none.
        program.setIndices("tokens", [0, 2, 2, 1, -1, -1, -1, -1, -1])
        if let weights { program.input("weights").replace(at: 0, with: weights) }
        program.run()
        return program.rows("y").values(0..<6)
    }

    @Test func `a bag adds up its tokens' vectors, or averages them, and leaves out padding`() throws {
        #expect(try bag(averages: false) == [201, 402, 10, 20, 0, 0])
        let averages = try bag(averages: true)
        #expect(largestDifference(averages, [67, 134, 10, 20, 0, 0]) < 1e-4)
    }

    @Test func `a bag's weights multiply its tokens' vectors`() throws {
        let weights: [Float] = [2, 0.5, 0, 3, 7, 7, 7, 7, 7]
        #expect(try bag(averages: false, weights: weights) == [52, 104, 30, 60, 0, 0])
    }

    @Test func `padding has the embedding 0 and gives no gradient`() throws {
        var layout = ParameterLayout()
        let layer = Embedding("e", entries: 2, width: 2, initializer: Constant(3), in: &layout)
        let function = try TensorFunction(parameters: .drawn(layout)) { trace in
            let y = layer(trace.indices("tokens", length: 2))
            trace.output("y", y)
            trace.differentiate(y.sum())
        }
        let program = function.program(batch: 1)
        program.setIndices("tokens", [-1, 1])
        program.run()
        #expect(program.rows("y").values(0..<4) == [0, 0, 3, 3])
        #expect(function.gradients.values(layer.weight.range) == [0, 0, 1, 1])
    }

    @Test func `a factorization gives two biases and a product of vectors`() throws {
        var layout = ParameterLayout()
        let layer = Factorization("f", entries: 3, width: 2, in: &layout)
        let store = ParameterStore.drawn(layout)
        store[layer.factors] = [1, 2, 3, 4, 5, 6]
        store[layer.biases] = [0.5, 0.25, -1]
        let function = try TensorFunction(parameters: store) { trace in
            trace.output("y", layer(trace.indices("pair", length: 2)))
        }
        let program = function.program(batch: 2)
        program.setIndices("pair", [0, 2, 1, 2])
        program.run()
        // 1 · 5 + 2 · 6 + ½ − 1 and 3 · 5 + 4 · 6 + ¼ − 1
        #expect(program.rows("y").values(0..<2) == [16.5, 38.25])
    }
}
