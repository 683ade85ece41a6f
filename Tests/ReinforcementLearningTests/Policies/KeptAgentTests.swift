import Autodiff
import NeuralNetworks
import Randomness
import ReinforcementLearning
import Testing

@Suite struct KeptAgentTests {
    private let store: ParameterStore = {
        var layout = ParameterLayout()
        _ = layout.declare("weight", shape: [1], initializer: Constant(1))
        var random = RandomStream(seed: 1, purpose: "weights")
        return ParameterStore(layout, using: &random)
    }()

    @Test func `a better or equally good agent replaces the one that is kept, a worse one does not`() {
        var normalizer = ObservationNormalizer(size: 1)
        var kept = KeptAgent(store, normalizer: normalizer)
        // What each agent's evaluation gives, and whose weight is kept after it.
        for (weight, meanReturn, expected) in [(2, 10, 2), (3, 5, 2), (4, 10, 4), (5, 9.9, 4)]
            as [(Float, Double, Float)]
        {
            store.values[0] = weight
            normalizer.update(with: [weight], rows: 0..<1)
            kept.consider(store, normalizer: normalizer, meanReturn: meanReturn)
            #expect(kept.parameters.values[0] == expected)
        }
        #expect(kept.normalizer != normalizer)
        #expect(kept.normalizer?.moments.count.rounded() == 3)
    }
}
