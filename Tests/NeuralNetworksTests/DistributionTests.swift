import Autodiff
import Glibc
import LinearAlgebra
import NeuralNetworks
import Randomness
import Testing

@Suite struct DistributionTests {
    @Test func `a categorical distribution equals PyTorch's`() throws {
        let golden = try PyTorchValues.load().categorical
        var random = RandomStream(seed: 1, purpose: "weights")
        let function = try TensorFunction(parameters: ParameterStore(ParameterLayout(), using: &random)) { trace in
            let distribution = Categorical(logits: trace.input("logits", 4))
            trace.output("logProbability", distribution.logProbability(of: trace.indices("choices")))
            trace.output("entropy", distribution.entropy)
        }
        let program = function.program(batch: 5)
        program.input("logits").replace(at: 0, with: golden.logits.joined().map { Float($0) })
        program.setIndices("choices", golden.choices)
        program.run()
        let logProbabilities = program.rows("logProbability").values(0..<5)
        #expect(largestError(logProbabilities, golden.logProbabilities) < singlePrecision)
        #expect(largestError(program.rows("entropy").values(0..<5), golden.entropies) < singlePrecision)
    }

    @Test(arguments: 0..<3) func `a normal distribution equals PyTorch's`(_ row: Int) throws {
        let golden = try PyTorchValues.load().normal
        var layout = ParameterLayout()
        let slice = layout.declare("logStandardDeviation", shape: [2], initializer: Constant(0))
        var random = RandomStream(seed: 1, purpose: "weights")
        let store = ParameterStore(layout, using: &random)
        store[slice] = golden.deviations[row].map { Float(log($0)) }
        let function = try TensorFunction(parameters: store) { trace in
            let distribution = DiagonalGaussian(
                mean: trace.input("mean", 2), logStandardDeviation: trace.parameter(slice))
            trace.output("logProbability", distribution.logProbability(of: trace.input("value", 2)))
            trace.output("entropy", distribution.entropy)
        }
        let program = function.program(batch: 1)
        program.input("mean").replace(at: 0, with: golden.means[row].map { Float($0) })
        program.input("value").replace(at: 0, with: golden.values[row].map { Float($0) })
        program.run()
        // PyTorch gives each dimension; independent dimensions add up.
        let logProbability = golden.logProbabilities[row].reduce(0, +)
        #expect(largestError(program.rows("logProbability").values(0..<1), [logProbability]) < singlePrecision)
        #expect(largestError([program.scalar("entropy")], [golden.entropies[row].reduce(0, +)]) < singlePrecision)
    }
}
