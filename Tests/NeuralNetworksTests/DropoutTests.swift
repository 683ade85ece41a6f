import Autodiff
import LinearAlgebra
import NeuralNetworks
import Testing

@Suite struct DropoutTests {
    /// Dropout of ones `[rows, columns]`.
    private func dropped(
        _ rate: Float, rows: Int, columns: Int, step: Int = 1, seed: UInt64 = 5, threads: Int = 2,
        mode: Trace.Mode = .training
    ) throws -> [Float] {
        let function = try TensorFunction(
            parameters: .zero(ParameterLayout()), mode: mode, pool: WorkerPool(threads: threads)
        ) { trace in
            trace.output("y", (trace.input("x", columns) + 0).droppingOut(rate))
        }
        let program = function.program(batch: rows)
        program.input("x").fill(1)
        program.setRandomKey(seed: seed, step: step)
        program.run()
        return program.rows("y").values(0..<rows * columns)
    }

    @Test(arguments: [0.1, 0.5, 0.8] as [Float])
    func `dropout keeps the expected share, scaled to keep the mean`(_ rate: Float) throws {
        let values = try dropped(rate, rows: 1000, columns: 100)
        let kept = values.count { $0 != 0 }
        #expect(values.allSatisfy { $0 == 0 || abs($0 - 1 / (1 - rate)) < 1e-6 })
        // Five binomial deviations: exceeded once in two million.
        let deviation = (100_000 * Double(rate) * Double(1 - rate)).squareRoot()
        #expect(abs(Double(kept) - 100_000 * Double(1 - rate)) < 5 * deviation)
    }

    @Test func `what is dropped depends neither on the threads nor on the size of the batch`() throws {
        let one = try dropped(0.5, rows: 300, columns: 70, threads: 1)
        let four = try dropped(0.5, rows: 300, columns: 70, threads: 4)
        let isSame = one == four
        #expect(isSame)
        // Another batch size cuts the rows into other shards; row by row the mask stays.
        let longer = try dropped(0.5, rows: 1000, columns: 70)
        let isBeginning = Array(longer[..<(300 * 70)]) == one
        #expect(isBeginning)
    }

    @Test func `another step, or another seed, drops other elements`() throws {
        let first = try dropped(0.5, rows: 100, columns: 64)
        for other in [
            try dropped(0.5, rows: 100, columns: 64, step: 2), try dropped(0.5, rows: 100, columns: 64, seed: 6),
        ] {
            // Two independent masks agree in half of 6,400 places, with a deviation of 40.
            let same = zip(first, other).count { $0 == $1 }
            #expect(abs(same - 3200) < 200)
        }
        let again = try dropped(0.5, rows: 100, columns: 64)
        let isSame = again == first
        #expect(isSame)
    }

    @Test func `rows and masks of one trace are independent`() throws {
        let function = try TensorFunction(parameters: .zero(ParameterLayout()), mode: .training) { trace in
            let x = trace.input("x", 64) + 0
            trace.output("first", x.droppingOut(0.5))
            trace.output("second", x.droppingOut(0.5))
        }
        let program = function.program(batch: 100)
        program.input("x").fill(1)
        program.setRandomKey(seed: 1, step: 1)
        program.run()
        let (first, second) = (program.rows("first").values(0..<6400), program.rows("second").values(0..<6400))
        #expect(abs(zip(first, second).count { $0 == $1 } - 3200) < 200)
        let shifted = zip(first, first.dropFirst(64)).count { $0 == $1 }
        #expect(abs(shifted - 3168) < 200)
    }

    @Test func `to predict, nothing is dropped`() throws {
        let values = try dropped(0.5, rows: 10, columns: 10, mode: .inference)
        #expect(values.allSatisfy { $0 == 1 })
    }

    @Test func `the gradient passes where the value passed`() throws {
        var layout = ParameterLayout()
        let scale = layout.declare("scale", shape: [200], initializer: Constant(1))
        let function = try TensorFunction(parameters: .drawn(layout), mode: .training) { trace in
            let y = (trace.input("x", 200) * trace.parameter(scale)).droppingOut(0.25)
            trace.output("y", y)
            trace.differentiate(y.sum())
        }
        let program = function.program(batch: 1)
        program.input("x").fill(1)
        program.setRandomKey(seed: 9, step: 4)
        program.run()
        // y is linear in the scales, which are 1: its gradient by them is y itself.
        #expect(function.gradients.values(scale.range) == program.rows("y").values(0..<200))
    }
}
