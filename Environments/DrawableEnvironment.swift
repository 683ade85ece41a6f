public import Plotting
public import Simulation

/// A task that can show itself: in stills for a report, and in every frame of a film.
public protocol DrawableEnvironment: Environment {
    /// What is to be seen, with units: "track of ±2.4 m · arrow: push of 10 N".
    var legend: String { get }

    /// What the present state looks like, with the action that is taken in it; nil after an episode's last step. All
    /// sketches of an episode show the same ranges.
    func sketch(taking action: Action?) -> Sketch

    /// How many steps of a film are shown in a second.
    var framesPerSecond: Double { get }
}

extension DrawableEnvironment {
    public var framesPerSecond: Double { 30 }
}

extension DrawableEnvironment where Self: EnvironmentWrapper, Action == Task.Action, Task: DrawableEnvironment {
    public var legend: String { task.legend }
    public func sketch(taking action: Action?) -> Sketch { task.sketch(taking: action) }
    public var framesPerSecond: Double { task.framesPerSecond }
}

extension TimeLimit: DrawableEnvironment where Task: DrawableEnvironment {}
extension ActionRepeat: DrawableEnvironment where Task: DrawableEnvironment {}
extension StickyActions: DrawableEnvironment where Task: DrawableEnvironment {}
extension FrameStack: DrawableEnvironment where Task: DrawableEnvironment {}
extension ScaledReward: DrawableEnvironment where Task: DrawableEnvironment {}
extension ScaledObservation: DrawableEnvironment where Task: DrawableEnvironment {}
extension SelectedObservation: DrawableEnvironment where Task: DrawableEnvironment {}
extension TimeFeature: DrawableEnvironment where Task: DrawableEnvironment {}
extension EpisodeStatistics: DrawableEnvironment where Task: DrawableEnvironment {}
extension AgainstOpponent: DrawableEnvironment where Task: DrawableEnvironment {}
extension RandomizedParameters: DrawableEnvironment where Task: DrawableEnvironment {}
