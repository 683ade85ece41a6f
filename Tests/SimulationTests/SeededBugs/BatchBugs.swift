import LinearAlgebra
import Randomness
import Simulation

extension SeededBug {
    /// What shows where several copies are moved at once.
    static let batches: [SeededBug] = [
        SeededBug("copies moved at once that all get the first one's speed", .batchesAgree, MixedPlaces()),
        SeededBug("copies moved at once in another order of operations", .batchesAgree, OtherOrder()),
        SeededBug("copies moved at once that need not look at the end", .batchesAgree, EndlessAtOnce()),
        SeededBug("wind in step, and none in copies moved at once", .batchesAgree, Windless()),
    ]
}

/// A glider that is pushed and slows down, without any wind: several can be moved at once, as `moved` says for one.
protocol GliderTask: BallTask, LaneParallelEnvironment where Motion == [Ball], State == Ball {}

extension GliderTask {
    static func moved(_ ball: Ball) -> Ball {
        let velocity = ball.velocity - 0.1 * ball.velocity
        return Ball(position: ball.position + velocity, velocity: velocity)
    }

    static func transition(_ ball: Ball) -> Transition {
        Transition(reward: -abs(ball.position), outcome: abs(ball.position) > 1 ? .terminated : .running)
    }

    mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
        ball.velocity += 0.1 * Double(action - 1)
        ball = Self.moved(ball)
        return Self.transition(ball)
    }

    static func makeMotion(of task: Self) -> [Ball] { Array(repeating: Ball(), count: DoubleLanes.count) }

    func enter(_ motion: inout [Ball], at place: Int, taking action: Int) {
        motion[place] = Ball(position: ball.position, velocity: ball.velocity + 0.1 * Double(action - 1))
    }

    static func move(_ motion: inout [Ball], of task: Self) { motion = motion.map(moved) }

    mutating func leave(_ motion: [Ball], at place: Int) -> Transition {
        ball = motion[place]
        return Self.transition(ball)
    }
}

struct Glider: GliderTask { var ball = Ball() }

private struct MixedPlaces: GliderTask {
    var ball = Ball()
    mutating func leave(_ motion: [Ball], at place: Int) -> Transition {
        ball = Ball(position: motion[place].position, velocity: motion[0].velocity)
        return Self.transition(ball)
    }
}

/// Nine tenths of the speed are not the speed less a tenth of it, in the last bit.
private struct OtherOrder: GliderTask {
    var ball = Ball()
    static func move(_ motion: inout [Ball], of task: Self) {
        motion = motion.map { Ball(position: $0.position + 0.9 * $0.velocity, velocity: 0.9 * $0.velocity) }
    }
}

private struct EndlessAtOnce: GliderTask {
    var ball = Ball()
    mutating func leave(_ motion: [Ball], at place: Int) -> Transition {
        ball = motion[place]
        return Transition(reward: -abs(ball.position))
    }
}

private struct Windless: GliderTask {
    var ball = Ball()
    mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
        ball.velocity += 0.1 * Double(action - 1) + random.uniform(in: -0.01...0.01)
        ball = Self.moved(ball)
        return Self.transition(ball)
    }
}
