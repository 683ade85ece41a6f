package import Autodiff
package import LinearAlgebra

/// A network run over many rows, in batches of one size and a smaller last one.
package final class BatchedInference: @unchecked Sendable {
    private static let largestBatch = 1024
    private let function: TensorFunction

    /// - Parameter body: names the results over the inputs `features` and, if it uses targets, `labels` or `targets`.
    /// - Throws: `ShapeError` where the operations do not fit.
    package init(
        parameters: ParameterStore, pool: WorkerPool, _ body: (inout Trace) throws -> Void
    ) throws {
        function = try TensorFunction(parameters: parameters, pool: pool, body)
    }

    /// Plans for `count` rows, so that running over them allocates nothing.
    package func prepare(count: Int) {
        if count >= Self.largestBatch { _ = function.program(batch: Self.largestBatch) }
        if count % Self.largestBatch > 0 { _ = function.program(batch: count % Self.largestBatch) }
    }

    /// Runs over the rows `order` and calls `use` after each batch with its program and its range of `order`.
    package func run(
        _ features: EncodedFeatures, _ targets: Targets? = nil, rows order: [Int32],
        _ use: (Program, Range<Int>) -> Void
    ) {
        for start in stride(from: 0, to: order.count, by: Self.largestBatch) {
            let end = min(start + Self.largestBatch, order.count)
            let program = function.program(batch: end - start)
            program.gather(features, targets, rows: order, from: start)
            program.run()
            use(program, start..<end)
        }
    }

    /// The mean of the result `loss`, itself a mean, over all rows.
    package func meanLoss(over features: EncodedFeatures, _ targets: Targets? = nil) -> Double {
        var sum = 0.0
        run(features, targets, rows: Array(0..<Int32(features.rowCount))) { program, range in
            sum += Double(program.scalar("loss")) * Double(range.count)
        }
        return sum / Double(features.rowCount)
    }

    /// The result `name` for every row: `[n, columns]`.
    package func results(_ name: String, columns: Int, of features: EncodedFeatures) -> Matrix<Float> {
        var results = Matrix<Float>(rows: features.rowCount, columns: columns, repeating: 0)
        results.withMutableSpan { results in
            run(features, rows: Array(0..<Int32(features.rowCount))) { program, range in
                program.rows(name).read(0..<range.count * columns) { values in
                    for index in values.indices { results[range.lowerBound * columns + index] = values[index] }
                }
            }
        }
        return results
    }
}

extension Program {
    /// How many rows of the result `prediction`, `[batch, classes]`, are largest at the row's label.
    func correctCount(_ labels: [Int32], classes: Int, rows order: [Int32], from start: Int) -> Int {
        rows("prediction").read(0..<batch * classes) { scores in
            var correct = 0
            for row in 0..<batch {
                correct +=
                    scores.largest(in: row * classes..<(row + 1) * classes) == Int(labels[Int(order[start + row])])
                    ? 1 : 0
            }
            return correct
        }
    }
}

extension Span<Float> {
    /// The place of the largest element in `range`, counted from its start; the first of equals.
    func largest(in range: Range<Int>) -> Int {
        var best = range.lowerBound
        for index in range where self[index] > self[best] { best = index }
        return best - range.lowerBound
    }
}
