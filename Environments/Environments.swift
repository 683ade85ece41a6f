import FileFormats
public import Simulation

/// The tasks that come with Fledge.
public enum Environments {
    /// Every task; a new one adds its line here.
    public static let all: [EnvironmentSpecification] = [
        CartPole.specification,
        Pendulum.specification,
    ]

    /// The task called `name`, by its id or its Gymnasium id; case does not count.
    ///
    /// - Throws: if there is none; the error suggests the nearest.
    public static func named(_ name: String) throws(UnknownEnvironment) -> EnvironmentSpecification {
        let folded = name.lowercased()
        for specification in all
        where specification.id == folded || specification.gymnasiumID?.lowercased() == folded {
            return specification
        }
        throw UnknownEnvironment(name: name)
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
            to: name, among: Environments.all.flatMap { [$0.id] + [$0.gymnasiumID].compactMap(\.self) })
    }

    public var description: String {
        let known = Environments.all.map(\.id).joined(separator: ", ")
        guard let suggestion else { return "there is no environment '\(name)'; there are \(known)" }
        return "there is no environment '\(name)'; did you mean '\(suggestion)'?"
    }
}
