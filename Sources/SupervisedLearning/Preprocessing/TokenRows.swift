/// For each sample some places in a table of embeddings, perhaps with weights: words of a text, terms with their
/// frequencies, a user and an item.
public struct TokenRows: Sendable, Equatable {
    /// The number of different places: indices are below it.
    public let tokenCount: Int
    /// How many places a row has room for.
    public let width: Int
    /// Row after row, from 0 to `tokenCount` − 1; −1 where a row has no more: `[n, width]`.
    public let indices: [Int32]
    /// 0 where there is no index; nil if all weigh the same: `[n, width]`.
    public let weights: [Float]?

    /// - Precondition: `width` is positive, indices and weights fill whole rows, and indices are below `tokenCount`.
    public init(tokenCount: Int, width: Int, indices: [Int32], weights: [Float]? = nil) {
        precondition(width > 0 && indices.count.isMultiple(of: width), "\(indices.count) indices in rows of \(width)")
        precondition(weights.map { $0.count == indices.count } ?? true, "\(weights?.count ?? 0) weights")
        let stranger = indices.first { $0 < -1 || $0 >= tokenCount }
        precondition(stranger == nil, "the index \(stranger ?? 0) of \(tokenCount)")
        self.tokenCount = tokenCount
        self.width = width
        self.indices = indices
        self.weights = weights
    }

    public var rowCount: Int { indices.count / width }

    /// The rows at `rows`, in that order.
    public func rows(_ rows: some Collection<Int>) -> TokenRows {
        func chosen<Value>(_ values: [Value]) -> [Value] {
            rows.flatMap { values[$0 * width..<($0 + 1) * width] }
        }
        return TokenRows(
            tokenCount: tokenCount, width: width, indices: chosen(indices), weights: weights.map(chosen))
    }
}
