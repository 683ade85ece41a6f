// Replaced by the file formats' author.
public struct Archive: Sendable {
    public init() {}
}
