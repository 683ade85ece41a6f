/// A dashed horizontal line with its meaning, such as "solved: 475".
public struct ReferenceLine: Sendable, Equatable {
    public var label: String
    public var value: Double

    public init(_ label: String, at value: Double) {
        self.label = label
        self.value = value
    }
}
