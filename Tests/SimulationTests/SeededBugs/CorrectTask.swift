import Environments
import Randomness
import Simulation
import Testing

/// A task that keeps the contract.
struct CorrectTask: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let check: @Sendable (_ seed: UInt64) -> EnvironmentReport

    init<Task: Environment>(_ task: Task, stepLimit: Int? = 200) {
        testDescription = "\(Task.self)"
        check = { EnvironmentChecker(task, stepLimit: stepLimit, seed: $0).run() }
    }

    static let all = bare + wrappedCartPoles + wrappedPendulums + wrappedWalks

    private static let bare = [
        CorrectTask(CartPole(), stepLimit: nil), CorrectTask(Pendulum()), CorrectTask(Countdown(), stepLimit: nil),
        CorrectTask(Echo()), CorrectTask(BallRolling(), stepLimit: nil), CorrectTask(Walk(), stepLimit: nil),
        CorrectTask(StonesTaken(), stepLimit: nil), CorrectTask(Sled()), CorrectTask(Dials(), stepLimit: nil),
        CorrectTask(HeavyBall<SoundConstants>()), CorrectTask(Glider(), stepLimit: nil),
        CorrectTask(MountainCar()), CorrectTask(MountainCarContinuous()), CorrectTask(Acrobot()),
    ]

    private static let wrappedCartPoles = [
        CorrectTask(TimeLimit(CartPole(), limit: 50)), CorrectTask(ActionRepeat(CartPole(), count: 3)),
        CorrectTask(EpisodeStatistics(CartPole())), CorrectTask(FrameStack(CartPole(), count: 4)),
        CorrectTask(ScaledObservation(bringingToUnitRange: CartPole())),
        CorrectTask(ScaledReward(CartPole(), scale: 2)),
        CorrectTask(SelectedObservation(CartPole(), keeping: [2, 0])),
        CorrectTask(StickyActions(CartPole(), probability: 0.25)), CorrectTask(TimeFeature(CartPole(), limit: 50)),
        CorrectTask(RandomizedParameters(CartPole(), drawing: draws(CartPole.Parameters.fields[2], 0.05...0.5))),
    ]

    private static let wrappedPendulums = [
        CorrectTask(TimeLimit(Pendulum(), limit: 50), stepLimit: nil), CorrectTask(ActionRepeat(Pendulum(), count: 3)),
        CorrectTask(EpisodeStatistics(Pendulum())), CorrectTask(FrameStack(Pendulum(), count: 4)),
        CorrectTask(ScaledObservation(bringingToUnitRange: Pendulum())),
        CorrectTask(ScaledReward(Pendulum(), scale: 2)),
        CorrectTask(SelectedObservation(Pendulum(), keeping: [1, 0])),
        CorrectTask(StickyActions(Pendulum(), probability: 0.25)), CorrectTask(TimeFeature(Pendulum(), limit: 50)),
        CorrectTask(RandomizedParameters(Pendulum(), drawing: draws(Pendulum.Parameters.fields[1], 0.5...2))),
        CorrectTask(
            EpisodeStatistics(FrameStack(TimeFeature(StickyActions(Pendulum(), probability: 0.1), limit: 60), count: 2))
        ),
    ]

    private static let wrappedWalks = [
        CorrectTask(TimeLimit(Walk(), limit: 50)), CorrectTask(EpisodeStatistics(Walk())),
        CorrectTask(FrameStack(Walk(), count: 4)), CorrectTask(FrameStack(Dials(), count: 2)),
        CorrectTask(ScaledReward(StonesTaken(), scale: 2)), CorrectTask(TimeLimit(Dials(), limit: 3)),
        CorrectTask(TimeLimit(StonesTaken(), limit: 5)),
    ]

    private static func draws<Task: ParameterizedEnvironment>(
        _ parameter: EnvironmentParameter<Task.Parameters>, _ range: ClosedRange<Double>
    ) -> [RandomizedParameters<Task>.Draw] {
        (try? RandomizedParameters<Task>.Draw(parameter, from: range)).map { [$0] } ?? []
    }

    /// And one with two mistakes that show at each step.
    struct Broken: BallTask {
        var ball = Ball()
        mutating func step(_ action: Int, using random: inout RandomStream) -> Transition {
            var transition = roll(action, using: &random)
            transition.reward = .infinity
            return transition
        }
        func observe(into row: inout MutableSpan<Float>) { row[1] = Float(ball.velocity) }
    }
}
