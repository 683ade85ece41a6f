internal import CKernels

/// Centroids packed for the search of the nearest one, with a certificate.
///
/// A row's score for centroid j is ‖c_j‖² − 2 row · c_j (less what is the same for all j), computed in few digits: 16 bits
/// for rows of bytes, 32 for rows of floats. What rounding can have done to it is at most
/// 2 ‖row − origin‖ · errorNorm + rounding of the sums, so a row whose best two scores are further apart than twice that
/// has its nearest centroid for certain. The few others are decided by distances in double precision. Labels are thus
/// those of exact arithmetic, whatever the CPU level.
struct CentroidPanel<Element: ClusterElement>: Sendable {
    let columnCount: Int
    let stride: Int
    /// Packed centroids `[k, stride]`, zero behind the columns.
    private var values: Matrix<Element.Packed>
    /// `[1, k]`
    private var offsets: Matrix<Float>
    private var packed: [ck_packed_centroid]
    let origin: Matrix<Float>
    private let originNorm: Double
    /// Rows at the distance r from the origin have gaps known to within `gapPerDistance · r + gap`.
    private(set) var gapPerDistance = Double.infinity
    private(set) var gap = Double.infinity

    init(centroids count: Int, columns: Int, origin: Matrix<Float>) {
        columnCount = columns
        stride = (columns + 31) / 32 * 32
        values = Matrix(rows: count, columns: stride, repeating: Element.packedZero)
        offsets = Matrix(rows: 1, columns: count, repeating: 0)
        packed = Array(repeating: ck_packed_centroid(), count: count)
        self.origin = origin
        originNorm = origin.array.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
    }

    /// Packs all centroids `[k, columns]`.
    mutating func pack(_ centroids: Matrix<Float>, on pool: WorkerPool) {
        let values = values.writablePointer()
        let offsets = offsets.writablePointer()
        let (source, origin, stride, columns) = (centroids.pointer, origin.pointer, stride, columnCount)
        packed.withUnsafeMutableBufferPointer { packed in
            pool.run(packed.count) { j in
                Element.pack(
                    values + j * stride, packed.baseAddress! + j, source + j * columns, origin, columns: columns)
                offsets[j] = Float(packed[j].offset)
            }
        }
        certify()
    }

    /// Bounds the error of the difference of two scores.
    private mutating func certify() {
        var greatest = ck_packed_centroid()
        for centroid in packed {
            greatest.offset = max(greatest.offset, abs(centroid.offset))
            greatest.value_norm = max(greatest.value_norm, centroid.value_norm)
            greatest.error_norm = max(greatest.error_norm, centroid.error_norm)
        }
        let unit = 0x1p-24
        // One score: 2 |(row − origin) · error|, the rounding of 2 row · values, of the offset and of the difference.
        let perNorm = 2 * greatest.value_norm * (Element.productError(columns: columnCount) + 2 * unit)
        let perDistance = 2 * greatest.error_norm + perNorm
        let constant = originNorm * perNorm + 2 * unit * greatest.offset
        // Two scores; and a little for the rounding of this bound itself and for numbers too small to be normal.
        gapPerDistance = 2.01 * perDistance
        gap = 2.01 * constant + 1e-30
    }

    /// nearest [count]: the nearest centroids by score, of the first `count` of the `available` rows at `index`.
    func search(
        _ nearest: UnsafeMutablePointer<ck_nearest>, rows: UnsafePointer<Element>, index: UnsafePointer<Int32>,
        count: Int, available: Int, level: Int32
    ) {
        Element.nearest(
            level: level, nearest, rows: rows, columns: columnCount, index: index, count: count,
            available: available, packed: values.pointer, stride: stride, offsets: offsets.pointer,
            centroids: packed.count)
    }

    /// The centroid nearest to a row of `rows`, of equally near ones the lowest, by distances in double precision: between
    /// the best two if the third is certainly farther away.
    func decide(
        _ result: ck_nearest, uncertainty: Double, _ rows: UnsafePointer<Element>, row index: Int,
        _ centroids: Matrix<Float>, level: Int32
    ) -> Int32 {
        let row = rows + index * columnCount
        func distance(_ centroid: Int) -> Double {
            Element.squaredDistance(
                level: level, row, centroids.pointer + centroid * columnCount, columns: columnCount)
        }
        if result.second >= 0, Double(result.third_score) - Double(result.best_score) > uncertainty {
            let (low, high) = (min(result.best, result.second), max(result.best, result.second))
            return distance(Int(high)) < distance(Int(low)) ? high : low
        }
        var (nearest, least) = (0, distance(0))
        for centroid in 1..<max(packed.count, 1) {
            let candidate = distance(centroid)
            if candidate < least { (nearest, least) = (centroid, candidate) }
        }
        return Int32(nearest)
    }
}
