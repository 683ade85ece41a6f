import Autodiff
import LinearAlgebra
import Randomness
import Testing

@Suite struct GradientTests {
    /// A parameter of `shape` with the given values, alone in a store.
    private func store(_ shape: [Int], _ values: [Float]) -> (store: ParameterStore, slice: ParameterSlice) {
        var layout = ParameterLayout()
        let slice = layout.declare("w", shape: shape, initializer: Uniform(range: 0...1))
        var random = RandomStream(seed: 1, purpose: "weights")
        let store = ParameterStore(layout, using: &random)
        store[slice] = values
        return (store, slice)
    }

    @Test func `the derivative of a derivative of a cube`() throws {
        let (store, slice) = store([], [1.5])
        let function = try TensorFunction(parameters: store) { trace in
            let x = trace.parameter(slice)
            let cube = x * x * x
            let first = try #require(cube.gradients(withRespectTo: [x])[0])
            let second = try #require(first.gradients(withRespectTo: [x])[0])
            let third = try #require(second.gradients(withRespectTo: [x])[0])
            trace.output("cube", cube)
            trace.output("first", first)
            trace.output("second", second)
            trace.output("third", third)
        }
        let program = function.program(batch: 1)
        program.run()
        // x³, 3x², 6x, 6 at 1.5: all of them floats without rounding.
        #expect(program.scalar("cube") == 3.375)
        #expect(program.scalar("first") == 6.75)
        #expect(program.scalar("second") == 9)
        #expect(program.scalar("third") == 6)
    }

    @Test func `a Hessian times a vector is the difference of gradients along the vector`() throws {
        var random = RandomStream(seed: 4, purpose: "data")
        var layout = ParameterLayout()
        let slice = layout.declare("w", shape: [3, 4], initializer: Uniform(range: -2...2))
        let vector = layout.declare("v", shape: [3, 4], initializer: Uniform(range: -2...2))
        let store = ParameterStore(layout, using: &random)
        let direction = store[vector].map { Double($0) }
        let inputs = ["x": (0..<20).map { _ in Double(Float(random.normal())) }]
        func loss(_ trace: inout Trace) -> Tensor {
            let hidden = tanh(matrixProduct(trace.input("x", 4), trace.parameter(slice), transposingSecond: true))
            return (logSoftmax(hidden) * sigmoid(hidden)).mean()
        }
        let product = try TensorFunction(parameters: store) { trace in
            let gradient = try #require(loss(&trace).gradients(withRespectTo: [trace.parameter(slice)])[0])
            // ∇(∇L · v) = H v
            trace.differentiate((gradient * trace.parameter(vector)).sum())
        }
        let gradient = try TensorFunction(parameters: store) { trace in trace.differentiate(loss(&trace)) }

        let program = product.program(batch: 5)
        program.input("x").replace(at: 0, with: (inputs["x"] ?? []).map { Float($0) })
        program.run()
        let values = store.values.values(0..<store.values.count).map { Double($0) }
        let step = 1e-5
        func gradients(_ distance: Double) throws -> [Double] {
            var moved = values
            for index in 0..<12 { moved[slice.offset + index] += distance * direction[index] }
            return try #require(gradient.reference(batch: 5, inputs: inputs, parameters: moved).gradients["w"])
        }
        let (ahead, behind) = (try gradients(step), try gradients(-step))
        for index in 0..<12 {
            let difference = (ahead[index] - behind[index]) / (2 * step)
            // The difference is good to 1e-9; ours is in single precision.
            #expect(abs(Double(product.gradients[slice.offset + index]) - difference) < 2e-6, "element \(index)")
        }
    }

    @Test func `a parameter that the loss does not use has no gradient, and its place stays zero`() throws {
        var layout = ParameterLayout()
        let slices = ["a", "b", "c"].map { layout.declare($0, shape: [3], initializer: Uniform(range: 1...2)) }
        var random = RandomStream(seed: 1, purpose: "weights")
        let function = try TensorFunction(parameters: ParameterStore(layout, using: &random)) { trace in
            let x = trace.input("x", 3)
            let used = x * trace.parameter(slices[0]) + x * trace.parameter(slices[2])
            trace.output("unused", x * trace.parameter(slices[1]))
            trace.differentiate(used.mean())
        }
        let program = function.program(batch: 300)
        program.input("x").fill(1)
        for _ in 0..<2 {
            program.run()
            #expect(function.gradients.values(slices[1].range) == [0, 0, 0])
            for slice in [slices[0], slices[2]] {
                #expect(function.gradients.values(slice.range).allSatisfy { abs($0 - 1.0 / 3) < 1e-6 })
            }
        }
    }

    @Test func `what is detached is a constant to the gradient`() throws {
        let (store, slice) = store([2], [3, -4])
        let function = try TensorFunction(parameters: store) { trace in
            let w = trace.parameter(slice)
            trace.differentiate((w * w.detached()).sum())
        }
        function.program(batch: 1).run()
        #expect(function.gradients.values(slice.range) == [3, -4])
    }

    @Test func `cross entropy says that it cannot be differentiated twice, and what can`() throws {
        let (store, slice) = store([3, 2], [1, 2, 3, 4, 5, 6])
        let error = #expect(throws: ShapeError.self) {
            _ = try TensorFunction(parameters: store) { trace in
                let w = trace.parameter(slice)
                let logits = matrixProduct(trace.input("x", 2), w, transposingSecond: true)
                let loss = crossEntropy(logits, trace.indices("labels")).mean()
                let gradient = try #require(loss.gradients(withRespectTo: [w])[0])
                trace.differentiate(gradient.squared().sum())
            }
        }
        #expect(try #require(error).explanation.contains("logSoftmax"))
    }
}
