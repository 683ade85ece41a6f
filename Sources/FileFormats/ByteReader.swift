/// Reads a file's bytes in order, under every parser of binary files.
///
/// Whatever number a file holds, reading it ends in a value or in a `FileFormatError` with the offset: offsets are
/// checked, sizes are multiplied with overflow detection, and memory whose size the file declares is first taken
/// from a budget.
package struct ByteReader {
    /// The budget's lower limit in bytes, so that small files need not be thrifty.
    package static let smallestBudget = 64 << 20

    package let file: String
    private let bytes: [UInt8]
    /// The offset of the next byte.
    package private(set) var offset = 0
    /// How many more bytes may be allocated because the file says so.
    package private(set) var budget: Int

    /// - Parameters:
    ///   - file: the name that errors give.
    ///   - ratio: the budget is `ratio` bytes for each byte of the file, and 64 MiB at least. Formats that store
    ///     plain values need little more than the file's size; compressed ones may declare more.
    package init(_ bytes: [UInt8], file: String, ratio: Int = 4) {
        self.bytes = bytes
        self.file = file
        let (product, overflow) = bytes.count.multipliedReportingOverflow(by: ratio)
        budget = max(Self.smallestBudget, overflow ? Int.max : product)
    }

    package var count: Int { bytes.count }
    package var remaining: Int { bytes.count - offset }
    package var isAtEnd: Bool { offset == bytes.count }

    /// An error at `offset`, or where the reader stands.
    package func error(_ problem: String, at offset: Int? = nil, advice: String? = nil) -> FileFormatError {
        FileFormatError(file: file, place: .offset(offset ?? self.offset), problem: problem, advice: advice)
    }

    /// Takes `count` bytes of memory from the budget before somebody allocates them.
    package mutating func reserve(_ count: Int, for what: String) throws {
        guard count >= 0, count <= budget else {
            throw error("\(what) would need \(count) bytes of memory, more than the \(budget) this file may take")
        }
        budget -= count
    }

    /// The next byte, which stays unread; nil at the end.
    package var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    package mutating func byte(_ what: String) throws -> UInt8 {
        guard offset < bytes.count else { throw truncated(what, wanting: 1) }
        defer { offset += 1 }
        return bytes[offset]
    }

    /// The next `count` bytes, not copied.
    package mutating func slice(_ count: Int, _ what: String) throws -> ArraySlice<UInt8> {
        guard count >= 0, count <= remaining else { throw truncated(what, wanting: count) }
        defer { offset += count }
        return bytes[offset..<offset + count]
    }

    /// The next `count` bytes as an array of their own, taken from the budget.
    package mutating func array(_ count: Int, _ what: String) throws -> [UInt8] {
        let slice = try slice(count, what)
        try reserve(count, for: what)
        return Array(slice)
    }

    package mutating func skip(_ count: Int, _ what: String) throws {
        _ = try slice(count, what)
    }

    /// Goes to an offset that was reached before.
    package mutating func rewind(to offset: Int) {
        precondition(offset >= 0 && offset <= self.offset, "cannot rewind to \(offset) from \(self.offset)")
        self.offset = offset
    }

    package mutating func littleEndian<Value: FixedWidthInteger>(_ type: Value.Type, _ what: String) throws -> Value {
        try slice(MemoryLayout<Value>.size, what).reversed().reduce(0) { ($0 << 8) | Value(truncatingIfNeeded: $1) }
    }

    package mutating func bigEndian<Value: FixedWidthInteger>(_ type: Value.Type, _ what: String) throws -> Value {
        try slice(MemoryLayout<Value>.size, what).reduce(0) { ($0 << 8) | Value(truncatingIfNeeded: $1) }
    }

    /// The next bytes up to `terminator`, which is read too but not part of the result.
    package mutating func slice(upTo terminator: UInt8, _ what: String) throws -> ArraySlice<UInt8> {
        guard let end = bytes[offset...].firstIndex(of: terminator) else {
            throw error("\(what) does not end")
        }
        defer { offset = end + 1 }
        return bytes[offset..<end]
    }

    /// The size in bytes of an array of this shape.
    package func size(ofShape shape: [Int], elementSize: Int, at offset: Int? = nil) throws -> Int {
        guard let size = checkedSize(ofShape: shape, elementSize: elementSize) else {
            throw error("the shape \(shape) of \(elementSize)-byte elements has no possible size", at: offset)
        }
        return size
    }

    private func truncated(_ what: String, wanting count: Int) -> FileFormatError {
        error(
            "\(what) should take \(count) bytes here, but the file has only \(remaining) more",
            advice: "the file is truncated or damaged")
    }
}

/// The product of a shape's dimensions and the element size; nil if one is negative or the product overflows.
package func checkedSize(ofShape shape: [Int], elementSize: Int) -> Int? {
    var size = elementSize
    for dimension in shape {
        let (product, overflow) = size.multipliedReportingOverflow(by: dimension)
        guard dimension >= 0, !overflow else { return nil }
        size = product
    }
    return size
}
