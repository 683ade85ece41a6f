import Autodiff
import CKernels
import Testing

/// Every operation alone, and the compositions that networks and policies use: the planned program agrees with the
/// reference executor on every CPU level, and the reference's gradient with finite differences.
@Suite struct OperationTests {
    static let unary: [(String, ClosedRange<Double>, @Sendable (Tensor) -> Tensor)] = [
        ("exp", -3...3, { exp($0) }),
        ("log", 0.1...4, { log($0) }),
        ("tanh", -4...4, { tanh($0) }),
        ("sigmoid", -4...4, { sigmoid($0) }),
        ("relu", -2...2, { relu($0) }),
        ("sqrt", 0.1...4, { sqrt($0) }),
        ("abs", -2...2, { abs($0) }),
        ("leaky relu", -2...2, { leakyReLU($0) }),
        ("elu", -4...2, { elu($0) }),
        ("gelu", -5...5, { gelu($0) }),
        ("gelu (tanh)", -5...5, { geluTanh($0) }),
        ("silu", -6...6, { silu($0) }),
        ("softplus", -6...6, { softplus($0) }),
        ("softmax", -2...2, { softmax($0) }),
        (
            "softmax along the last of two axes", -2...2,
            {
                let columns = $0.shape.dimensions[0]
                let halves = columns % 2 == 0 ? [2, columns / 2] : [1, columns]
                return softmax(($0 * softmax($0)).reshaped(to: halves)).reshaped(to: [columns])
            }
        ),
        ("times constants", -2...2, { $0 * $0.constant((0..<$0.shape.dimensions[0]).map { 0.5 - Float($0) / 9 }) }),
        ("square", -2...2, { $0.squared() }),
        ("affine", -2...2, { 3 * $0 - 0.5 }),
        ("negation of a difference", -2...2, { -(1 - $0) }),
        ("clamp", -2...2, { $0.clamped(to: -0.7...0.9) }),
        ("log softmax", -2...2, { logSoftmax($0) }),
        ("sum of columns", -2...2, { $0.sumOfColumns() }),
        ("reshape", -2...2, { ($0.reshaped(to: [$0.shape.dimensions[0], 1]) * 2).reshaped(to: $0.shape.dimensions) }),
        ("a part held constant", -2...2, { $0 * exp($0).detached() }),
    ]
    static let binary: [(String, ClosedRange<Double>, @Sendable (Tensor, Tensor) -> Tensor)] = [
        ("+", -2...2, { $0 + $1 }),
        ("−", -2...2, { $0 - $1 }),
        ("·", -2...2, { $0 * $1 }),
        ("/", 0.3...2, { $0 / $1 }),
        ("minimum", -2...2, { minimum($0, $1) }),
        ("maximum", -2...2, { maximum($0, $1) }),
        ("tanh of a sum", -2...2, { tanh($0 + $1) }),
        ("sigmoid of a sum", -2...2, { sigmoid($0 + $1) }),
        ("relu of a sum", -2...2, { relu($0 + $1) }),
    ]

    static let formulas: [Formula] = functions + pairs + compositions + LayerFormulas.all

    private static let functions: [Formula] =
        unary.flatMap { name, range, body -> [Formula] in
            [3, 16, 37].map { columns in
                Formula(
                    name: "\(name) of [batch, \(columns)]", parameters: [("w", [columns])],
                    inputs: [("x", columns)], range: range
                ) { trace, p in
                    // The parameter's gradient is that of x, through a product with ones where the range allows.
                    body(trace.input("x", columns) * 0.5 + p[0] * 0.5)
                }
            }
        }

    private static let pairs: [Formula] =
        binary.flatMap { name, range, body -> [Formula] in
            [2, 16, 37].flatMap { columns -> [Formula] in
                [
                    Formula(
                        name: "[batch, \(columns)] \(name) row", parameters: [("w", [columns])],
                        inputs: [("x", columns)], range: range
                    ) { trace, p in body(trace.input("x", columns), p[0]) },
                    Formula(
                        name: "row \(name) [batch, \(columns)]", parameters: [("w", [columns])],
                        inputs: [("x", columns)], range: range
                    ) { trace, p in body(p[0], trace.input("x", columns)) },
                    Formula(
                        name: "[batch, \(columns)] \(name) column", parameters: [("w", [columns])],
                        inputs: [("x", columns), ("y", 1)], range: range
                    ) { trace, p in
                        body(trace.input("x", columns) * 0.5 + 0.5 * p[0], exp(0.2 * trace.input("y", 1)))
                    },
                    Formula(
                        name: "[batch, \(columns)] \(name) scalar", parameters: [("w", []), ("v", [columns])],
                        inputs: [("x", columns)], range: range
                    ) { trace, p in body(trace.input("x", columns) + 0.1 * p[1].squared(), exp(p[0])) },
                ]
            }
        }

    /// A gradient that is differentiated once more by the loss.
    static let secondDerivatives: [Formula] =
        unary.filter { ["leaky relu", "elu", "gelu", "gelu (tanh)", "silu", "softplus", "softmax"].contains($0.0) }
        .map { name, range, body in
            Formula(
                name: "gradient of \(name)", parameters: [("w", [5])], inputs: [("x", 5)], range: range
            ) { trace, p in
                let x = trace.input("x", 5)
                let inner = body(x * 0.5 + p[0] * 0.5).squared().mean()
                return x * (inner.gradients(withRespectTo: [p[0]])[0] ?? p[0])
            }
        }

    private static let compositions: [Formula] = [
        Formula(
            name: "dense layers", parameters: [("w", [7, 5]), ("b", [7]), ("v", [3, 7]), ("c", [3])],
            inputs: [("x", 5)]
        ) { trace, p in
            let hidden = tanh(matrixProduct(trace.input("x", 5), p[0], transposingSecond: true) + p[1])
            return matrixProduct(hidden, p[2], transposingSecond: true) + p[3]
        },
        Formula(
            name: "products of weights", parameters: [("w", [5, 4]), ("v", [5, 4])], inputs: [("x", 5)]
        ) { trace, p in
            let weights = matrixProduct(p[0], p[1], transposingSecond: true)
            return matrixProduct(trace.input("x", 5), matrixProduct(weights, p[0]))
        },
        Formula(
            name: "cross entropy", parameters: [("w", [6, 4])], inputs: [("x", 4)], indices: [("labels", 6)]
        ) { trace, p in
            crossEntropy(
                matrixProduct(trace.input("x", 4), p[0], transposingSecond: true), trace.indices("labels"))
        },
        Formula(
            name: "selected log softmax", parameters: [("w", [6, 4])], inputs: [("x", 4)],
            indices: [("labels", 6)]
        ) { trace, p in
            logSoftmax(matrixProduct(trace.input("x", 4), p[0], transposingSecond: true))
                .selecting(trace.indices("labels"))
        },
        Formula(
            name: "entropy of a categorical distribution", parameters: [("w", [3, 4])], inputs: [("x", 4)]
        ) { trace, p in
            let logits = logSoftmax(matrixProduct(trace.input("x", 4), p[0], transposingSecond: true))
            return -(exp(logits) * logits).sumOfColumns()
        },
        Formula(
            name: "log density of a normal distribution", parameters: [("w", [2, 3]), ("logStandardDeviation", [2])],
            inputs: [("x", 3), ("a", 2)]
        ) { trace, p in
            let mean = matrixProduct(trace.input("x", 3), p[0], transposingSecond: true)
            let standardized = (trace.input("a", 2) - mean) / exp(p[1])
            return (-0.5 * standardized.squared() - p[1] - 0.918_938_5).sumOfColumns().reshaped(to: [])
        },
        Formula(
            name: "standardized over the batch", parameters: [("w", [4])], inputs: [("x", 4)], range: 0.2...2
        ) { trace, p in
            let x = trace.input("x", 4) * p[0]
            let count = (0 * x + 1).sumOverBatch()
            let centred = x - x.sumOverBatch() / count
            return centred / sqrt(centred.squared().sumOverBatch() / count + 0.1)
        },
        Formula(
            name: "a penalty that does not depend on the batch", parameters: [("w", [4]), ("v", [2, 3])],
            inputs: [("x", 4)]
        ) { trace, p in trace.input("x", 4) * p[0] + 0.01 * p[1].squared().sum() },
    ]

    @Test(arguments: formulas + secondDerivatives) func `a program agrees with the reference executor on every level`(
        _ formula: Formula
    )
        throws
    {
        for batch in [1, 7, 130, 333] {
            let data = formula.draw(batch: batch, seed: UInt64(batch))
            for level in Formula.levels {
                let function = try formula.function(data.store, level: level)
                let program = function.program(batch: batch)
                Formula.fill(program, with: data.inputs, indices: formula.indexLabels)
                program.run()
                let expected = function.reference(batch: batch, inputs: data.inputs)

                let value = try #require(expected.outputs["value"])
                for (row, want) in value.enumerated() {
                    expectClose(program.rows("value")[row], want, scale: 1, "value[\(row)], level \(level)")
                }
                let loss = try #require(expected.outputs["loss"])[0]
                expectClose(program.scalar("loss"), loss, scale: 1, "loss, level \(level)")
                for slice in data.store.layout.slices {
                    let wanted = expected.gradients[slice.name] ?? Array(repeating: 0, count: slice.count)
                    let scale = wanted.map(abs).max() ?? 0
                    for (index, want) in wanted.enumerated() {
                        let got = function.gradients[slice.offset + index]
                        expectClose(got, want, scale: scale, "\(slice.name)[\(index)], batch \(batch), level \(level)")
                    }
                }
            }
        }
    }

    /// Float arithmetic over at most a few hundred terms: 2⁻²⁴ times some tens, relative to the larger of the value and
    /// `scale`.
    private func expectClose(_ got: Float, _ want: Double, scale: Double, _ what: String) {
        let error = abs(Double(got) - want)
        #expect(error <= 2e-5 * max(abs(want), scale, 0.05), "\(what): \(got), reference \(want)")
    }

    @Test(arguments: formulas + secondDerivatives) func `the reference's gradient is that of finite differences`(
        _ formula: Formula
    ) throws {
        let batch = 5
        let data = formula.draw(batch: batch, seed: 11)
        let function = try formula.function(data.store, level: -1)
        let values = data.store.values.values(0..<data.store.values.count).map(Double.init)
        let gradients = function.reference(batch: batch, inputs: data.inputs).gradients
        guard !formula.name.contains("held constant") else { return }
        for slice in data.store.layout.slices {
            let gradient = gradients[slice.name] ?? Array(repeating: 0, count: slice.count)
            for index in 0..<slice.count {
                func loss(_ step: Double) throws -> Double {
                    var moved = values
                    moved[slice.offset + index] += step
                    let outputs = function.reference(batch: batch, inputs: data.inputs, parameters: moved).outputs
                    return try #require(outputs["loss"])[0]
                }
                let step = 1e-6
                let difference = try (loss(step) - loss(-step)) / (2 * step)
                // Central differences of a double: about (2⁻⁵³ / step) + step² relative; kinks of relu and clamp are
                // not within 1e-6 of the drawn points.
                #expect(
                    abs(gradient[index] - difference) <= 1e-7 * max(1, abs(difference)),
                    "\(slice.name)[\(index)]: \(gradient[index]), difference \(difference)")
            }
        }
    }
}
