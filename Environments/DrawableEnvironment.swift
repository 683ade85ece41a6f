public import Plotting
public import Simulation

/// A task that can show itself: in stills for a report, and in every frame of a film.
public protocol DrawableEnvironment: Environment {
    /// What is to be seen, with units: "track of ±2.4 m · arrow: push of 10 N".
    static var legend: String { get }

    /// What `state` looks like, with the action that is taken in it; nil after an episode's last step. All sketches of a
    /// task show the same ranges.
    static func sketch(of state: State, taking action: Action?) -> Sketch
}
