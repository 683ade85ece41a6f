import FileFormats
public import Simulation

/// The tasks that come with Fledge.
public enum Environments {
    /// Every task; a new one adds its line here.
    public static let all: [EnvironmentSpecification] =
        [
            CartPole.specification,
            CartPole.withoutVelocities,
            MountainCar.specification,
            MountainCarContinuous.specification,
            Acrobot.specification,
            Pendulum.specification,
            Pendulum.withoutVelocity,
            FrozenLake.specification,
            FrozenLake.largeSpecification,
            FrozenLake.calmSpecification,
            CliffWalking.specification,
            CliffWalking.slipperySpecification,
            Taxi.specification,
            Blackjack.specification,
            TicTacToe.specification,
            TicTacToe.againstRandom,
            ConnectFour.specification,
            ConnectFour.againstRandom,
            ConnectFour.againstHeuristic,
            TMaze.specification,
            LunarLander.specification,
            LunarLanderContinuous.specification,
            BipedalWalker.specification,
            BipedalWalker.hardcoreSpecification,
        ] + MinAtarSpecifications.all + Probes.specifications

    /// The task called `name`, by its id, its Gymnasium id or another of its names; case does not count. Constants of the
    /// task may follow a colon: "cart-pole:poleMass=0.2,force=5..15" has another mass, and draws the force anew for each
    /// episode.
    ///
    /// - Throws: `UnknownEnvironment` if there is none, suggesting the nearest; `EnvironmentError` if it has no such
    ///   constant.
    public static func named(_ name: String) throws -> EnvironmentSpecification {
        let parts = name.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let folded = parts[0].lowercased()
        guard let found = all.first(where: { $0.names.contains { $0.lowercased() == folded } }) else {
            throw UnknownEnvironment(name: String(parts[0]))
        }
        guard parts.count > 1 else { return found }
        let settings = try parts[1].split(separator: ",", omittingEmptySubsequences: false)
            .map { try ParameterSetting(parsing: $0) }
        return try found.setting(settings, id: "\(found.id):\(parts[1])")
    }

    /// The tuned settings called `name` ("zoo", "cleanrl") of the task with id `environment`, as JSON; nil if there
    /// are none.
    public static func recipe(environment: String, name: String) -> [UInt8]? {
        all.first { $0.id == environment }?.recipes.first { $0.key == name }?.value
    }
}

/// A name that no task has.
public struct UnknownEnvironment: Error, Equatable, CustomStringConvertible {
    public let name: String
    /// The task's name that is most like it, if one is.
    public let suggestion: String?

    init(name: String) {
        self.name = name
        suggestion = nearestName(
            to: name, among: Environments.all.flatMap(\.names))
    }

    public var description: String {
        let known = Environments.all.map(\.id).joined(separator: ", ")
        guard let suggestion else { return "there is no environment '\(name)'; there are \(known)" }
        return "there is no environment '\(name)'; did you mean '\(suggestion)'?"
    }
}
