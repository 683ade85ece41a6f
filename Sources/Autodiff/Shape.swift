/// The shape of a symbolic tensor: its dimensions, and whether an axis over the batch stands in front of them.
///
/// The batch axis has no number: a program is planned for a batch size after it was traced. `[batch, 64]` is a batch of
/// rows of 64; `[64]` is one such row, the same for the whole batch; `[]` is a scalar.
public struct Shape: Hashable, Sendable, CustomStringConvertible {
    /// Whether the first axis is the batch.
    public let isBatched: Bool
    /// The dimensions after the batch axis.
    public let dimensions: [Int]

    public init(_ dimensions: [Int], isBatched: Bool = false) {
        precondition(dimensions.allSatisfy { $0 > 0 }, "dimensions \(dimensions): each must be at least 1")
        self.isBatched = isBatched
        self.dimensions = dimensions
    }

    public static func batch(_ dimensions: Int...) -> Shape { Shape(dimensions, isBatched: true) }
    public static let scalar = Shape([])

    /// The number of elements, for each row of the batch where there is one.
    public var elementsPerRow: Int { dimensions.reduce(1, *) }

    /// The shape as kernels see it, a row-major matrix: the batch, or the first of several dimensions, makes the rows.
    func extents(batch: Int) -> Extents {
        if isBatched { return Extents(rows: batch, columns: elementsPerRow) }
        guard dimensions.count > 1 else { return Extents(rows: 1, columns: elementsPerRow) }
        return Extents(rows: dimensions[0], columns: elementsPerRow / dimensions[0])
    }

    public var description: String {
        "[" + ((isBatched ? ["batch"] : []) + dimensions.map(String.init)).joined(separator: ", ") + "]"
    }

    /// The shape that elementwise operations on two shapes give: equal shapes stay; a dimension of 1, a missing leading
    /// dimension and a missing batch axis are broadcast. Nil where the two do not fit.
    ///
    /// The batch axis only ever meets the batch axis: `[batch]` and `[batch, 64]` do not fit, `[batch, 1]` does.
    func broadcast(with other: Shape) -> Shape? {
        if self == other { return self }
        let (long, short) = dimensions.count >= other.dimensions.count ? (self, other) : (other, self)
        let missing = long.dimensions.count - short.dimensions.count
        if short.isBatched && missing > 0 { return nil }
        var result = long.dimensions
        for (place, dimension) in short.dimensions.enumerated() {
            let opposite = long.dimensions[missing + place]
            guard opposite == dimension || opposite == 1 || dimension == 1 else { return nil }
            result[missing + place] = max(opposite, dimension)
        }
        let candidate = Shape(result, isBatched: isBatched || other.isBatched)
        let repetitions = [Repetition(of: self, in: candidate), Repetition(of: other, in: candidate)]
        return Repetition.areCompatible(repetitions) ? candidate : nil
    }
}

/// A row-major matrix's number of rows and columns.
struct Extents: Equatable, Sendable {
    var rows: Int
    var columns: Int
    var count: Int { rows * columns }
}
