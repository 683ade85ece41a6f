import CKernels

extension FloatBuffer {
    /// Fills the buffer with chosen rows of a matrix of floats: row i becomes row `rows[range][i]` of `source`
    /// `[any, columns]`.
    public func gather(from source: [Float], columns: Int, rows: [Int32], _ range: Range<Int>) {
        checkGather(columns: columns, rows: rows, range)
        source.withUnsafeBufferPointer { source in
            rows.withUnsafeBufferPointer { rows in
                ck_flat(ck_level()).pointee.gather_floats(
                    base, source.baseAddress!, rows.baseAddress! + range.lowerBound, range.count, columns)
            }
        }
    }

    /// Fills an input of whole numbers with chosen elements of `source`.
    public func gather(from source: [Int32], rows: [Int32], _ range: Range<Int>) {
        checkGather(columns: 1, rows: rows, range)
        let indices = UnsafeMutableRawPointer(base).assumingMemoryBound(to: Int32.self)
        for place in 0..<range.count { indices[place] = source[Int(rows[range.lowerBound + place])] }
    }

    private func checkGather(columns: Int, rows: [Int32], _ range: Range<Int>) {
        precondition(
            range.count * columns <= count && range.upperBound <= rows.count,
            "rows \(range) of \(rows.count), \(columns) columns, gathered into \(count) places")
    }
}

extension FloatBuffer {
    /// Overwrites the first `count` elements by those of `source` from `start` on.
    public func copy(from source: [Float], at start: Int, count length: Int) {
        precondition(
            length <= count && start >= 0 && start + length <= source.count,
            "\(length) of \(source.count) elements from \(start) copied into \(count) places")
        source.withUnsafeBufferPointer { base.update(from: $0.baseAddress! + start, count: length) }
    }
}
