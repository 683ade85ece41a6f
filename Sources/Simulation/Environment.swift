public import Randomness

/// A task to act in: pure simulation. No step limit (`TimeLimit` has it), no drawing, no logging, and no randomness
/// but the stream it is handed. `EnvironmentChecker` tells whether a task keeps to what is written here.
public protocol Environment: Sendable {
    /// `Int` for a discrete action space, `InlineArray<k, Int>` for a multi-discrete or binary one,
    /// `InlineArray<k, Float>` for a box.
    associatedtype Action: EnvironmentAction

    /// Everything that changes from step to step. An environment whose state is set to another's goes on exactly as
    /// that one does, after encoding and decoding too. A state whose values could make `step` trap checks them when
    /// it is decoded.
    associatedtype State: Codable & Equatable & Sendable

    /// 1, or 2 for a game whose players move by turns and of whom one wins what the other loses.
    static var playerCount: Int { get }

    /// About how many nanoseconds a step takes: how many copies a batch hands to a worker at once.
    static var stepCost: Int { get }

    /// Whether `writeActionMask` can forbid an action: only a discrete or multi-discrete space has a mask.
    static var hasActionMask: Bool { get }

    var observationSpace: Space { get }
    var actionSpace: Space { get }
    var state: State { get set }

    /// Whose turn it is, 0 ..< playerCount. What `observe` writes is what this player sees.
    var player: Int { get }

    /// Begins an episode.
    mutating func reset(using random: inout RandomStream)

    /// Acts once. After an episode has ended `reset` comes before the next step. The reward of a game is that of the
    /// player who acted.
    mutating func step(_ action: Action, using random: inout RandomStream) -> Transition

    /// Writes every element of the observation into `row`, [observationSpace.size]: this environment's place in the
    /// buffer of the batch.
    func observe(into row: inout MutableSpan<Float>)

    /// Writes into `row`, [actionSpace.size], which choices the next step may take: at least one for each component.
    /// After an episode's end it does not matter what is written.
    func writeActionMask(into row: inout MutableSpan<Bool>)

    /// Steps the lanes `range` of a batch one after the other: the loop that is specialised for the task.
    static func step(_ range: Range<Int>, of batch: BatchStep<Self>)
}

extension Environment {
    @inlinable public static var playerCount: Int { 1 }
    @inlinable public static var stepCost: Int { 50 }
    @inlinable public static var hasActionMask: Bool { false }
    @inlinable public var player: Int { 0 }

    @inlinable
    public func writeActionMask(into row: inout MutableSpan<Bool>) {
        for index in row.indices { row[index] = true }
    }
}

/// A task for which a good policy is known that needs no learning.
public protocol HeuristicEnvironment: Environment {
    /// What that policy does in the present state.
    func heuristicAction() -> Action
}

/// A state that is a short list of numbers, by which it can be set and written down.
public protocol VectorState {
    /// What the numbers are, with units: "angle, rad".
    static var names: [String] { get }
    var vector: [Double] { get }

    /// - Throws: if `vector` is of another length, or no state of the task.
    init(vector: [Double]) throws(EnvironmentError)
}

extension VectorState {
    /// - Throws: if `vector` has not one finite number for each of `names`.
    public static func checkLength(_ vector: [Double]) throws(EnvironmentError) {
        guard vector.count == names.count else {
            throw EnvironmentError(
                "a state of \(vector.count) numbers was given; it has \(names.count): \(names.joined(separator: "; "))")
        }
        guard let place = vector.firstIndex(where: { !$0.isFinite }) else { return }
        throw EnvironmentError("\(names[place]): \(vector[place]) is no finite number")
    }
}
