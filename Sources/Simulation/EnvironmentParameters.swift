/// The constants of a task: masses, lengths, wind. All are numbers, so that any can be set by name and drawn anew for each
/// episode.
public protocol EnvironmentParameters: Codable, Equatable, Sendable {
    /// The values of the task's source.
    init()

    /// One for each constant that may be changed.
    static var fields: [EnvironmentParameter<Self>] { get }
}

/// One constant of a task.
public struct EnvironmentParameter<Parameters: EnvironmentParameters>: Sendable {
    /// As on the command line: "poleMass".
    public let name: String
    /// "kg"; empty for a bare number.
    public let unit: String
    /// What the task makes sense with.
    public let range: ClosedRange<Double>
    public let keyPath: any WritableKeyPath<Parameters, Double> & Sendable

    public init(
        _ name: String, unit: String = "", in range: ClosedRange<Double>,
        _ keyPath: any WritableKeyPath<Parameters, Double> & Sendable
    ) {
        self.name = name
        self.unit = unit
        self.range = range
        self.keyPath = keyPath
    }
}

/// A task whose constants can be changed. They hold from one `reset` to the next.
public protocol ParameterizedEnvironment: Environment {
    associatedtype Parameters: EnvironmentParameters

    var parameters: Parameters { get set }
}

extension EnvironmentParameter {
    /// - Throws: if the parameter cannot be `value`.
    func check(_ value: Double) throws(EnvironmentError) {
        guard !range.contains(value) else { return }
        throw EnvironmentError(
            "\(name) cannot be \(value): give a number from \(range.lowerBound) to \(range.upperBound)"
                + (unit.isEmpty ? "" : " \(unit)"))
    }
}
