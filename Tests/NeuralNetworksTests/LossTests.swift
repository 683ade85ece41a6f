import Autodiff
import Foundation
import NeuralNetworks
import Randomness
import Testing

/// Every loss that PyTorch has, with its gradient, and hand-worked cases for the others; all of their gradients against
/// finite differences.
@Suite struct LossTests {
    /// Values computed by PyTorch, read from `Fixtures/losses.json`.
    struct Golden: Decodable {
        struct Loss: Decodable {
            var value: Double
            /// With respect to the input and, where there is one, the second input.
            var gradients: [[[Double]]]
        }
        var input, target, binaryTargets, second: [[Double]]
        var labels: [Int32]
        var losses: [String: Loss]

        static func load() throws -> Golden {
            try JSONDecoder().decode(Golden.self, from: Data(PackageResources.losses_json))
        }
    }

    /// A loss over the golden's inputs `[batch, 4]`, of which the first and the second are differentiated.
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var loss: @Sendable (_ input: Tensor, _ second: Tensor, inout Trace) -> Tensor
        var testDescription: String { name }
    }

    static let cases: [Case] = [
        Case(name: "meanSquaredError") { x, _, trace in meanSquaredError(x, trace.input("target", 4)) },
        Case(name: "meanAbsoluteError") { x, _, trace in meanAbsoluteError(x, trace.input("target", 4)) },
        Case(name: "huber1") { x, _, trace in huberLoss(x, trace.input("target", 4)) },
        Case(name: "huberHalf") { x, _, trace in huberLoss(x, trace.input("target", 4), threshold: 0.5) },
        Case(name: "smoothL1Half") { x, _, trace in
            smoothAbsoluteError(x, trace.input("target", 4), threshold: 0.5)
        },
        Case(name: "crossEntropy") { x, _, trace in softmaxCrossEntropy(x, trace.indices("labels")) },
        Case(name: "crossEntropySmoothed") { x, _, trace in
            softmaxCrossEntropy(x, trace.indices("labels"), labelSmoothing: 0.1)
        },
        Case(name: "crossEntropyWeighted") { x, _, trace in
            softmaxCrossEntropy(x, trace.indices("labels"), classWeights: [1, 2, 0.5, 1.5])
        },
        Case(name: "binaryCrossEntropy") { x, _, trace in
            binaryCrossEntropy(logits: x, trace.input("binaryTargets", 4))
        },
        Case(name: "binaryCrossEntropyWeighted") { x, _, trace in
            binaryCrossEntropy(logits: x, trace.input("binaryTargets", 4), positiveWeights: [1, 2, 3, 4])
        },
        Case(name: "kullbackLeibler") { x, _, trace in
            kullbackLeiblerDivergence(logProbabilities: logSoftmax(x), softmax(trace.input("target", 4)))
        },
        Case(name: "gaussian") { x, second, trace in
            gaussianNegativeLogLikelihood(mean: x, logVariance: second, trace.input("target", 4))
        },
        Case(name: "standardNormal") { x, second, trace in
            standardNormalDivergence(mean: x, logVariance: second).sum()
        },
    ]

    /// Those without golden values.
    static let others: [Case] = [
        Case(name: "hinge") { x, second, _ in hingeLoss(x, second) },
        Case(name: "multiclassHinge") { x, _, trace in multiclassHingeLoss(x, trace.indices("labels"), margin: 0.7) },
        Case(name: "cosineSimilarity") { x, second, _ in cosineSimilarity(x, second).squared().mean() },
        Case(name: "cosineEmbedding") { x, second, trace in
            let targets = 2 * trace.indices("labels").oneHot(columns: 4).sumOfColumns() - 1
            return cosineEmbeddingLoss(x, second, targets.reshaped(to: []), margin: 0.1)
                + cosineEmbeddingLoss(x, 2 * second - x, -targets.reshaped(to: []), margin: -0.2)
        },
        Case(name: "crossEntropyOfDistributions") { x, second, _ in
            softmaxCrossEntropy(
                x, probabilities: softmax(second), labelSmoothing: 0.2, classWeights: [1, 2, 0.5, 1.5])
        },
        Case(name: "crossEntropyWeightedSmoothed") { x, _, trace in
            softmaxCrossEntropy(x, trace.indices("labels"), labelSmoothing: 0.2, classWeights: [1, 2, 0.5, 1.5])
        },
        Case(name: "distillation") { x, second, _ in
            kullbackLeiblerDivergence(logProbabilities: logSoftmax(x), softmax(second))
        },
    ]

    @Test(arguments: cases + others) func `a loss's gradient is that of finite differences`(_ test: Case) throws {
        let golden = try Golden.load()
        let function = try makeFunction(golden, test.loss)
        let rows = golden.input.count
        let inputs = [
            "identity": identity(rows).map { Double($0) }, "target": Array(golden.target.joined()),
            "binaryTargets": Array(golden.binaryTargets.joined()), "labels": golden.labels.map { Double($0) },
        ]
        let layout = function.parameters.layout
        let values = function.parameters.values.values(0..<layout.count).map { Double($0) }
        let gradients = function.reference(batch: rows, inputs: inputs).gradients
        for slice in layout.slices {
            let gradient = gradients[slice.name] ?? Array(repeating: 0, count: slice.count)
            for index in 0..<slice.count {
                func loss(_ step: Double) throws -> Double {
                    var moved = values
                    moved[slice.offset + index] += step
                    let outputs = function.reference(batch: rows, inputs: inputs, parameters: moved).outputs
                    return try #require(outputs["loss"])[0]
                }
                // Good to about (2⁻⁵³ / step) + step²; the kinks do not lie so close to the golden's values.
                let difference = try (loss(1e-6) - loss(-1e-6)) / 2e-6
                #expect(
                    abs(gradient[index] - difference) <= 2e-8 * max(1, abs(difference)),
                    "\(slice.name)[\(index)]: \(gradient[index]), difference \(difference)")
            }
        }
    }

    @Test(arguments: cases) func `a loss and its gradient equal PyTorch's`(_ test: Case) throws {
        let golden = try Golden.load()
        let expected = try #require(golden.losses[test.name])
        let (value, gradients) = try evaluate(golden, test.loss)
        #expect(largestError([value], [expected.value]) < singlePrecision)
        for (got, want) in zip(gradients, expected.gradients) {
            #expect(largestError(got, Array(want.joined())) < singlePrecision)
        }
    }

    /// The loss over two parameters that hold the golden's inputs; rows of the identity pick their rows.
    private func makeFunction(
        _ golden: Golden, _ loss: (Tensor, Tensor, inout Trace) -> Tensor
    ) throws -> TensorFunction {
        let rows = golden.input.count
        var layout = ParameterLayout()
        let slices = ["input", "second"].map { layout.declare($0, shape: [rows, 4], initializer: Constant(0)) }
        var random = RandomStream(seed: 1, purpose: "weights")
        let store = ParameterStore(layout, using: &random)
        store[slices[0]] = golden.input.joined().map { Float($0) }
        store[slices[1]] = golden.second.joined().map { Float($0) }
        return try TensorFunction(parameters: store) { trace in
            let identity = trace.input("identity", rows)
            let inputs = slices.map { matrixProduct(identity, trace.parameter($0)) }
            let value = loss(inputs[0], inputs[1], &trace)
            trace.output("loss", value)
            trace.differentiate(value)
        }
    }

    /// The loss over the golden's inputs, and its gradients with respect to the first two.
    private func evaluate(
        _ golden: Golden, _ loss: (Tensor, Tensor, inout Trace) -> Tensor
    ) throws -> (value: Float, gradients: [[Float]]) {
        let rows = golden.input.count
        let function = try makeFunction(golden, loss)
        let program = function.program(batch: rows)
        program.input("identity").replace(at: 0, with: identity(rows))
        for (label, values) in [("target", golden.target), ("binaryTargets", golden.binaryTargets)]
        where program.hasInput(label) {
            program.input(label).replace(at: 0, with: values.joined().map { Float($0) })
        }
        if program.hasInput("labels") { program.setIndices("labels", golden.labels) }
        program.run()
        let slices = function.parameters.layout.slices
        return (program.scalar("loss"), slices.map { function.gradients.values($0.range) })
    }

    @Test func `cross entropy with one-hot distributions is that with labels, smoothed or not`() throws {
        let golden = try Golden.load()
        for smoothing: Float in [0, 0.3] {
            let labels = try evaluate(golden) { x, _, trace in
                softmaxCrossEntropy(x, trace.indices("labels"), labelSmoothing: smoothing)
            }
            let distributions = try evaluate(golden) { x, _, trace in
                softmaxCrossEntropy(
                    x, probabilities: trace.indices("labels").oneHot(columns: 4), labelSmoothing: smoothing)
            }
            #expect(abs(labels.value - distributions.value) < 1e-6)
            #expect(zip(labels.gradients[0], distributions.gradients[0]).allSatisfy { abs($0 - $1) < 1e-6 })
        }
    }

    @Test func `weights and smoothing go together as in PyTorch`() throws {
        // (Σ w_y (1 − ε) CE + ε/4 Σ Σ w (−ln p)) / Σ w_y, in double precision.
        let golden = try Golden.load()
        let weights = [1, 2, 0.5, 1.5]
        var (sum, weightSum) = (0.0, 0.0)
        for (row, label) in zip(golden.input, golden.labels) {
            let normalizer = log(row.reduce(0) { $0 + exp($1) })
            sum += 0.8 * weights[Int(label)] * (normalizer - row[Int(label)])
            sum += 0.2 / 4 * zip(row, weights).reduce(0) { $0 + $1.1 * (normalizer - $1.0) }
            weightSum += weights[Int(label)]
        }
        let (value, _) = try evaluate(golden) { x, _, trace in
            softmaxCrossEntropy(
                x, trace.indices("labels"), labelSmoothing: 0.2, classWeights: weights.map { Float($0) })
        }
        #expect(largestError([value], [sum / weightSum]) < singlePrecision)
    }

    @Test func `a weight for all columns is that weight for each`() throws {
        let golden = try Golden.load()
        let (one, each) = try (
            evaluate(golden) { x, _, trace in
                binaryCrossEntropy(logits: x, trace.input("binaryTargets", 4), positiveWeights: [3])
            },
            evaluate(golden) { x, _, trace in
                binaryCrossEntropy(logits: x, trace.input("binaryTargets", 4), positiveWeights: [3, 3, 3, 3])
            }
        )
        #expect(abs(one.value - each.value) < 1e-6)
    }

    /// The value and gradient of a loss of one row.
    private func worked(
        _ input: [Double], target: [Double] = [], label: Int32 = 0, _ loss: (Tensor, inout Trace) -> Tensor
    ) throws -> (value: Float, gradient: [Float]) {
        let columns = input.count
        var layout = ParameterLayout()
        let slice = layout.declare("input", shape: [1, columns], initializer: Constant(0))
        var random = RandomStream(seed: 1, purpose: "weights")
        let store = ParameterStore(layout, using: &random)
        store[slice] = input.map { Float($0) }
        let function = try TensorFunction(parameters: store) { trace in
            let value = loss(matrixProduct(trace.input("one", 1), trace.parameter(slice)), &trace)
            trace.output("loss", value)
            trace.differentiate(value)
        }
        let program = function.program(batch: 1)
        program.input("one").fill(1)
        if program.hasInput("target") { program.input("target").replace(at: 0, with: target.map { Float($0) }) }
        if program.hasInput("labels") { program.setIndices("labels", [label]) }
        program.run()
        return (program.scalar("loss"), function.gradients.values(slice.range))
    }

    @Test func `the hinge grows below its margin only`() throws {
        // max(0, 1 − t s): 1.5, 0, 0.75, with the mean's gradient −t / 3 where it is not 0.
        let (value, gradient) = try worked([-0.5, 2, -0.25], target: [1, 1, -1]) { scores, trace in
            hingeLoss(scores, trace.input("target", 3))
        }
        #expect(abs(value - 2.25 / 3) < 1e-6)
        #expect(largestError(gradient, [-1.0 / 3, 0, 1.0 / 3]) < singlePrecision)
    }

    @Test func `the hinge of several classes compares each with the label's`() throws {
        // 1 − 0.5 + (0.25, −2, 1) = 0.75, −1.5, 1.5 beside the label's own: (0.75 + 0 + 1.5) / 4.
        let (value, gradient) = try worked([0.25, 0.5, -2, 1], label: 1) { scores, trace in
            multiclassHingeLoss(scores, trace.indices("labels"))
        }
        #expect(abs(value - 2.25 / 4) < 1e-6)
        #expect(largestError(gradient, [0.25, -0.5, 0, 0.25]) < singlePrecision)
    }

    @Test func `the cosine of rows, and a row of zeros`() throws {
        // a = (3, 4), b = (4, 3): cos = 24 / 25; ∂cos/∂a = b / 25 − cos a / 25.
        let (value, gradient) = try worked([3, 4], target: [4, 3]) { a, trace in
            cosineSimilarity(a, trace.input("target", 2)).mean()
        }
        #expect(abs(value - 0.96) < 1e-6)
        #expect(largestError(gradient, [(4 - 0.96 * 3) / 25, (3 - 0.96 * 4) / 25]) < singlePrecision)
        let zero = try worked([0, 0], target: [4, 3]) { a, trace in
            cosineSimilarity(a, trace.input("target", 2)).mean()
        }
        #expect(zero.value == 0 && zero.gradient.allSatisfy { $0.isFinite })
    }

    @Test func `pairs are pulled together and others pushed apart up to the margin`() throws {
        for (target, margin, want) in [(1, 0, 0.04), (-1, 0, 0.96), (-1, 0.5, 0.46), (-1, 0.97, 0)] {
            let (value, _) = try worked([3, 4], target: [4, 3]) { a, trace in
                cosineEmbeddingLoss(
                    a, trace.input("target", 2), trace.constant(Float(target)).broadcast(to: .batch()),
                    margin: Float(margin))
            }
            #expect(abs(Double(value) - want) < 1e-6, "target \(target), margin \(margin)")
        }
    }

    @Test func `a divergence from a distribution with a zero is finite`() throws {
        // t = (1, 0): ln 1 − ln p₀ with p = softmax(0, 0).
        let (value, gradient) = try worked([0, 0], target: [1, 0]) { x, trace in
            kullbackLeiblerDivergence(logProbabilities: logSoftmax(x), trace.input("target", 2))
        }
        #expect(abs(Double(value) - log(2)) < 1e-6)
        #expect(largestError(gradient, [-0.5, 0.5]) < singlePrecision)
    }

    @Test func `the binary cross entropy of very large logits neither overflows nor loses its small values`() throws {
        let (value, gradient) = try worked([500, -500, 20], target: [0, 1, 1]) { x, trace in
            binaryCrossEntropy(logits: x, trace.input("target", 3))
        }
        #expect(abs(value - 1000.0 / 3) < 1e-4)
        #expect(largestError(gradient, [1.0 / 3, -1.0 / 3, -2.06e-9 / 3]) < singlePrecision)
        let sure = try worked([20], target: [1]) { x, trace in binaryCrossEntropy(logits: x, trace.input("target", 1)) }
        #expect(abs(Double(sure.value) / 2.061153620314381e-9 - 1) < 1e-5)
    }
}
