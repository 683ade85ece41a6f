public import Randomness
public import Simulation

/// The smallest tasks there are, each of which a learner fails that has one part broken. All values are known by hand.
///
/// They come in the order in which a learner should pass them (after A. L. Jones, "Debugging RL, without the agonizing
/// pain", 2021): if one fails, look at what it adds to those before.
public enum Probes {}

extension Probes {
    /// One step, nothing to see, nothing to choose, reward 1: V = 1. Fails: the value function or its loss.
    public struct ConstantReward: ProbeEnvironment {
        public var state = 0
        public init() {}
        public let observationSpace = Space.box(low: [0], high: [0])
        public let actionSpace = Space.discrete(1)
        public mutating func reset(using random: inout RandomStream) { state = 0 }
        public mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
            Transition(reward: 1, outcome: .terminated)
        }
        public func observe(into row: inout MutableSpan<Float>) { row[0] = 0 }
    }

    /// One step, the observation is −1 or 1, and so is the reward: V(s) = s. Fails: how observations reach the networks.
    public struct RewardByObservation: ProbeEnvironment {
        public var state = 1
        public init() {}
        public let observationSpace = Space.box(low: [-1], high: [1])
        public let actionSpace = Space.discrete(1)
        public mutating func reset(using random: inout RandomStream) { state = 2 * random.index(below: 2) - 1 }
        public mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
            Transition(reward: Double(state), outcome: .terminated)
        }
        public func observe(into row: inout MutableSpan<Float>) { row[0] = Float(state) }
    }

    /// Two steps, the observation is the time, reward 1 at the end: V(1) = 1, V(0) = γ. Fails: discounting, bootstrapping.
    public struct TwoStepCredit: ProbeEnvironment {
        public var state = 0
        public init() {}
        public let observationSpace = Space.box(low: [0], high: [2])
        public let actionSpace = Space.discrete(1)
        public mutating func reset(using random: inout RandomStream) { state = 0 }
        public mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
            state = min(state, 1) + 1
            return state == 2 ? Transition(reward: 1, outcome: .terminated) : Transition(reward: 0)
        }
        public func observe(into row: inout MutableSpan<Float>) { row[0] = Float(min(max(state, 0), 2)) }
    }

    /// One step, two choices, reward −1 or 1: the second is best. Fails: the policy's loss, the advantages' sign.
    public struct RewardByAction: ProbeEnvironment {
        public var state = 0
        public init() {}
        public let observationSpace = Space.box(low: [0], high: [0])
        public let actionSpace = Space.discrete(2)
        public mutating func reset(using random: inout RandomStream) { state = 0 }
        public mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
            Transition(reward: action == 1 ? 1 : -1, outcome: .terminated)
        }
        public func observe(into row: inout MutableSpan<Float>) { row[0] = 0 }
    }

    /// One step, two choices, reward 1 for the one that the observation asks for, else −1. Fails: minibatches that mix up
    /// observations, actions and advantages.
    public struct ActionByObservation: ProbeEnvironment {
        public var state = 1
        public init() {}
        public let observationSpace = Space.box(low: [-1], high: [1])
        public let actionSpace = Space.discrete(2)
        public mutating func reset(using random: inout RandomStream) { state = 2 * random.index(below: 2) - 1 }
        public mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
            Transition(reward: (action == 1) == (state == 1) ? 1 : -1, outcome: .terminated)
        }
        public func observe(into row: inout MutableSpan<Float>) { row[0] = Float(state) }
    }

    /// Reward 1 a step, for ever; the registered task is cut off after 5 steps: V = 1/(1 − γ), since it would have gone on.
    /// A learner that takes the cut for an end finds less.
    public struct Truncation: ProbeEnvironment {
        public var state = 0
        public init() {}
        public let observationSpace = Space.box(low: [0], high: [0])
        public let actionSpace = Space.discrete(1)
        public mutating func reset(using random: inout RandomStream) { state = 0 }
        public mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
            Transition(reward: 1)
        }
        public func observe(into row: inout MutableSpan<Float>) { row[0] = 0 }
    }

    /// Reward 1 a step, and a fair coin says each time whether it was the last: V = 1/(1 − γ/2). A learner that goes on in
    /// its value after an end finds more.
    public struct Termination: ProbeEnvironment {
        public var state = 0
        public init() {}
        public let observationSpace = Space.box(low: [0], high: [0])
        public let actionSpace = Space.discrete(1)
        public mutating func reset(using random: inout RandomStream) { state = 0 }
        public mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
            Transition(reward: 1, outcome: random.index(below: 2) == 0 ? .terminated : .running)
        }
        public func observe(into row: inout MutableSpan<Float>) { row[0] = 0 }
    }
}

/// A probe: its state is what it shows.
public protocol ProbeEnvironment: DrawableEnvironment where State == Int, Action == Int {}
