import Foundation

/// Rollouts of Gymnasium, read from `Fixtures/gymnasium.json`.
struct GymnasiumTrajectory: Decodable {
    /// The state that was set before step `row`.
    struct Start: Decodable {
        var row: Int
        var state: [Double]
    }

    var environment: String
    var starts: [Start]
    /// Action, state after the step, observation, reward, terminated, truncated.
    var rows: [[Double]]

    static func all(of environment: String) throws -> [GymnasiumTrajectory] {
        struct Fixture: Decodable { var trajectories: [GymnasiumTrajectory] }
        let fixture = try JSONDecoder().decode(Fixture.self, from: Data(PackageResources.gymnasium_json))
        return fixture.trajectories.filter { $0.environment == environment }
    }
}

/// The largest absolute difference of two vectors of the same length.
func largestDifference(_ a: some Collection<Double>, _ b: some Collection<Double>) -> Double {
    precondition(a.count == b.count, "vectors of \(a.count) and \(b.count) elements")
    return zip(a, b).map { abs($0 - $1) }.max() ?? 0
}
