/// A constant of a task as lists show it.
public struct ParameterDescription: Sendable, Equatable, Codable {
    public let name: String
    /// "kg"; empty for a bare number.
    public let unit: String
    /// Of the task as it stands.
    public let value: Double
    public let low: Double
    public let high: Double
}

/// Another value of a constant, or a range that it is drawn from for each episode.
public struct ParameterSetting: Sendable, Equatable {
    public let name: String
    public let range: ClosedRange<Double>

    public init(_ name: String, _ range: ClosedRange<Double>) {
        self.name = name
        self.range = range
    }

    /// Reads "poleMass=0.2" or "poleMass=0.05..0.5".
    ///
    /// - Throws: if `text` is neither.
    public init(parsing text: Substring) throws(EnvironmentError) {
        let sides = text.split(separator: "=", omittingEmptySubsequences: false)
        guard sides.count == 2, !sides[0].isEmpty else {
            throw EnvironmentError("'\(text)' sets no constant: write NAME=VALUE, or NAME=LOW..HIGH to draw it")
        }
        let ends = sides[1].split(separator: "..", omittingEmptySubsequences: false).map { Double($0) }
        guard let low = ends.first ?? nil, let high = ends.last ?? nil, ends.count <= 2, low.isFinite, high.isFinite,
            low <= high
        else {
            throw EnvironmentError(
                "'\(sides[1])' is no value of \(sides[0]): write a number, or LOW..HIGH with LOW not above HIGH")
        }
        self.init(String(sides[0]), low...high)
    }
}

extension EnvironmentSpecification {
    /// The constants that may be changed; empty if the task has none.
    public var parameters: [ParameterDescription] {
        func describe<Task: ParameterizedEnvironment>(_ task: Task) -> [ParameterDescription] {
            Task.Parameters.fields.map { field in
                ParameterDescription(
                    name: field.name, unit: field.unit, value: task.parameters[keyPath: field.keyPath],
                    low: field.range.lowerBound, high: field.range.upperBound)
            }
        }
        return (task as? any ParameterizedEnvironment).map { describe($0) } ?? []
    }

    /// The same task with other constants, or such as are drawn anew for each episode.
    ///
    /// - Parameter id: what the changed task is called.
    /// - Throws: if it has no constant of a name, or the constant cannot have a value.
    public func setting(
        _ settings: [ParameterSetting], id: String
    ) throws(EnvironmentError) -> EnvironmentSpecification {
        func change<Task: ParameterizedEnvironment>(
            _ task: Task
        ) throws(EnvironmentError) -> EnvironmentSpecification {
            var task = task
            var draws: [RandomizedParameters<Task>.Draw] = []
            for setting in settings {
                guard let field = Task.Parameters.fields.first(where: { $0.name == setting.name }) else {
                    throw EnvironmentError(
                        "\(self.id) has no constant '\(setting.name)'; it has "
                            + Task.Parameters.fields.map(\.name).joined(separator: ", "))
                }
                let draw = try RandomizedParameters<Task>.Draw(field, from: setting.range)
                if setting.range.lowerBound == setting.range.upperBound {
                    task.parameters[keyPath: field.keyPath] = setting.range.lowerBound
                } else {
                    draws.append(draw)
                }
            }
            guard !draws.isEmpty else { return replacing(task, id: id) }
            return replacing(RandomizedParameters(task, drawing: draws), id: id)
        }
        guard !settings.isEmpty else { return self }
        guard let task = task as? any ParameterizedEnvironment else {
            throw EnvironmentError("\(self.id) has no constants that can be changed")
        }
        return try change(task)
    }

    /// What is known of returns holds for the constants of the source only.
    private func replacing(_ task: some Environment, id: String) -> EnvironmentSpecification {
        EnvironmentSpecification(
            id: id, summary: summary, stepLimit: stepLimit, actionNames: actionNames, plane: plane, recipes: recipes,
            task: task)
    }
}
