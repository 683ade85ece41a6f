public import Randomness

/// A task that steps by drawing from the very table that the exact solvers solve. It shows its state one-hot.
public protocol TabularEnvironment: Environment where Action == Int, State == TabularState {
    var process: FiniteDecisionProcess { get }
}

/// A state of a finite decision process.
public struct TabularState: Equatable, Sendable, VectorState {
    /// 0 ..< process.stateCount
    public var index: Int

    public init(_ index: Int) {
        precondition(index >= 0, "state \(index) of a finite process")
        self.index = index
    }

    public static let names = ["state"]
    public var vector: [Double] { [Double(index)] }

    public init(vector: [Double]) throws(EnvironmentError) {
        try Self.checkLength(vector)
        guard let index = Int(exactly: vector[0]), index >= 0 else {
            throw EnvironmentError("state \(vector[0]) is no whole number from 0")
        }
        self.index = index
    }
}

extension TabularState: Codable {
    public init(from decoder: any Decoder) throws {
        try self.init(vector: [Double(decoder.singleValueContainer().decode(Int.self))])
    }

    public func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        try value.encode(index)
    }
}

extension TabularEnvironment {
    public var observationSpace: Space { .discrete(process.stateCount) }
    public var actionSpace: Space { .discrete(process.actionCount) }

    /// A state that the process does not have, as a damaged file may, stands for its last one.
    private var index: Int { min(state.index, process.stateCount - 1) }

    public mutating func reset(using random: inout RandomStream) {
        state = TabularState(process.drawStart(using: &random))
    }

    public mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
        precondition(
            (0..<process.actionCount).contains(action), "action \(action) of a task that has \(process.actionCount)")
        let outcome = process.draw(index, action, using: &random)
        state = TabularState(outcome.state)
        return Transition(reward: outcome.reward, outcome: outcome.isTerminal ? .terminated : .running)
    }

    public func observe(into row: inout MutableSpan<Float>) {
        row.update(repeating: 0)
        row[index] = 1
    }
}
