public import Randomness

/// A task around another one, which it changes in one respect. What it does not say otherwise is as in the inner task.
public protocol EnvironmentWrapper: Environment {
    associatedtype Task: Environment

    var task: Task { get set }
}

extension EnvironmentWrapper {
    @inlinable public static var playerCount: Int { Task.playerCount }
    @inlinable public static var stepCost: Int { Task.stepCost }
    @inlinable public static var hasActionMask: Bool { Task.hasActionMask }
    @inlinable public var observationSpace: Space { task.observationSpace }
    @inlinable public var actionSpace: Space { task.actionSpace }
    @inlinable public var player: Int { task.player }

    @inlinable
    public func observe(into row: inout MutableSpan<Float>) { task.observe(into: &row) }

    @inlinable
    public func writeActionMask(into row: inout MutableSpan<Bool>) { task.writeActionMask(into: &row) }
}

extension EnvironmentWrapper where State == Task.State {
    @inlinable public var state: State {
        get { task.state }
        set { task.state = newValue }
    }

    @inlinable
    public mutating func reset(using random: inout RandomStream) { task.reset(using: &random) }
}

extension EnvironmentWrapper where Action == Task.Action, Task: HeuristicEnvironment {
    public func heuristicAction() -> Action { task.heuristicAction() }
}
