/// What is known for certain about the distances of rows to moving centroids: at most how far the own centroid is, and
/// at least how far every other one (Hamerly, 2010). A row whose bounds do not meet keeps its label unseen.
///
/// Rows that have to be looked at are listed, so that the kernel reads them one behind the other.
struct DistanceBounds: Sendable {
    /// At least the distance to the centroid of the label `[rows, 1]`, infinite where nothing is known.
    private var upper: Matrix<Float>
    /// At most the distance to any other centroid `[rows, 1]`.
    private var lower: Matrix<Float>
    /// How far each centroid moved since the bounds were set `[k, 1]`.
    private var moved: Matrix<Float>
    /// The centroid that moved farthest, how far, and how far the others at most.
    private var farthest = Int32(-1)
    private var farthestMove: Float = 0
    private var otherMoves: Float = 0
    /// The rows to look at, each shard's from the place of its first row on `[rows, 1]`.
    private var uncertain: Matrix<Int32>

    init(rows: Int, clusters: Int) {
        upper = Matrix(rows: rows, columns: 1, repeating: .infinity)
        lower = Matrix(rows: rows, columns: 1, repeating: 0)
        moved = Matrix(rows: clusters, columns: 1, repeating: 0)
        uncertain = Matrix(rows: rows, columns: 1, repeating: 0)
    }

    /// Forgets everything.
    mutating func forget() {
        upper.withUnsafeMutableBufferPointer { $0.update(repeating: .infinity) }
        applied()
    }

    /// Notes that centroids moved.
    ///
    /// - Parameter squaredMoves: the square of how far each did `[k]`.
    mutating func centroidsMoved(by squaredMoves: UnsafePointer<Double>) {
        let moved = moved.writablePointer()
        (farthest, farthestMove, otherMoves) = (-1, 0, 0)
        for cluster in 0..<self.moved.rowCount {
            moved[cluster] = Float(squaredMoves[cluster].squareRoot()) * DistanceBounds.up
            if moved[cluster] > farthestMove {
                (farthest, farthestMove, otherMoves) = (Int32(cluster), moved[cluster], farthestMove)
            } else {
                otherMoves = max(otherMoves, moved[cluster])
            }
        }
    }

    /// Notes that all bounds allow for the moves.
    mutating func applied() {
        moved.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
        (farthest, farthestMove, otherMoves) = (-1, 0, 0)
    }

    mutating func editor() -> Editor {
        Editor(
            upper: upper.writablePointer(), lower: lower.writablePointer(), moved: moved.pointer, farthest: farthest,
            farthestMove: farthestMove, otherMoves: otherMoves, uncertain: uncertain.writablePointer())
    }

    // Factors that make up for the rounding of one operation or two, whichever way it went.
    private static let up: Float = 1 + 0x1p-21
    private static let down: Float = 1 - 0x1p-21

    /// Reads and writes the bounds of different rows at the same time.
    struct Editor {
        fileprivate let upper: UnsafeMutablePointer<Float>
        fileprivate let lower: UnsafeMutablePointer<Float>
        fileprivate let moved: UnsafePointer<Float>
        fileprivate let farthest: Int32
        fileprivate let farthestMove: Float
        fileprivate let otherMoves: Float
        fileprivate let uncertain: UnsafeMutablePointer<Int32>

        /// Allows for the moves of the centroids, and lists the rows of `range` that may have another nearest centroid.
        func uncertainRows(
            of range: Range<Int>, _ labels: UnsafePointer<Int32>
        ) -> (rows: UnsafePointer<Int32>, count: Int) {
            let list = uncertain + range.lowerBound
            var count = 0
            for row in range {
                guard upper[row] < .infinity else {
                    list[count] = Int32(row)
                    count += 1
                    continue
                }
                let label = labels[row]
                upper[row] = (upper[row] + moved[Int(label)]) * DistanceBounds.up
                lower[row] = (lower[row] - (label == farthest ? otherMoves : farthestMove)) * DistanceBounds.down
                // Written whether or not it counts: no branch to mispredict.
                list[count] = Int32(row)
                count += upper[row] < lower[row] ? 0 : 1
            }
            return (UnsafePointer(list), count)
        }

        /// Sets the bounds of a row from squared distances: of its centroid at most, of all others at least.
        func set(_ row: Int, best: Double, second: Double) {
            upper[row] = Float(max(best, 0).squareRoot()) * DistanceBounds.up
            lower[row] = Float(max(second, 0).squareRoot()) * DistanceBounds.down
        }

        /// Forgets a row: it will be looked at.
        func forget(_ row: Int) { upper[row] = .infinity }
    }
}
