import Environments
import Foundation
import Simulation

/// The largest distance between the distributions of two samples: Smirnov (1948).
func kolmogorovSmirnovDistance(_ a: [Double], _ b: [Double]) -> Double {
    let (a, b) = (a.sorted(), b.sorted())
    var (i, j, distance) = (0, 0, 0.0)
    while i < a.count, j < b.count {
        let value = min(a[i], b[j])
        while i < a.count, a[i] <= value { i += 1 }
        while j < b.count, b[j] <= value { j += 1 }
        distance = max(distance, abs(Double(i) / Double(a.count) - Double(j) / Double(b.count)))
    }
    return distance
}

/// The returns of Gymnasium's episodes, read from `Fixtures/box2d-returns.json`.
struct GymnasiumReturns: Decodable {
    var environment: String
    /// "random" or "heuristic"
    var policy: String
    /// [1000], sorted.
    var returns: [Double]

    static func of(_ environment: String, _ policy: String) throws -> [Double] {
        struct Fixture: Decodable { var samples: [GymnasiumReturns] }
        let fixture = try JSONDecoder().decode(Fixture.self, from: Data(PackageResources.box2d_returns_json))
        return fixture.samples.first { $0.environment == environment && $0.policy == policy }?.returns ?? []
    }
}

/// The returns of so many episodes of a task, in lanes that run side by side: the first episode of each lane.
func returns(of name: String, policy: String, episodes: Int, seed: UInt64) throws -> [Double] {
    let specification = try Environments.named(name)
    func play<Task: Environment>(_ task: Task) throws -> [Double] {
        var player = try EpisodePlayer(
            of: task, limit: specification.stepLimit, seed: seed, purpose: "comparison",
            policy: policy == "random" ? .random : .heuristic)
        return try (0..<episodes).map { _ in
            player.begin()
            while player.outcome == .running, let action = try player.chooseAction() { _ = player.step(action) }
            return player.return
        }
    }
    return try play(specification.task)
}
