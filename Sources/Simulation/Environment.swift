public import Randomness

/// A task to act in: pure simulation. No step limit (`TimeLimit` has it), no drawing, no logging, and no randomness
/// but the stream it is handed.
public protocol Environment: Sendable {
    /// `Int` for a discrete action space, `InlineArray<size, Float>` for a box.
    associatedtype Action: EnvironmentAction

    /// Everything that changes from step to step. An environment whose state is set to another's goes on exactly as
    /// that one does, after encoding and decoding too. A state whose values could make `step` trap checks them when
    /// it is decoded.
    associatedtype State: Codable & Equatable & Sendable

    var observationSpace: Space { get }
    var actionSpace: Space { get }
    var state: State { get set }

    /// Begins an episode.
    mutating func reset(using random: inout RandomStream)

    /// Acts once. After an episode has ended `reset` comes before the next step.
    mutating func step(_ action: Action, using random: inout RandomStream) -> Transition

    /// Writes every element of the observation into `row`, [observationSpace.size]: this environment's place in the
    /// buffer of the batch.
    func observe(into row: inout MutableSpan<Float>)
}
