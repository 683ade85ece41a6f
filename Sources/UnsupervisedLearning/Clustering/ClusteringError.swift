/// Why data cannot be clustered as asked.
public enum ClusteringError: Error, Equatable, CustomStringConvertible {
    /// A setting is out of its range.
    case setting(name: String, value: String, range: String)
    /// There are fewer rows than clusters.
    case tooFewRows(rows: Int, clusters: Int)
    /// The rows have no columns.
    case noColumns
    /// A value that is not finite, or so great that its square is not.
    case value(row: Int, column: Int, value: Float)
    /// Rows or centroids of another width than expected.
    case columns(found: Int, expected: Int)
    /// Another number of initial centroids than clusters.
    case centroids(found: Int, clusters: Int)

    public var description: String {
        switch self {
        case .setting(let name, let value, let range):
            "\(name) is \(value); it must be \(range)"
        case .tooFewRows(let rows, let clusters):
            "\(rows) rows cannot form \(clusters) clusters; ask for at most \(rows)"
        case .noColumns:
            "the rows have no columns"
        case .value(let row, let column, let value):
            "row \(row), column \(column) is \(value); clustering needs finite values up to 1e15: remove or scale them"
        case .columns(let found, let expected):
            "there are \(found) columns where \(expected) are expected"
        case .centroids(let found, let clusters):
            "\(found) initial centroids were given for \(clusters) clusters"
        }
    }
}
