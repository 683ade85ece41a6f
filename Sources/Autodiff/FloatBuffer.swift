/// A fixed number of floats at a fixed address, aligned to a cache line, zero at first.
///
/// This is a reference: programs hold its address. Whoever owns a model owns its buffers; they are not for sharing
/// between two tasks at a time.
public final class FloatBuffer: @unchecked Sendable {
    public let count: Int
    @usableFromInline package let base: UnsafeMutablePointer<Float>

    /// The buffer that a view looks at.
    private let owner: FloatBuffer?

    public init(count: Int) {
        self.count = count
        owner = nil
        let bytes = max(count, 1) * MemoryLayout<Float>.stride
        let raw = UnsafeMutableRawPointer.allocate(byteCount: (bytes + 63) / 64 * 64, alignment: 64)
        raw.initializeMemory(as: UInt8.self, repeating: 0, count: (bytes + 63) / 64 * 64)
        base = raw.assumingMemoryBound(to: Float.self)
    }

    /// The first `count` elements of `owner`, at the same address.
    init(viewing owner: FloatBuffer, count: Int) {
        precondition(count <= owner.count, "a view of \(count) of \(owner.count) elements")
        self.count = count
        self.owner = owner
        base = owner.base
    }

    deinit {
        if owner == nil { UnsafeMutableRawPointer(base).deallocate() }
    }

    /// Reads the elements in `range`.
    @inlinable
    public func read<Result>(_ range: Range<Int>, _ body: (Span<Float>) throws -> Result) rethrows -> Result {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "elements \(range) of \(count)")
        return try body(UnsafeBufferPointer(start: base + range.lowerBound, count: range.count).span)
    }

    /// Reads or overwrites the elements in `range`.
    @inlinable
    public func write<Result>(
        _ range: Range<Int>, _ body: (inout MutableSpan<Float>) throws -> Result
    ) rethrows -> Result {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "elements \(range) of \(count)")
        let elements = UnsafeMutableBufferPointer(start: base + range.lowerBound, count: range.count)
        var span = elements.mutableSpan
        return try body(&span)
    }

    public subscript(index: Int) -> Float {
        get {
            precondition(index >= 0 && index < count, "element \(index) of \(count)")
            return base[index]
        }
        set {
            precondition(index >= 0 && index < count, "element \(index) of \(count)")
            base[index] = newValue
        }
    }

    public func fill(_ value: Float) { base.update(repeating: value, count: count) }

    /// Overwrites all elements by those of `other`, which has as many.
    public func copy(from other: FloatBuffer) {
        precondition(other.count == count, "\(other.count) elements copied to \(count)")
        base.update(from: other.base, count: count)
    }

    /// A copy of the elements in `range`.
    public func values(_ range: Range<Int>) -> [Float] {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "elements \(range) of \(count)")
        return Array(UnsafeBufferPointer(start: base + range.lowerBound, count: range.count))
    }

    /// Overwrites the elements from `offset` on.
    public func replace(at offset: Int, with values: [Float]) {
        precondition(offset >= 0 && offset + values.count <= count, "\(values.count) values at \(offset) of \(count)")
        values.withUnsafeBufferPointer { (base + offset).update(from: $0.baseAddress!, count: $0.count) }
    }
}
