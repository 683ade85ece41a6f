/// Where a run came from, if not from nothing.
public struct Lineage: Codable, Sendable, Equatable {
    public enum Relation: String, Codable, Sendable {
        /// The same work once more, from the beginning.
        case rerun
        /// Other work that begins with the parameters which the parent ended with.
        case continuation
    }

    public var relation: Relation
    /// The parent's name.
    public var parent: String
    /// When the parent began, so that it is known even if its name has been given to another run.
    public var parentBegan: String

    init(_ relation: Relation, of parent: RunRecord) {
        self.relation = relation
        self.parent = parent.name
        parentBegan = parent.began
    }
}
