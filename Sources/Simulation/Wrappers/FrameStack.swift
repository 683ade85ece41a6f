public import Randomness

/// A task that shows its last `count` observations, the oldest first: what moves can be told from what stands. After a
/// reset all are the first one.
///
/// Observations that are pictures `[height, width, channels]` are stacked along the channels.
public struct FrameStack<Task: Environment>: EnvironmentWrapper {
    public struct State: Codable, Equatable, Sendable {
        public var task: Task.State
        /// [count, d], the oldest first.
        public var frames: [Float]

        @inlinable
        public init(task: Task.State, frames: [Float]) {
            self.task = task
            self.frames = frames
        }
    }

    public var task: Task
    public let count: Int
    public let observationSpace: Space
    /// d
    @usableFromInline let size: Int
    /// The last axis of an observation.
    @usableFromInline let channels: Int
    @usableFromInline var frames: [Float]

    /// - Parameter count: at least 1.
    @inlinable
    public init(_ task: Task, count: Int) {
        precondition(count > 0, "a stack of \(count) observations shows none")
        self.task = task
        self.count = count
        let inner = task.observationSpace
        size = inner.size
        frames = [Float](repeating: 0, count: count * inner.size)
        switch inner {
        case .binary(let shape) where shape.count > 1:
            channels = shape[shape.count - 1]
            observationSpace = .binary(shape: shape.dropLast() + [channels * count])
        case .discrete(let choices):
            channels = choices
            observationSpace = .multiDiscrete(Array(repeating: choices, count: count))
        case .multiDiscrete(let counts):
            channels = inner.size
            observationSpace = .multiDiscrete((0..<count).flatMap { _ in counts })
        case .binary:
            channels = inner.size
            observationSpace = .binary(shape: [inner.size * count])
        case .box(let low, let high):
            channels = low.count
            observationSpace = .box(
                low: (0..<count).flatMap { _ in low }, high: (0..<count).flatMap { _ in high })
        }
    }

    @inlinable public var state: State {
        get { State(task: task.state, frames: frames) }
        set {
            task.state = newValue.task
            frames = newValue.frames
        }
    }

    @inlinable
    public mutating func reset(using random: inout RandomStream) {
        task.reset(using: &random)
        for frame in 0..<count { Self.show(task, in: frame * size..<(frame + 1) * size, of: &frames) }
    }

    @inlinable
    public mutating func step(_ action: Task.Action, using random: inout RandomStream) -> Transition {
        let transition = task.step(action, using: &random)
        for place in 0..<(count - 1) * size { frames[place] = frames[place + size] }
        Self.show(task, in: (count - 1) * size..<count * size, of: &frames)
        return transition
    }

    @inlinable
    static func show(_ task: Task, in range: Range<Int>, of frames: inout [Float]) {
        var span = frames.mutableSpan
        var row = span._mutatingExtracting(range)
        task.observe(into: &row)
    }

    @inlinable
    public func observe(into row: inout MutableSpan<Float>) {
        // [cells, count, channels] of [count, cells, channels]
        for frame in 0..<count {
            for cell in 0..<size / channels {
                for channel in 0..<channels {
                    row[(cell * count + frame) * channels + channel] =
                        frames[frame * size + cell * channels + channel]
                }
            }
        }
    }
}

extension FrameStack: HeuristicEnvironment where Task: HeuristicEnvironment {}
