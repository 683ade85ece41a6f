package import CKernels

/// What the rows of clustered data hold: bytes or floats, each with its kernels.
package protocol ClusterElement: MatrixElement {
    /// What packed centroids hold for rows of these elements.
    associatedtype Packed: MatrixElement

    /// The additive identity of `Packed`.
    static var packedZero: Packed { get }

    /// 2 / (units of a packed value).
    static var scoreFactor: Float { get }

    /// A bound for the rounding error of the kernels' Σ row[i] · packed[i], as a multiple of ‖row‖ ‖packed‖.
    static func productError(columns: Int) -> Double

    /// Whether sums of rows and of their squares are exact in double precision.
    static var sumsAreExact: Bool { get }

    /// The point that packed centroids are relative to: near the middle of the data, so that few digits cancel.
    static func origin(of rows: Matrix<Self>) -> Matrix<Float>

    static func pack(
        _ packed: UnsafeMutablePointer<Packed>, _ result: UnsafeMutablePointer<ck_packed_centroid>,
        _ centroid: UnsafePointer<Float>, _ origin: UnsafePointer<Float>, columns: Int)

    /// The nearest centroids of the first `count` of the `available` rows at `index`.
    static func nearest(
        level: Int32, _ nearest: UnsafeMutablePointer<ck_nearest>, rows: UnsafePointer<Self>, columns: Int,
        index: UnsafePointer<Int32>, count: Int, available: Int, packed: UnsafePointer<Packed>, stride: Int,
        offsets: UnsafePointer<Float>, centroids: Int)

    static func squaredDistances(
        level: Int32, _ distances: UnsafeMutablePointer<Float>, rows: UnsafePointer<Self>, columns: Int, count: Int,
        points: UnsafePointer<Packed>, stride: Int, pointCount: Int)

    static func squaredDistance(
        level: Int32, _ row: UnsafePointer<Self>, _ point: UnsafePointer<Float>, columns: Int
    ) -> Double

    /// Adds or subtracts the rows at `index` to `sums`.
    static func accumulate(
        level: Int32, _ sums: UnsafeMutablePointer<Double>, subtracting: Bool, rows: UnsafePointer<Self>,
        columns: Int, index: UnsafePointer<Int32>, count: Int)

    /// The element as a number.
    static func number(_ element: Self) -> Float

    /// The element as `squaredDistances` takes it.
    static func packed(_ element: Self) -> Packed
}

extension UInt8: ClusterElement {
    package static var packedZero: Int16 { 0 }
    package static var scoreFactor: Float { 2 / 256 }
    package static var sumsAreExact: Bool { true }

    package static func productError(columns: Int) -> Double {
        // Products and their sums within a lane are whole numbers; then 16 lanes are added as floats, once for each
        // 2,032 columns.
        Double(8 + columns / 2032) * 0x1p-24
    }

    package static func origin(of rows: Matrix<UInt8>) -> Matrix<Float> {
        Matrix(rows: 1, columns: rows.columnCount, repeating: 128)
    }

    package static func pack(
        _ packed: UnsafeMutablePointer<Int16>, _ result: UnsafeMutablePointer<ck_packed_centroid>,
        _ centroid: UnsafePointer<Float>, _ origin: UnsafePointer<Float>, columns: Int
    ) {
        ck_pack_centroid_bytes(packed, result, centroid, origin, columns)
    }

    package static func nearest(
        level: Int32, _ nearest: UnsafeMutablePointer<ck_nearest>, rows: UnsafePointer<UInt8>, columns: Int,
        index: UnsafePointer<Int32>, count: Int, available: Int, packed: UnsafePointer<Int16>, stride: Int,
        offsets: UnsafePointer<Float>, centroids: Int
    ) {
        var panel = ck_byte_centroids(
            values: packed, stride: stride, offsets: offsets, factor: scoreFactor, count: centroids)
        ck_nearest_bytes(level, nearest, rows, columns, index, count, available, &panel)
    }

    package static func squaredDistances(
        level: Int32, _ distances: UnsafeMutablePointer<Float>, rows: UnsafePointer<UInt8>, columns: Int, count: Int,
        points: UnsafePointer<Int16>, stride: Int, pointCount: Int
    ) {
        ck_squared_distances_bytes(level, distances, rows, columns, nil, count, points, stride, pointCount)
    }

    package static func squaredDistance(
        level: Int32, _ row: UnsafePointer<UInt8>, _ point: UnsafePointer<Float>, columns: Int
    ) -> Double {
        ck_squared_distance_bytes(level, row, point, columns)
    }

    package static func accumulate(
        level: Int32, _ sums: UnsafeMutablePointer<Double>, subtracting: Bool, rows: UnsafePointer<UInt8>,
        columns: Int, index: UnsafePointer<Int32>, count: Int
    ) {
        if subtracting {
            ck_subtract_rows_bytes(level, sums, rows, columns, index, count)
        } else {
            ck_add_rows_bytes(level, sums, rows, columns, index, count)
        }
    }

    package static func number(_ element: UInt8) -> Float { Float(element) }
    package static func packed(_ element: UInt8) -> Int16 { Int16(element) }
}

extension Float: ClusterElement {
    package static var packedZero: Float { 0 }
    package static var scoreFactor: Float { 2 }
    package static var sumsAreExact: Bool { false }

    package static func productError(columns: Int) -> Double {
        // A lane adds columns / 8 products at the most, then up to 16 lanes are added.
        Double(columns / 8 + 24) * 0x1p-24
    }

    /// The mean of the rows.
    package static func origin(of rows: Matrix<Float>) -> Matrix<Float> {
        var sums = [Double](repeating: 0, count: rows.columnCount)
        let elements = rows.pointer
        for row in 0..<rows.rowCount {
            for column in 0..<rows.columnCount { sums[column] += Double(elements[row * rows.columnCount + column]) }
        }
        return Matrix(rows: 1, columns: rows.columnCount, sums.map { Float($0 / Double(max(rows.rowCount, 1))) })
    }

    package static func pack(
        _ packed: UnsafeMutablePointer<Float>, _ result: UnsafeMutablePointer<ck_packed_centroid>,
        _ centroid: UnsafePointer<Float>, _ origin: UnsafePointer<Float>, columns: Int
    ) {
        ck_pack_centroid_floats(packed, result, centroid, origin, columns)
    }

    package static func nearest(
        level: Int32, _ nearest: UnsafeMutablePointer<ck_nearest>, rows: UnsafePointer<Float>, columns: Int,
        index: UnsafePointer<Int32>, count: Int, available: Int, packed: UnsafePointer<Float>, stride: Int,
        offsets: UnsafePointer<Float>, centroids: Int
    ) {
        var panel = ck_float_centroids(
            values: packed, stride: stride, offsets: offsets, factor: scoreFactor, count: centroids)
        ck_nearest_floats(level, nearest, rows, columns, index, count, available, &panel)
    }

    package static func squaredDistances(
        level: Int32, _ distances: UnsafeMutablePointer<Float>, rows: UnsafePointer<Float>, columns: Int, count: Int,
        points: UnsafePointer<Float>, stride: Int, pointCount: Int
    ) {
        ck_squared_distances_floats(level, distances, rows, columns, nil, count, points, stride, pointCount)
    }

    package static func squaredDistance(
        level: Int32, _ row: UnsafePointer<Float>, _ point: UnsafePointer<Float>, columns: Int
    ) -> Double {
        ck_squared_distance_floats(level, row, point, columns)
    }

    package static func accumulate(
        level: Int32, _ sums: UnsafeMutablePointer<Double>, subtracting: Bool, rows: UnsafePointer<Float>,
        columns: Int, index: UnsafePointer<Int32>, count: Int
    ) {
        if subtracting {
            ck_subtract_rows_floats(level, sums, rows, columns, index, count)
        } else {
            ck_add_rows_floats(level, sums, rows, columns, index, count)
        }
    }

    package static func number(_ element: Float) -> Float { element }
    package static func packed(_ element: Float) -> Float { element }
}
