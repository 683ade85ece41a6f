/// Samples that the preprocessing of a model, or of any model, cannot take.
public struct PreprocessingError: Error, Sendable, Equatable, CustomStringConvertible {
    public let problem: String
    /// What to do about it.
    public let advice: String

    public init(_ problem: String, advice: String) {
        self.problem = problem
        self.advice = advice
    }

    public var description: String { problem + "; " + advice }
}
