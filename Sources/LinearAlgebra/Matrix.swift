/// A row-major matrix `[rowCount, columnCount]` of concrete numbers, in 64-byte aligned memory or in a mapped file.
/// A value: copies share their bytes until one of them is written.
public struct Matrix<Element: MatrixElement>: Sendable {
    public let rowCount: Int
    public let columnCount: Int
    private var storage: MatrixStorage

    /// The number of elements.
    public var count: Int { rowCount * columnCount }

    /// A matrix whose bytes are not yet written.
    private init(uninitializedRows rows: Int, columns: Int) {
        precondition(rows >= 0 && columns >= 0, "a matrix cannot have \(rows) rows and \(columns) columns")
        let (count, overflow) = rows.multipliedReportingOverflow(by: columns)
        precondition(
            !overflow && count <= Int.max / MemoryLayout<Element>.stride,
            "a matrix of \(rows) rows and \(columns) columns does not fit in memory")
        rowCount = rows
        columnCount = columns
        storage = MatrixStorage(byteCount: count * MemoryLayout<Element>.stride)
    }

    /// A matrix with `value` everywhere.
    public init(rows: Int, columns: Int, repeating value: Element) {
        self.init(uninitializedRows: rows, columns: columns)
        base.initialize(repeating: value, count: count)
    }

    /// A matrix of the elements given row after row.
    ///
    /// - Precondition: there are `rows · columns` elements.
    public init(rows: Int, columns: Int, _ elements: some Collection<Element>) {
        self.init(uninitializedRows: rows, columns: columns)
        precondition(
            elements.count == count,
            "a matrix of \(rows) rows and \(columns) columns needs \(count) elements, not \(elements.count)")
        _ = UnsafeMutableBufferPointer(start: base, count: count).initialize(from: elements)
    }

    /// A matrix whose bytes stay in the file at `path`, from byte `offset` on, and are read when they are needed.
    /// A file that shrinks while it is mapped ends the process, as with every memory map.
    ///
    /// - Throws: `MatrixMappingError` if the file cannot be mapped, is too short, or the offset is not a multiple of
    ///   the element's alignment.
    public init(mapping path: String, offset: Int, rows: Int, columns: Int) throws {
        guard rows >= 0, columns >= 0, offset >= 0 else {
            throw MatrixMappingError(
                path: path, problem: "cannot hold \(rows) rows and \(columns) columns from byte \(offset)")
        }
        guard offset.isMultiple(of: MemoryLayout<Element>.alignment) else {
            let alignment = MemoryLayout<Element>.alignment
            throw MatrixMappingError(
                path: path, problem: "cannot be mapped from byte \(offset), which is no multiple of \(alignment)")
        }
        let (count, tooMany) = rows.multipliedReportingOverflow(by: columns)
        let (byteCount, tooLong) = count.multipliedReportingOverflow(by: MemoryLayout<Element>.stride)
        guard !tooMany, !tooLong else {
            throw MatrixMappingError(path: path, problem: "cannot hold \(rows) rows and \(columns) columns")
        }
        rowCount = rows
        columnCount = columns
        storage = try MatrixStorage(mapping: path, offset: offset, byteCount: byteCount)
    }

    private var base: UnsafeMutablePointer<Element> {
        // Memory that is only ever bound to Element: allocated or mapped for this matrix.
        storage.bytes.assumingMemoryBound(to: Element.self)
    }

    public subscript(row: Int, column: Int) -> Element {
        get { base[offset(row, column)] }
        set {
            let place = offset(row, column)
            makeUnique()
            base[place] = newValue
        }
    }

    private func offset(_ row: Int, _ column: Int) -> Int {
        precondition(
            row >= 0 && row < rowCount && column >= 0 && column < columnCount,
            "element [\(row), \(column)] is outside of a matrix of \(rowCount) rows and \(columnCount) columns")
        return row * columnCount + column
    }

    private mutating func makeUnique() {
        if isKnownUniquelyReferenced(&storage) && !storage.isReadOnly { return }
        let copy = MatrixStorage(byteCount: count * MemoryLayout<Element>.stride)
        copy.bytes.copyMemory(from: storage.bytes, byteCount: count * MemoryLayout<Element>.stride)
        storage = copy
    }

    /// Calls `body` with all elements, row after row. The address is a multiple of 64 unless a file is mapped.
    @inlinable
    public func withUnsafeBufferPointer<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<Element>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(elements)
    }

    /// Calls `body` with all elements, row after row, to be changed in place.
    @inlinable
    public mutating func withUnsafeMutableBufferPointer<Result, Failure: Error>(
        _ body: (UnsafeMutableBufferPointer<Element>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(uniqueElements())
    }

    /// Calls `body` with all elements, row after row.
    @inlinable
    public func withSpan<Result, Failure: Error>(
        _ body: (Span<Element>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(elements.span)
    }

    /// Calls `body` with all elements, row after row, to be changed in place.
    @inlinable
    public mutating func withMutableSpan<Result, Failure: Error>(
        _ body: (inout MutableSpan<Element>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let elements = uniqueElements()
        var span = elements.mutableSpan
        return try body(&span)
    }

    /// The address of the first element. It holds while this matrix lives and is not written.
    package var pointer: UnsafePointer<Element> { UnsafePointer(base) }

    /// The address of the first element, for writing. It holds while this matrix lives and is not copied.
    package mutating func writablePointer() -> UnsafeMutablePointer<Element> {
        makeUnique()
        return base
    }

    @usableFromInline var elements: UnsafeBufferPointer<Element> { UnsafeBufferPointer(start: base, count: count) }

    @usableFromInline
    mutating func uniqueElements() -> UnsafeMutableBufferPointer<Element> {
        makeUnique()
        return UnsafeMutableBufferPointer(start: base, count: count)
    }
}

extension Matrix {
    /// The elements, row after row.
    public var array: [Element] { Array(elements) }

    /// The elements of one row.
    public func row(_ index: Int) -> [Element] {
        precondition(index >= 0 && index < rowCount, "row \(index) is outside of a matrix of \(rowCount) rows")
        return Array(elements[index * columnCount..<(index + 1) * columnCount])
    }

    /// The rows at `indices`, in that order, copied.
    public func rows(_ indices: some Sequence<Int>) -> Matrix {
        let indices = Array(indices)
        let result = Matrix(uninitializedRows: indices.count, columns: columnCount)
        for (place, index) in indices.enumerated() {
            precondition(index >= 0 && index < rowCount, "row \(index) is outside of a matrix of \(rowCount) rows")
            (result.base + place * columnCount).update(from: base + index * columnCount, count: columnCount)
        }
        return result
    }
}

extension Matrix: Equatable {
    public static func == (left: Matrix, right: Matrix) -> Bool {
        left.rowCount == right.rowCount && left.columnCount == right.columnCount
            && left.elements.elementsEqual(right.elements)
    }
}
