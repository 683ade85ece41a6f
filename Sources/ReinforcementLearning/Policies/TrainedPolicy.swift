public import Simulation

/// A policy as a training left it: it takes the likeliest action for each observation, and learns nothing.
public struct TrainedPolicy: Sendable {
    let actor: Actor
    /// Is used as it stands.
    let normalizer: ObservationNormalizer?

    /// Writes the action of each lane at step 0 of `rollout`, whose row 0 of observations is normalized on the way.
    public func act(in rollout: inout Rollout) {
        normalizer?.normalize(&rollout.observations, rows: 0..<rollout.laneCount)
        actor.takeLikeliest(0, of: &rollout)
    }
}
