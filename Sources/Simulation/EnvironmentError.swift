/// What is wrong with an environment, or with a state that one is to be restored from.
public struct EnvironmentError: Error, Equatable, CustomStringConvertible {
    public let description: String

    public init(_ description: String) {
        self.description = description
    }
}
