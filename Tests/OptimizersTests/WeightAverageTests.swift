import Autodiff
import FileFormats
import LinearAlgebra
import NeuralNetworks
import Optimizers
import Randomness
import Testing

@Suite struct WeightAverageTests {
    @Test func `the average forgets its start soon, then slowly`() throws {
        let parameters = FloatBuffer(count: 3)
        let average = WeightAverage(of: parameters, decay: 0.5)
        // Decays 1/10, 2/11, 3/12, … until 0.5.
        var wanted = 0.0
        for step in 0..<20 {
            parameters.fill(Float(step + 1))
            average.update(with: parameters, on: .shared)
            let decay = min(0.5, Double(1 + step) / Double(10 + step))
            wanted = decay * wanted + (1 - decay) * Double(step + 1)
        }
        average.showAveraged(in: parameters)
        #expect(abs(Double(parameters[1]) - wanted) < 1e-5)
        average.showTraining(in: parameters)
        #expect(parameters.values(0..<3) == [20, 20, 20])
    }

    @Test func `an average that is saved and restored goes on with the same bytes`() throws {
        let parameters = FloatBuffer(count: 40)
        var random = RandomStream(seed: 2, purpose: "average")
        func move() { for index in 0..<40 { parameters[index] += Float(random.normal()) } }
        let first = WeightAverage(of: parameters, decay: 0.9)
        for _ in 0..<5 {
            move()
            first.update(with: parameters, on: .shared)
        }
        var archive = Archive()
        try first.save(into: &archive)
        let second = WeightAverage(of: parameters, decay: 0.9)
        try second.restore(from: Archive(decoding: archive.encoded(), name: "average"))
        move()
        first.update(with: parameters, on: .shared)
        second.update(with: parameters, on: .shared)
        first.showAveraged(in: parameters)
        let wanted = parameters.values(0..<40)
        first.showTraining(in: parameters)
        second.showAveraged(in: parameters)
        let isSame = parameters.values(0..<40) == wanted
        #expect(isSame)
    }
}

@Suite struct WeightPenaltyTests {
    @Test func `penalties pull weights that decay, by sign and by size`() {
        var layout = ParameterLayout()
        let weight = layout.declare("weight", shape: [3], initializer: Constant(0))
        let bias = layout.declare("bias", shape: [2], initializer: Constant(0), decays: false)
        var random = RandomStream(seed: 1, purpose: "weights")
        let store = ParameterStore(layout, using: &random)
        store[weight] = [2, -0.5, 0]
        store[bias] = [4, -4]
        let gradients = FloatBuffer(count: layout.count)
        gradients.fill(1)
        WeightPenalty(layout: layout, l1: 0.25, l2: 0.5).addGradient(at: store.values, to: gradients, on: .shared)
        // 1 + 0.25 sign(w) + 0.5 w
        #expect(gradients.values(weight.range) == [2.25, 0.5, 1])
        #expect(gradients.values(bias.range) == [1, 1])
    }

    @Test func `gradients are held within their bound, and what is not a number stays`() {
        let gradients = FloatBuffer(count: 20)
        for index in 0..<20 { gradients[index] = Float(index - 10) / 4 }
        gradients[3] = .nan
        GradientBound(maximum: 1.5)(gradients, on: .shared)
        for index in 0..<20 where index != 3 {
            #expect(gradients[index] == min(max(Float(index - 10) / 4, -1.5), 1.5))
        }
        #expect(gradients[3].isNaN)
    }
}
