import Randomness
import Simulation
import Testing

/// A countdown with one fault, or none.
private struct Faulty: Environment {
    enum Fault: CaseIterable {
        case boundless, incomplete, outside, infiniteReward, truncating, forgetful, unreproducible, unrestorable

        /// A part of what the checker says about it.
        var complaint: String {
            switch self {
            case .boundless: "2 lower and 1 upper bounds"
            case .incomplete: "nan] is incomplete or outside"
            case .outside: "is incomplete or outside"
            case .infiniteReward: "is inf"
            case .truncating: "leave that to TimeLimit"
            case .forgetful, .unreproducible: "from the same state and stream"
            case .unrestorable: "restored before step 3"
            }
        }
    }

    var countdown = Countdown()
    var fault: Fault?
    var hidden = 0

    var observationSpace: Space {
        fault == .boundless ? .box(low: [0, 1], high: [6]) : countdown.observationSpace
    }
    var actionSpace: Space { countdown.actionSpace }
    var state: Countdown.State {
        get { countdown.state }
        set { if fault != .unrestorable { countdown.state = newValue } }
    }

    mutating func reset(using random: inout RandomStream) {
        // A count that the next episode inherits.
        if fault != .forgetful { hidden = 0 }
        countdown.reset(using: &random)
    }

    mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
        hidden += 1
        var transition = countdown.step(action, using: &random)
        if fault == .infiniteReward, countdown.state.remaining == 2 { transition.reward = .infinity }
        if fault == .truncating, countdown.state.remaining == 2 { transition.outcome = .truncated }
        if fault == .unreproducible { transition.reward += Double.random(in: 0..<1) }
        if fault == .forgetful { transition.reward += Double(hidden) }
        return transition
    }

    func observe(into row: inout MutableSpan<Float>) {
        row[0] = Float(fault == .outside ? countdown.state.remaining + 1 : countdown.state.remaining)
        if fault != .incomplete { row[1] = Float(countdown.state.start) }
    }
}

@Suite struct `The environment checker` {
    @Test func `passes tasks that keep the contract`() throws {
        try checkEnvironment(Countdown())
        try checkEnvironment(Echo())
        try checkEnvironment(Faulty(fault: nil))
    }

    @Test(arguments: Faulty.Fault.allCases)
    fileprivate func `finds a task`(fault: Faulty.Fault) {
        let error = #expect(throws: EnvironmentError.self) { try checkEnvironment(Faulty(fault: fault)) }
        #expect(error?.description.contains(fault.complaint) == true)
    }
}
