import Autodiff
import Foundation
import NeuralNetworks
import Randomness
import Testing

@Suite struct NetworkDescriptionTests {
    private typealias Row = (name: String, output: [Int], parameters: Int, multiplyAdds: Int)

    private func check(
        _ description: NetworkDescription, _ rows: [Row], parameters: [String: [Int]],
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        var layout = ParameterLayout()
        let network = try Network(description, in: &layout)
        #expect(network.summary.map(\.name) == rows.map(\.name), sourceLocation: sourceLocation)
        for (found, row) in zip(network.summary, rows) {
            #expect(found.output == row.output, "\(row.name)", sourceLocation: sourceLocation)
            #expect(found.parameterCount == row.parameters, "\(row.name)", sourceLocation: sourceLocation)
            #expect(found.multiplyAdds == row.multiplyAdds, "\(row.name)", sourceLocation: sourceLocation)
        }
        #expect(network.parameterCount == rows.reduce(0) { $0 + $1.parameters }, sourceLocation: sourceLocation)
        #expect(network.multiplyAdds == rows.reduce(0) { $0 + $1.multiplyAdds }, sourceLocation: sourceLocation)
        #expect(network.output == rows.last?.output, sourceLocation: sourceLocation)
        let shapes = Dictionary(uniqueKeysWithValues: layout.slices.map { ($0.name, $0.shape) })
        #expect(shapes == parameters, sourceLocation: sourceLocation)
    }

    @Test func `a convolutional network has the sizes that one counts by hand`() throws {
        let description = NetworkDescription(
            input: .features([8, 8, 3]),
            layers: [
                .convolution(channels: 4, size: 3, padding: 1), .batchNormalization, .activation(.relu),
                .maximumPooling(size: 2, stride: 2), .convolution(channels: 8, size: 3, stride: 2, groups: 2),
                .dropout(rate: 0.5), .flatten, .dense(width: 5),
            ])
        try check(
            description,
            [
                ("0", [8, 8, 4], 4 * 27 + 4, 64 * 4 * 27), ("1", [8, 8, 4], 8, 256), ("2", [8, 8, 4], 0, 0),
                ("3", [4, 4, 4], 0, 0), ("4", [1, 1, 8], 8 * 2 * 9 + 8, 8 * 18), ("5", [1, 1, 8], 0, 0),
                ("6", [8], 0, 0), ("7", [5], 45, 40),
            ],
            parameters: [
                "0.weight": [4, 3, 3, 3], "0.bias": [4], "1.weight": [4], "1.bias": [4], "1.running_mean": [4],
                "1.running_var": [4], "4.weight": [8, 2, 3, 3], "4.bias": [8], "7.weight": [5, 8], "7.bias": [5],
            ])
    }

    @Test func `a recurrent network has the sizes that one counts by hand`() throws {
        for (layer, gates) in [(LayerDescription.lstm(width: 5), 4), (.gru(width: 5), 3)] {
            let description = NetworkDescription(
                input: .tokens(length: 6, entries: 10, areWeighted: false),
                layers: [.embedding(width: 3), layer, .dense(width: 2)])
            try check(
                description,
                [
                    ("0", [6, 3], 30, 0), ("1", [5], gates * 5 * (3 + 5 + 2), 6 * gates * 5 * 8), ("2", [2], 12, 10),
                ],
                parameters: [
                    "0.weight": [10, 3], "1.weight_ih_l0": [gates * 5, 3], "1.weight_hh_l0": [gates * 5, 5],
                    "1.bias_ih_l0": [gates * 5], "1.bias_hh_l0": [gates * 5], "2.weight": [2, 5], "2.bias": [2],
                ])
        }
    }

    @Test func `blocks beside and around layers have a row for each of these`() throws {
        let description = NetworkDescription(
            input: .features([4]),
            layers: [
                .residual([.dense(width: 6), .activation(.tanh), .dense(width: 4)]),
                .parallel([[.dense(width: 2)], [.dense(width: 3), .layerNormalization]]), .dense(width: 1),
            ])
        try check(
            description,
            [
                ("0.0", [6], 30, 24), ("0.1", [6], 0, 0), ("0.2", [4], 28, 24), ("1.0.0", [2], 10, 8),
                ("1.1.0", [3], 15, 12), ("1.1.1", [3], 6, 3), ("2", [1], 6, 5),
            ],
            parameters: [
                "0.0.weight": [6, 4], "0.0.bias": [6], "0.2.weight": [4, 6], "0.2.bias": [4], "1.0.0.weight": [2, 4],
                "1.0.0.bias": [2], "1.1.0.weight": [3, 4], "1.1.0.bias": [3], "1.1.1.weight": [3], "1.1.1.bias": [3],
                "2.weight": [1, 5], "2.bias": [1],
            ])
    }

    @Test func `texts by attention, by weighted terms and by factors have their sizes`() throws {
        let attention = NetworkDescription(
            input: .tokens(length: 7, entries: 9, areWeighted: false),
            layers: [.embedding(width: 4), .attention(heads: 2), .meanOfSteps, .dense(width: 2)])
        // Four projections of 4 × 4 for each step, and each step's scores and sums over 7 steps.
        try check(
            attention,
            [("0", [7, 4], 36, 0), ("1", [7, 4], 4 * 20, 7 * 4 * (16 + 14)), ("2", [4], 0, 28), ("3", [2], 10, 8)],
            parameters: [
                "0.weight": [9, 4], "1.in_proj_weight": [12, 4], "1.in_proj_bias": [12], "1.out_proj.weight": [4, 4],
                "1.out_proj.bias": [4], "3.weight": [2, 4], "3.bias": [2],
            ])
        try check(
            NetworkDescription(
                input: .tokens(length: 5, entries: 100, areWeighted: true),
                layers: [.embeddingBag(width: 3, averages: false), .bias]),
            [("0", [3], 300, 15), ("1", [3], 3, 0)], parameters: ["0.weight": [100, 3], "1.bias": [3]])
        try check(
            NetworkDescription(
                input: .tokens(length: 2, entries: 30, areWeighted: false), layers: [.factorization(width: 4)]),
            [("0", [1], 30 * 5, 4)], parameters: ["0.factors": [30, 4], "0.biases": [30, 1]])
    }

    /// One of each layer, and of each way that it may be.
    private static let every: [NetworkDescription] = [
        NetworkDescription(
            input: .features([9, 9, 2]),
            layers: [
                .convolution(channels: 4, size: 2, stride: 2, padding: 1, dilation: 2, groups: 2), .batchNormalization,
                .residual([.convolution(channels: 4, size: 3, padding: 1), .activation(.gelu)]),
                .averagePooling(size: 2, stride: 1),
                .parallel([[.globalAveragePooling], [.globalMaximumPooling], [.flatten, .dense(width: 3)]]),
                .dense(width: 2),
            ]),
        NetworkDescription(
            input: .features([6, 3]),
            layers: [
                .sequenceConvolution(channels: 4, size: 3, stride: 1, padding: 2, dilation: 2, groups: 1),
                .layerNormalization, .lstm(width: 3, returnsSequence: true), .gru(width: 4, returnsSequence: true),
                .attention(heads: 2, isCausal: true), .meanOfSteps, .dropout(rate: 0.1), .bias,
            ]),
        NetworkDescription(
            input: .tokens(length: 3, entries: 5, areWeighted: true),
            layers: [.embeddingBag(width: 4, averages: true), .activation(.softmax), .dense(width: 1)]),
        .perceptron(
            input: .features([4, 2]), hidden: [3, 2], activation: .silu, dropout: 0.2, normalizes: true, outputs: 2),
    ]

    @Test(arguments: every) func `a description reads back from JSON, and its network runs`(
        _ description: NetworkDescription
    ) throws {
        let decoded = try JSONDecoder().decode(
            NetworkDescription.self, from: JSONEncoder().encode(description))
        #expect(decoded == description)
        var layout = ParameterLayout()
        let network = try Network(decoded, in: &layout)
        let store = ParameterStore.drawn(layout)
        let function = try TensorFunction(parameters: store, mode: .training) { trace in
            let output = network(&trace)
            trace.output("output", output)
            trace.differentiate(output.mean())
        }
        let program = function.program(batch: 5)
        if case .features(let dimensions) = description.input {
            program.input("features").replace(at: 0, with: normalNumbers(5 * dimensions.reduce(1, *), seed: 3))
        } else {
            program.setIndices("tokens", [0, 1, 2, 3, 4, -1, 2, -1, -1, 1, 1, 1, -1, -1, -1])
            program.input("weights").replace(at: 0, with: [Float](repeating: 0.5, count: 15))
        }
        program.run()
        let outputs = program.rows("output").values(0..<5 * network.output.reduce(1, *))
        let areFinite = outputs.allSatisfy(\.isFinite)
        #expect(areFinite)
    }

    @Test func `parameters can have a prefix`() throws {
        var layout = ParameterLayout()
        _ = try Network(
            NetworkDescription(input: .features([2]), layers: [.dense(width: 1)]), prefix: "actor.", in: &layout)
        #expect(layout.slices.map(\.name) == ["actor.0.weight", "actor.0.bias"])
    }

    @Test func `a layer that does not fit is named, with what it gets`() throws {
        let image = NetworkDescription.Input.features([6, 6, 3])
        let words = NetworkDescription.Input.tokens(length: 4, entries: 10, areWeighted: false)
        let cases: [(NetworkDescription.Input, [LayerDescription], layer: String, part: String)] = [
            (.features([3]), [.dense(width: 0)], "0", "width of 0"),
            (.features([3]), [.dense(width: 4), .convolution(channels: 2, size: 3)], "1", "gets [4]"),
            (.features([3]), [.lstm(width: 2)], "0", "sequences [steps, width], and gets [3]"),
            (.features([3]), [.embedding(width: 2)], "0", "takes tokens, and gets [3]"),
            (.features([3]), [.dropout(rate: 1)], "0", "rate of 1.0"),
            (.features([3]), [.residual([.dense(width: 4)])], "0", "turn [3] into [4]"),
            (.features([3]), [.residual([.dense(width: 3), .dense(width: -1)])], "0.1", "width of -1"),
            (.features([3]), [.parallel([])], "0", "no branches"),
            (image, [.parallel([[.flatten], [.activation(.relu)]])], "0", "do not stand side by side"),
            (image, [.convolution(channels: 4, size: 9)], "0", "9 does not fit into an image of 6 × 6"),
            (image, [.convolution(channels: 4, size: 3, groups: 2)], "0", "3 channels to 4 in 2 groups"),
            (image, [.convolution(channels: 4, size: 3, stride: 0)], "0", "stride 0"),
            (image, [.convolution(channels: 4, size: 3, padding: -1)], "0", "padding -1"),
            (image, [.maximumPooling(size: 7, stride: 1)], "0", "7 does not fit"),
            (image, [.averagePooling(size: 0, stride: 1)], "0", "window of 0"),
            (
                image, [.convolution(channels: 1 << 15, size: 3), .convolution(channels: 1 << 15, size: 3)], "1",
                "parameters"
            ),
            (image, [.convolution(channels: 1, size: 2, padding: 1 << 14)], "0", "output of"),
            (words, [.dense(width: 3)], "0", "put an embedding before it"),
            (words, [.activation(.relu)], "0", "put an embedding before it"),
            (words, [.embedding(width: 3), .embedding(width: 3)], "1", "takes tokens, and gets [4, 3]"),
            (words, [.embedding(width: 6), .attention(heads: 4)], "1", "6 in 4 heads"),
            (words, [.factorization(width: 3)], "0", "gets 4"),
            (words, [.embedding(width: 3), .sequenceConvolution(channels: 2, size: 5)], "1", "5 does not fit into 4"),
            (words, [.embedding(width: 3), .meanOfSteps, .meanOfSteps], "2", "gets [3]"),
            (.tokens(length: 4, entries: 0, areWeighted: false), [.embedding(width: 3)], "input", "0"),
            (.features([]), [], "input", "[]"), (.features([1 << 20, 1 << 20]), [], "input", "1048576"),
            (.features([3, -1]), [], "input", "-1"),
        ]
        for (input, layers, layer, part) in cases {
            let error = #expect(throws: NetworkError.self, "\(layers)") {
                var layout = ParameterLayout()
                _ = try Network(NetworkDescription(input: input, layers: layers), in: &layout)
            }
            #expect(error?.layer == layer, "\(layers)")
            #expect(error?.problem.contains(part) == true, "\(error?.problem ?? ""), not \(part)")
        }
    }

    @Test func `weights before an activation that is zero below zero are drawn for it`() throws {
        // A bag of terms whose first layer were zero would never learn behind a rectifier.
        var layout = ParameterLayout()
        _ = try Network(
            NetworkDescription(
                input: .tokens(length: 5, entries: 100, areWeighted: true),
                layers: [.embeddingBag(width: 3, averages: false), .bias, .activation(.relu), .dense(width: 2)]),
            in: &layout)
        let store = ParameterStore.drawn(layout)
        let weights = store[layout.slices[0]]
        #expect(weights.contains { $0 > 0 } && weights.contains { $0 < 0 })
    }
}
