import Autodiff
import NeuralNetworks
import Testing

@Suite struct CompositionTests {
    private let double = FormulaLayer { x, _ in 2 * x }
    private let addOne = FormulaLayer { x, _ in x + 1 }

    private func apply(_ layer: any Layer, _ x: [Float], width: Int) throws -> [Float] {
        let function = try TensorFunction(parameters: .zero(ParameterLayout())) { trace in
            trace.output("y", layer(trace.input("x", 2)))
        }
        let program = function.program(batch: x.count / 2)
        program.input("x").replace(at: 0, with: x)
        program.run()
        return program.rows("y").values(0..<x.count / 2 * width)
    }

    @Test func `layers in sequence follow each other`() throws {
        #expect(try apply(Sequential([double, addOne]), [1, 2, 3, 4], width: 2) == [3, 5, 7, 9])
        #expect(try apply(Sequential([addOne, double]), [1, 2, 3, 4], width: 2) == [4, 6, 8, 10])
    }

    @Test func `a residual adds its input to what its layers make of it`() throws {
        #expect(try apply(Residual(Sequential([double, addOne])), [1, 2, 3, 4], width: 2) == [4, 7, 10, 13])
    }

    @Test func `parallel branches stand side by side`() throws {
        let layer = Parallel([Sequential([double]), Sequential([]), Sequential([addOne])])
        #expect(try apply(layer, [1, 2, 3, 4], width: 6) == [2, 4, 1, 2, 2, 3, 6, 8, 3, 4, 4, 5])
    }
}
