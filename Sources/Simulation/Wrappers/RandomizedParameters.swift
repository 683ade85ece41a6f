public import Randomness

/// A task whose constants are drawn anew for each episode, uniformly from ranges (domain randomisation: Tobin et al.,
/// 2017). The draws come first from the stream that the reset is handed, in the order of the ranges.
public struct RandomizedParameters<Task: ParameterizedEnvironment>: EnvironmentWrapper {
    public struct State: Codable, Equatable, Sendable {
        public var task: Task.State
        public var parameters: Task.Parameters

        public init(task: Task.State, parameters: Task.Parameters) {
            self.task = task
            self.parameters = parameters
        }
    }

    /// A constant and what it is drawn from.
    public struct Draw: Sendable {
        public let parameter: EnvironmentParameter<Task.Parameters>
        public let range: ClosedRange<Double>

        /// - Throws: if `range` reaches beyond what the parameter can be.
        public init(
            _ parameter: EnvironmentParameter<Task.Parameters>, from range: ClosedRange<Double>
        ) throws(EnvironmentError) {
            try parameter.check(range.lowerBound)
            try parameter.check(range.upperBound)
            self.parameter = parameter
            self.range = range
        }
    }

    public var task: Task
    public let draws: [Draw]

    public init(_ task: Task, drawing draws: [Draw]) {
        self.task = task
        self.draws = draws
    }

    public var state: State {
        get { State(task: task.state, parameters: task.parameters) }
        set {
            task.parameters = newValue.parameters
            task.state = newValue.task
        }
    }

    public mutating func reset(using random: inout RandomStream) {
        var parameters = task.parameters
        for draw in draws { parameters[keyPath: draw.parameter.keyPath] = random.uniform(in: draw.range) }
        task.parameters = parameters
        task.reset(using: &random)
    }

    @inlinable
    public mutating func step(_ action: Task.Action, using random: inout RandomStream) -> Transition {
        task.step(action, using: &random)
    }
}

extension RandomizedParameters: HeuristicEnvironment where Task: HeuristicEnvironment {}
