public import Autodiff
import Glibc
public import LinearAlgebra
import NeuralNetworks
public import Randomness
public import Simulation

/// A policy at work: draws actions, or takes the likeliest ones, for rows of observations.
public final class Actor: @unchecked Sendable {
    private let network: ActorCritic
    private let function: TensorFunction
    private let parameters: ParameterStore

    /// - Throws: `ShapeError` if the network does not fit its parameters.
    public init(_ network: ActorCritic, parameters: ParameterStore, pool: WorkerPool) throws {
        self.network = network
        self.parameters = parameters
        function = try TensorFunction(parameters: parameters, pool: pool) { trace in
            switch network.policy(trace.input("observations", network.observationSize)) {
            case .categorical(let distribution):
                trace.output("logProbabilities", distribution.logProbabilities)
            case .gaussian(let distribution):
                trace.output("mean", distribution.mean)
            }
        }
    }

    /// Draws an action for each lane at step `step` of `rollout` and writes it there; its log-probability goes to the
    /// same row of `logProbabilities` `[T, N]`.
    public func draw(
        _ step: Int, of rollout: inout Rollout, logProbabilities: inout [Float], using random: inout RandomStream
    ) {
        let program = run(rollout.observations, step: step, lanes: rollout.laneCount)
        let first = step * rollout.laneCount
        switch network.actionSpace {
        case .discrete(let choices):
            program.rows("logProbabilities").read(0..<rollout.laneCount * choices) { logits in
                for lane in 0..<rollout.laneCount {
                    // Inverse of the cumulative distribution; rounding may leave its end short of 1.
                    var rest = random.uniformFloat()
                    var choice = 0
                    while choice < choices - 1 {
                        rest -= expf(logits[lane * choices + choice])
                        if rest < 0 { break }
                        choice += 1
                    }
                    rollout.discreteActions[first + lane] = Int32(choice)
                    logProbabilities[first + lane] = logits[lane * choices + choice]
                }
            }
        case .box:
            let size = network.actionSpace.size
            guard let slice = network.logStandardDeviation else { return }
            program.rows("mean").read(0..<rollout.laneCount * size) { mean in
                for lane in 0..<rollout.laneCount {
                    var logDensity: Float = 0
                    for dimension in 0..<size {
                        let logDeviation = parameters.values[slice.offset + dimension]
                        let noise = Float(random.normal())
                        let place = lane * size + dimension
                        rollout.continuousActions[first * size + place] = mean[place] + expf(logDeviation) * noise
                        logDensity -= 0.5 * noise * noise + logDeviation + 0.918_938_5
                    }
                    logProbabilities[first + lane] = logDensity
                }
            }
        }
    }

    /// Writes the likeliest action of each lane at step `step` of `rollout`.
    public func takeLikeliest(_ step: Int, of rollout: inout Rollout) {
        let program = run(rollout.observations, step: step, lanes: rollout.laneCount)
        let first = step * rollout.laneCount
        let size = network.actionSpace.size
        switch network.actionSpace {
        case .discrete:
            program.rows("logProbabilities").read(0..<rollout.laneCount * size) { logits in
                for lane in 0..<rollout.laneCount {
                    var best = 0
                    for choice in 1..<size where logits[lane * size + choice] > logits[lane * size + best] {
                        best = choice
                    }
                    rollout.discreteActions[first + lane] = Int32(best)
                }
            }
        case .box:
            program.rows("mean").read(0..<rollout.laneCount * size) { mean in
                for place in 0..<rollout.laneCount * size {
                    rollout.continuousActions[first * size + place] = mean[place]
                }
            }
        }
    }

    /// The probability of each choice, `[rows, choices]`, or the mean action, `[rows, size]`, at each of `rows`
    /// observations as the network sees them, `[rows, d]`.
    public func policy(at observations: [Float], rows: Int) -> [Float] {
        let program = run(observations, step: 0, lanes: rows)
        let count = rows * network.actionSpace.size
        switch network.actionSpace {
        case .discrete:
            return program.rows("logProbabilities").read(0..<count) { logits in logits.indices.map { expf(logits[$0]) }
            }
        case .box: return program.rows("mean").read(0..<count) { mean in mean.indices.map { mean[$0] } }
        }
    }

    /// Runs the network on row `step` of `observations` `[any, lanes, d]`.
    private func run(_ observations: [Float], step: Int, lanes: Int) -> Program {
        let program = function.program(batch: lanes)
        let width = lanes * network.observationSize
        program.input("observations").copy(from: observations, at: step * width, count: width)
        program.run()
        return program
    }
}
