import Randomness
import Simulation

/// Counts down from a number in 1 ... 6 that the reset draws; the reward is the action.
struct Countdown: Environment {
    struct State: Codable, Equatable, Sendable {
        var start: Int
        var remaining: Int
    }

    var state = State(start: 1, remaining: 1)

    var observationSpace: Space { .box(low: [0, 1], high: [6, 6]) }
    var actionSpace: Space { .discrete(3) }

    mutating func reset(using random: inout RandomStream) {
        state.start = 1 + random.index(below: 6)
        state.remaining = state.start
    }

    mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
        state.remaining -= 1
        return Transition(reward: Double(action), outcome: state.remaining == 0 ? .terminated : .running)
    }

    func observe(into row: inout MutableSpan<Float>) {
        row[0] = Float(state.remaining)
        row[1] = Float(state.start)
    }
}

/// Never ends; the reward is the sum of the action that arrived.
struct Echo: Environment {
    var state = 0

    var observationSpace: Space { .box(low: [0], high: [.infinity]) }
    var actionSpace: Space { .box(low: [-2, 0], high: [2, .infinity]) }

    mutating func reset(using random: inout RandomStream) { state = 0 }

    mutating func step(_ action: InlineArray<2, Float>, using random: inout RandomStream) -> Transition {
        state += 1
        return Transition(reward: Double(action[0]) + Double(action[1]))
    }

    func observe(into row: inout MutableSpan<Float>) { row[0] = Float(state) }
}
