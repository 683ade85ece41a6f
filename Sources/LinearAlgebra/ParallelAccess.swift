/// The elements of an array while the items of a `WorkerPool.run` write them: each item only places of its own, so that no
/// two workers ever touch the same one.
public struct ParallelAccess<Element>: @unchecked Sendable {
    @usableFromInline let base: UnsafeMutablePointer<Element>?
    public let count: Int

    @inlinable
    init(_ buffer: UnsafeMutableBufferPointer<Element>) {
        base = buffer.baseAddress
        count = buffer.count
    }

    @inlinable
    public subscript(place: Int) -> Element {
        unsafeAddress { UnsafePointer(address(place)) }
        nonmutating unsafeMutableAddress { address(place) }
    }

    /// Lets `body` write the elements of `range`.
    @inlinable
    public func write(_ range: Range<Int>, _ body: (inout MutableSpan<Element>) -> Void) {
        precondition(
            range.lowerBound >= 0 && range.upperBound <= count, "places \(range) of an array of \(count) elements")
        let places = UnsafeMutableBufferPointer(start: base.map { $0 + range.lowerBound }, count: range.count)
        var span = places.mutableSpan
        body(&span)
    }

    /// Lets `body` read all elements, of which no worker writes one meanwhile.
    @inlinable
    public func read<Result>(_ body: (Span<Element>) -> Result) -> Result {
        body(UnsafeBufferPointer(start: base, count: count).span)
    }

    @inlinable
    func address(_ place: Int) -> UnsafeMutablePointer<Element> {
        guard place >= 0, place < count, let base else {
            preconditionFailure("place \(place) of an array of \(count) elements")
        }
        return base + place
    }
}

extension Array {
    /// Lets `body` hand the elements to workers.
    @inlinable
    public mutating func withParallelAccess<Result>(_ body: (ParallelAccess<Element>) -> Result) -> Result {
        withUnsafeMutableBufferPointer { body(ParallelAccess($0)) }
    }
}

/// Lets `body` hand the elements of four arrays to workers.
@inlinable
public func withParallelAccess<A, B, C, D>(
    to a: inout [A], _ b: inout [B], _ c: inout [C], _ d: inout [D],
    _ body: (ParallelAccess<A>, ParallelAccess<B>, ParallelAccess<C>, ParallelAccess<D>) -> Void
) {
    a.withParallelAccess { a in
        b.withParallelAccess { b in
            c.withParallelAccess { c in
                d.withParallelAccess { d in body(a, b, c, d) }
            }
        }
    }
}
