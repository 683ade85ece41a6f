import Autodiff
import NeuralNetworks
import Testing

@Suite struct RecurrentTests {
    @Test func `long short-term memory and its gradients equal PyTorch's LSTM`() throws {
        try PyTorchLayer.named("lstm").check { layout in
            LongShortTermMemory("layer", from: 3, to: 4, returnsSequence: true, in: &layout)
        }
    }

    @Test func `a gated recurrent unit and its gradients equal PyTorch's GRU`() throws {
        try PyTorchLayer.named("gru").check { layout in
            GatedRecurrentUnit("layer", from: 3, to: 4, returnsSequence: true, in: &layout)
        }
    }

    enum Kind: String, CaseIterable {
        case longShortTermMemory, gatedRecurrentUnit

        func layer(returnsSequence: Bool, in layout: inout ParameterLayout) -> any Layer {
            switch self {
            case .longShortTermMemory:
                LongShortTermMemory("r", from: 3, to: 5, returnsSequence: returnsSequence, in: &layout)
            case .gatedRecurrentUnit:
                GatedRecurrentUnit("r", from: 3, to: 5, returnsSequence: returnsSequence, in: &layout)
            }
        }
    }

    /// The last hidden state, and the gradient of its weighted sum, for sequences `[rows, steps, 3]`.
    private func run(
        _ kind: Kind, _ x: [Float], steps: Int, lengths: [Int32]?
    ) throws -> (state: [Float], gradient: [Float]) {
        var layout = ParameterLayout()
        let layer = kind.layer(returnsSequence: false, in: &layout)
        let function = try TensorFunction(parameters: .drawn(layout)) { trace in
            let context = SequenceContext(lengths: lengths == nil ? nil : trace.indices("lengths"))
            let state = layer(trace.input("x", steps, 3), context)
            trace.output("state", state)
            trace.differentiate((state * trace.input("weights", 5)).sum())
        }
        let rows = x.count / (3 * steps)
        let program = function.program(batch: rows)
        program.input("x").replace(at: 0, with: x)
        program.input("weights").replace(at: 0, with: normalNumbers(rows * 5, seed: 12))
        if let lengths { program.setIndices("lengths", lengths) }
        program.run()
        return (
            program.rows("state").values(0..<rows * 5), function.gradients.values(0..<function.gradients.count)
        )
    }

    @Test(arguments: Kind.allCases)
    func `past its length a sequence changes neither the last state nor the gradient`(_ kind: Kind) throws {
        let (rows, steps, length) = (3, 7, 4)
        let x = normalNumbers(rows * steps * 3, seed: 11)
        let shortened = (0..<rows).flatMap { x[$0 * steps * 3..<($0 * steps + length) * 3] }
        let masked = try run(kind, x, steps: steps, lengths: [Int32](repeating: Int32(length), count: rows))
        let expected = try run(kind, shortened, steps: length, lengths: nil)
        // Not the same bits: products over seven steps add up in another order than over four.
        #expect(largestDifference(masked.state, expected.state) < 1e-6)
        #expect(largestDifference(masked.gradient, expected.gradient) < 1e-5)
    }

    @Test(arguments: Kind.allCases)
    func `every sequence has a length of its own`(_ kind: Kind) throws {
        let steps = 6
        let lengths: [Int32] = [1, 6, 3]
        let x = normalNumbers(lengths.count * steps * 3, seed: 13)
        let together = try run(kind, x, steps: steps, lengths: lengths).state
        for (row, length) in lengths.enumerated() {
            let start = row * steps * 3
            let alone = try run(kind, Array(x[start..<start + Int(length) * 3]), steps: Int(length), lengths: nil).state
            #expect(largestDifference(Array(together[row * 5..<row * 5 + 5]), alone) < 1e-6)
        }
    }

    @Test(arguments: Kind.allCases)
    func `the last of all states is the last state`(_ kind: Kind) throws {
        let steps = 4
        let x = normalNumbers(2 * steps * 3, seed: 14)
        var layout = ParameterLayout()
        let layer = kind.layer(returnsSequence: true, in: &layout)
        let function = try TensorFunction(parameters: .drawn(layout)) { trace in
            trace.output("states", layer(trace.input("x", steps, 3)))
        }
        let program = function.program(batch: 2)
        program.input("x").replace(at: 0, with: x)
        program.run()
        let states = program.rows("states").values(0..<2 * steps * 5)
        let last = (1...2).flatMap { row in states[(row * steps - 1) * 5..<row * steps * 5] }
        #expect(try run(kind, x, steps: steps, lengths: nil).state == last)
    }
}
