import Autodiff
import LinearAlgebra
import Randomness
import Testing

@Suite struct ProgramTests {
    /// A network with sums over the batch at several places; 1,000 rows make 15 shards.
    private func function(pool: WorkerPool, batch: Int) throws -> (TensorFunction, Program) {
        var layout = ParameterLayout()
        let w = layout.declare("w", shape: [9, 6], initializer: Uniform(range: -1...1))
        let b = layout.declare("b", shape: [9], initializer: Uniform(range: -1...1))
        let v = layout.declare("v", shape: [4, 9], initializer: Uniform(range: -1...1))
        var random = RandomStream(seed: 6, purpose: "weights")
        let function = try TensorFunction(parameters: ParameterStore(layout, using: &random), pool: pool) { trace in
            let hidden = matrixProduct(trace.input("x", 6), trace.parameter(w), transposingSecond: true)
            let centred = hidden - hidden.sumOverBatch() * 0.001 + trace.parameter(b)
            let output = matrixProduct(tanh(centred), trace.parameter(v), transposingSecond: true)
            let loss = crossEntropy(output, trace.indices("labels")).mean()
            trace.output("output", output)
            trace.output("loss", loss + 0.01 * trace.parameter(w).squared().sum())
            trace.differentiate(loss + 0.01 * trace.parameter(w).squared().sum())
        }
        let program = function.program(batch: batch)
        program.input("x").replace(at: 0, with: (0..<batch * 6).map { _ in Float(random.normal()) })
        program.setIndices("labels", (0..<batch).map { _ in Int32(random.index(below: 4)) })
        return (function, program)
    }

    @Test(arguments: [1, 100, 1000, 5000]) func `any number of threads gives the same bytes`(_ batch: Int) throws {
        func run(threads: Int) throws -> [[Float]] {
            let (function, program) = try function(pool: WorkerPool(threads: threads), batch: batch)
            program.run()
            program.run()
            return [
                function.gradients.values(0..<function.gradients.count), program.rows("output").values(0..<batch * 4),
                [program.scalar("loss")],
            ]
        }
        let expected = try run(threads: 1)
        #expect(try run(threads: 2) == expected)
        #expect(try run(threads: 5) == expected)
    }

    @Test func `shards give what the whole batch gives`() throws {
        let batch = 1000
        let (function, program) = try function(pool: .shared, batch: batch)
        program.run()
        let x = program.input("x").values(0..<batch * 6).map { Double($0) }
        let labels = (0..<batch).map { Double(program.input("labels").values($0..<$0 + 1)[0].bitPattern) }
        let expected = function.reference(batch: batch, inputs: ["x": x, "labels": labels])
        for slice in function.parameters.layout.slices {
            let wanted = try #require(expected.gradients[slice.name])
            let scale = wanted.map { abs($0) }.max() ?? 0
            // A sum of 1,000 floats in shards of 67: some ten roundings of 6e-8 on terms about as large as the sum.
            for (got, want) in zip(function.gradients.values(slice.range), wanted) {
                #expect(abs(Double(got) - want) < 1e-5 * scale, "\(slice.name)")
            }
        }
    }

    @Test func `programs of several batches share parameters and gradients`() throws {
        let (function, program) = try function(pool: .shared, batch: 130)
        let other = function.program(batch: 7)
        #expect(function.program(batch: 130) === program)
        #expect(other !== program && other.batch == 7)
        program.run()
        let gradients = function.gradients.values(0..<function.gradients.count)
        other.run()
        #expect(function.gradients.values(0..<function.gradients.count) != gradients)
        program.run()
        #expect(function.gradients.values(0..<function.gradients.count) == gradients)
    }

    @Test func `the first value that is not finite is traced to its operation and line`() throws {
        var line = 0
        let function = try TensorFunction(parameters: .empty) { trace in
            let x = trace.input("x", 3)
            let shifted = x - 1
            line = #line + 1
            let logarithm = log(shifted)
            trace.output("value", (logarithm * 2).sumOfColumns())
        }
        let program = function.program(batch: 200)
        program.input("x").fill(2)
        program.run()
        #expect(program.firstNonFinite() == nil)
        // In the last shard.
        program.input("x")[599] = 0.5
        program.run()
        let found = try #require(program.firstNonFinite())
        #expect(found == "log [batch, 3] gave nan, traced at ProgramTests.swift:\(line)")
    }

    @Test func `a listing names operations, shapes and places`() throws {
        let (_, program) = try function(pool: .shared, batch: 130)
        let listing = program.listing()
        #expect(listing.hasPrefix("batch 130, 2 shards, \(program.memorySize) bytes"))
        #expect(listing.contains("[batch, 9] = matrix product("))
        #expect(listing.contains("[9, 6] = "))
        #expect(listing.contains("segment 1, each shard:"))
    }

    @Test func `minibatches are gathered by row`() throws {
        let function = try TensorFunction(parameters: .empty) { trace in
            trace.output("sum", trace.input("bytes", 5) + trace.input("floats", 5))
            trace.output("label", crossEntropy(trace.input("bytes", 5), trace.indices("labels")))
        }
        let (rows, batch) = (1000, 300)
        let bytes = Matrix<UInt8>(rows: rows, columns: 5, (0..<rows * 5).map { UInt8($0 % 251) })
        let floats = Matrix<Float>(rows: rows, columns: 5, (0..<rows * 5).map { Float($0) })
        let order = (0..<Int32(rows)).map { ($0 * 7 + 3) % Int32(rows) }
        let program = function.program(batch: batch)
        program.gather(bytes, rows: order, from: 100, into: "bytes", scale: 0.5)
        program.gather(floats, rows: order, from: 100, into: "floats")
        program.gather(order.map { $0 % 5 }, rows: order, from: 100, into: "labels")
        for place in 0..<batch {
            let row = Int(order[100 + place])
            let gathered = program.input("bytes").values(place * 5..<place * 5 + 5)
            #expect(gathered == bytes.row(row).map { Float($0) * 0.5 })
            #expect(program.input("floats").values(place * 5..<place * 5 + 5) == floats.row(row))
            #expect(program.input("labels")[place].bitPattern == UInt32(order[row] % 5))
        }
    }
}

extension ParameterStore {
    /// No parameters.
    static var empty: ParameterStore {
        var random = RandomStream(seed: 0, purpose: "weights")
        return ParameterStore(ParameterLayout(), using: &random)
    }
}
