import Autodiff
import LinearAlgebra
import Randomness
import SupervisedLearning
import Testing

@Suite struct MixupTests {
    private func program(rows: Int, classes: Bool) throws -> Program {
        var random = RandomStream(seed: 1, purpose: "weights")
        let function = try TensorFunction(parameters: ParameterStore(ParameterLayout(), using: &random)) { trace in
            let features = trace.input("features", 2)
            if classes {
                trace.output(
                    "loss", (trace.scalar("mixing") * features.selecting(trace.indices("partnerLabels"))).mean())
            } else {
                trace.output("loss", (features.mean() + trace.input("targets", 1).mean()))
            }
        }
        return function.program(batch: rows)
    }

    @Test(arguments: [4, 5, 1]) func `a row is mixed with its mirror, and so is its label`(_ rows: Int) throws {
        let program = try program(rows: rows, classes: true)
        let values = (0..<rows).flatMap { [Float($0), Float(10 * $0 * $0)] }
        program.input("features").replace(at: 0, with: values)
        let labels: [Int32] = [7, 0, 1, 0, 1, 1, 0]
        // The minibatch is the places from 1 on.
        let order: [Int32] = [6, 5, 4, 3, 2, 1, 0]
        Mixup(strength: 0.4, seed: 9)(program, .classes(labels, count: 2), rows: order, from: 1, step: 12)
        let mixed = program.input("features").values(0..<2 * rows)
        // λ is found from the first row, and holds for the others.
        var random = RandomStream(seed: 9, purpose: "mixup", lane: 12)
        let own = Float(random.beta(0.4, 0.4))
        for row in 0..<rows {
            let partner = rows - 1 - row
            for column in 0..<2 {
                let expected = own * values[2 * row + column] + (1 - own) * values[2 * partner + column]
                #expect(abs(mixed[2 * row + column] - expected) < 1e-4)
            }
            #expect(program.indexInput("partnerLabels")[row] == labels[Int(order[1 + partner])])
        }
    }

    @Test func `values are mixed as their samples are`() throws {
        let program = try program(rows: 3, classes: false)
        program.input("features").replace(at: 0, with: [0, 0, 5, 5, 1, 1])
        program.input("targets").replace(at: 0, with: [0, 7, 1])
        let targets = Targets.values(Matrix(rows: 3, columns: 1, [0, 7, 1]))
        Mixup(strength: 1, seed: 2)(program, targets, rows: [0, 1, 2], from: 0, step: 0)
        let features = program.input("features").values(0..<6)
        let mixed = program.input("targets").values(0..<3)
        #expect(features[0] == mixed[0] && features[4] == mixed[2] && features[0] > 0 && features[0] < 1)
        #expect(abs(mixed[0] + mixed[2] - 1) < 1e-6)
        #expect(features[2] == 5 && mixed[1] == 7)
    }

    @Test func `a fit with mixed samples learns`() throws {
        var fit = FittingCase("mixed", try SmallData.images(count: 200)) {
            $0.mixup = 0.2
            $0.epochs = 15
        }
        let test = try SmallData.images(count: 100, seed: 2)
        var fitting = try fit.fitting()
        _ = try fitting.finish()
        #expect(try #require(fitting.network.evaluate(on: test).accuracy) > 0.95)
        fit = FittingCase("mixed values", try Blobs.plane(count: 300)) {
            $0.mixup = 0.2
            $0.epochs = 40
        }
        fitting = try fit.fitting()
        _ = try fitting.finish()
        #expect(try fitting.network.evaluate(on: Blobs.plane(count: 100, seed: 2)).loss < 0.05)
    }
}
