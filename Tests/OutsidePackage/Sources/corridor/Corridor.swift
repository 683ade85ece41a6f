import Fledge

/// A corridor of eleven cells with a door at each end: the left one pays 1, the right one 3. Every step costs 0.1.
struct Corridor: Environment {
    struct State: Codable, Equatable, Sendable {
        var cell = 5
    }

    var state = State()
    let observationSpace = Space.box(low: [-1], high: [1])
    let actionSpace = Space.discrete(2)

    mutating func reset(using random: inout RandomStream) {
        state.cell = 4 + random.index(below: 3)
    }

    mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
        state.cell += action == 0 ? -1 : 1
        switch state.cell {
        case 0: return Transition(reward: 0.9, outcome: .terminated)
        case 10: return Transition(reward: 2.9, outcome: .terminated)
        default: return Transition(reward: -0.1)
        }
    }

    func observe(into row: inout MutableSpan<Float>) {
        row[0] = Float(state.cell - 5) / 5
    }
}
