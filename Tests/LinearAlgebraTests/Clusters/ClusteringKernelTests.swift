import CKernels
import LinearAlgebra
import Testing

/// Every level that this machine has, against plain C.
private let levels = Array(1...max(ck_clustering_level(), 1)).filter { $0 <= ck_clustering_level() }

/// Widths around every vector length, and beyond a block of 2,032 columns.
private let widths = [1, 2, 7, 8, 15, 16, 17, 31, 32, 33, 64, 100, 784, 2031, 2049, 4100]

private struct Numbers {
    private var state: UInt64 = 88_172_645_463_325_252

    mutating func next(below limit: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state % UInt64(limit))
    }
}

@Suite struct ClusteringKernelTests {
    @Test(arguments: levels, widths)
    func `the nearest centroids of bytes are those of the reference`(level: Int32, columns: Int) {
        var numbers = Numbers()
        let stride = (columns + 31) / 32 * 32
        let rows = (0..<51 * columns).map { _ in UInt8(numbers.next(below: 256)) }
        let index = (0..<60).map { _ in Int32(numbers.next(below: 51)) }
        for count in [1, 2, 5, 6, 7, 13] {
            var values = [Int16](repeating: 0, count: count * stride)
            for j in 0..<count {
                for i in 0..<columns { values[j * stride + i] = Int16(numbers.next(below: 65_536) - 32_768) }
            }
            let offsets = (0..<count).map { _ in Float(numbers.next(below: 100_000)) }
            func nearest(_ level: Int32, _ index: [Int32]?, _ rowCount: Int) -> [ck_nearest] {
                var result = [ck_nearest](repeating: ck_nearest(), count: rowCount)
                values.withUnsafeBufferPointer { values in
                    offsets.withUnsafeBufferPointer { offsets in
                        var centroids = ck_byte_centroids(
                            values: values.baseAddress, stride: stride, offsets: offsets.baseAddress,
                            factor: 1 / 128, count: count)
                        ck_nearest_bytes(level, &result, rows, columns, index, rowCount, rowCount, &centroids)
                    }
                }
                return result
            }
            expectEqual(nearest(level, nil, 51), nearest(0, nil, 51), scale: Float(columns) * 65_280)
            expectEqual(nearest(level, index, 60), nearest(0, index, 60), scale: Float(columns) * 65_280)
        }
    }

    @Test(arguments: levels, widths)
    func `the nearest centroids of floats are those of the reference`(level: Int32, columns: Int) {
        var numbers = Numbers()
        let stride = (columns + 31) / 32 * 32
        let rows = (0..<51 * columns).map { _ in Float(numbers.next(below: 2001) - 1000) / 1000 }
        for count in [1, 3, 5, 12, 13] {
            var values = [Float](repeating: 0, count: count * stride)
            for j in 0..<count {
                for i in 0..<columns { values[j * stride + i] = Float(numbers.next(below: 2001) - 1000) / 1000 }
            }
            let offsets = (0..<count).map { _ in Float(numbers.next(below: 1000)) / 100 }
            func nearest(_ level: Int32) -> [ck_nearest] {
                var result = [ck_nearest](repeating: ck_nearest(), count: 51)
                values.withUnsafeBufferPointer { values in
                    offsets.withUnsafeBufferPointer { offsets in
                        var centroids = ck_float_centroids(
                            values: values.baseAddress, stride: stride, offsets: offsets.baseAddress, factor: 2,
                            count: count)
                        ck_nearest_floats(level, &result, rows, columns, nil, 51, 51, &centroids)
                    }
                }
                return result
            }
            expectEqual(nearest(level), nearest(0), scale: Float(columns) + 10)
        }
    }

    /// The same scores up to rounding, and the same labels where the scores are further apart than that.
    private func expectEqual(_ found: [ck_nearest], _ expected: [ck_nearest], scale: Float) {
        let tolerance = scale * 2e-6
        for (a, b) in zip(found, expected) {
            for (x, y) in [
                (a.best_score, b.best_score), (a.second_score, b.second_score), (a.third_score, b.third_score),
            ] { #expect(x == y || abs(x - y) <= tolerance) }
            if b.second_score - b.best_score > 2 * tolerance { #expect(a.best == b.best) }
            if b.second_score - b.best_score > 2 * tolerance, b.third_score - b.second_score > 2 * tolerance {
                #expect(a.second == b.second)
            }
        }
    }

    @Test(arguments: [0] + levels)
    func `equal scores go to the lower index`(level: Int32) {
        let values = [Int16](repeating: 1, count: 9 * 32)
        let offsets: [Float] = [5, 3, 4, 3, 3, 9, 3, 4, 3]
        var nearest = [ck_nearest](repeating: ck_nearest(), count: 1)
        values.withUnsafeBufferPointer { values in
            offsets.withUnsafeBufferPointer { offsets in
                var centroids = ck_byte_centroids(
                    values: values.baseAddress, stride: 32, offsets: offsets.baseAddress, factor: 1, count: 9)
                ck_nearest_bytes(level, &nearest, [7, 7], 2, nil, 1, 1, &centroids)
            }
        }
        #expect(nearest[0].best == 1 && nearest[0].second == 3)
        #expect(nearest[0].best_score == 3 - 14 && nearest[0].third_score == 3 - 14)
    }

    @Test(arguments: [0] + levels, widths)
    func `squared distances are those of plain loops, and 0 between equal rows`(level: Int32, columns: Int) {
        var numbers = Numbers()
        let stride = (columns + 31) / 32 * 32
        let bytes = (0..<9 * columns).map { _ in UInt8(numbers.next(below: 256)) }
        let floats = bytes.map { Float($0) }
        let points = 7
        var values = [Float](repeating: 0, count: points * stride)
        for j in 0..<points { for i in 0..<columns { values[j * stride + i] = floats[j * columns + i] } }
        var ofBytes = [Float](repeating: -1, count: 9 * points)
        var ofFloats = ofBytes
        ck_squared_distances_bytes(level, &ofBytes, bytes, columns, nil, 9, values.map { Int16($0) }, stride, points)
        ck_squared_distances_floats(level, &ofFloats, floats, columns, nil, 9, values, stride, points)
        for row in 0..<9 {
            for j in 0..<points {
                var exact = 0
                for i in 0..<columns {
                    let difference = Int(bytes[row * columns + i]) - Int(bytes[j * columns + i])
                    exact += difference * difference
                }
                #expect(exact > 0 || ofBytes[row * points + j] == 0)
                for distance in [ofBytes[row * points + j], ofFloats[row * points + j]] {
                    #expect(abs(distance - Float(exact)) <= Float(exact) * 1e-5)
                }
            }
        }
    }

    @Test(arguments: [0] + levels, [1, 5, 16, 33, 784])
    func `sums of rows are the same bits on every level`(level: Int32, columns: Int) {
        var numbers = Numbers()
        let bytes = (0..<40 * columns).map { _ in UInt8(numbers.next(below: 256)) }
        let floats = (0..<40 * columns).map { _ in Float(numbers.next(below: 1_000_000)) / 777_777 }
        let index = (0..<29).map { _ in Int32(numbers.next(below: 40)) }
        let start = (0..<columns).map { Double($0) }
        var (byteSums, floatSums) = (start, start)
        ck_add_rows_bytes(level, &byteSums, bytes, columns, index, 29)
        ck_add_rows_floats(level, &floatSums, floats, columns, index, 29)
        for i in 0..<columns {
            #expect(byteSums[i] == index.reduce(start[i]) { $0 + Double(bytes[Int($1) * columns + i]) })
            #expect(floatSums[i] == index.reduce(start[i]) { $0 + Double(floats[Int($1) * columns + i]) })
        }
        ck_subtract_rows_bytes(level, &byteSums, bytes, columns, index, 29)
        #expect(byteSums == start)
        let before = floatSums
        ck_subtract_rows_floats(level, &floatSums, floats, columns, index, 29)
        for i in 0..<columns {
            #expect(floatSums[i] == index.reduce(before[i]) { $0 - Double(floats[Int($1) * columns + i]) })
        }
    }
}
