public import FileFormats
public import Randomness

/// All parameters of a model in one flat buffer, and their names.
public final class ParameterStore: Sendable {
    public let layout: ParameterLayout
    /// The parameters, slice after slice; gradients and optimizer moments are buffers of the same length.
    public let values: FloatBuffer

    /// Parameters drawn by their initializers, in the order of their declaration.
    public init(_ layout: ParameterLayout, using random: inout RandomStream) {
        self.layout = layout
        values = FloatBuffer(count: layout.count)
        for (slice, initializer) in zip(layout.slices, layout.initializers) {
            let drawn = initializer.values(shape: slice.shape, using: &random)
            precondition(drawn.count == slice.count, "\(slice.name) \(slice.shape): \(drawn.count) initial values")
            values.replace(at: slice.offset, with: drawn)
        }
    }

    /// The parameters that `save` wrote. Nothing is allocated before all of them are found.
    ///
    /// - Throws: `FileFormatError` if a slice is missing or has another shape.
    public init(_ layout: ParameterLayout, restoring archive: Archive) throws {
        let restored = try layout.slices.map { try archive.floats($0.name, shape: $0.shape) }
        self.layout = layout
        values = FloatBuffer(count: layout.count)
        for (slice, elements) in zip(layout.slices, restored) { values.replace(at: slice.offset, with: elements) }
    }

    /// A copy of `other`, in a buffer of its own.
    public init(copying other: ParameterStore) {
        layout = other.layout
        values = FloatBuffer(count: other.values.count)
        values.copy(from: other.values)
    }

    /// The values of one slice, row-major.
    public subscript(slice: ParameterSlice) -> [Float] {
        get { values.values(slice.range) }
        set {
            precondition(newValue.count == slice.count, "\(newValue.count) values for \(slice.name) \(slice.shape)")
            values.replace(at: slice.offset, with: newValue)
        }
    }

    /// Mixes in all values.
    public func hash(into hash: inout StateHash) {
        values.read(0..<values.count) { hash.combine($0) }
    }

    /// Writes every slice under its name.
    public func save(into archive: inout Archive) {
        for slice in layout.slices { archive.set(slice.name, self[slice], shape: slice.shape) }
    }

    /// Reads every slice by its name.
    ///
    /// - Throws: if a slice is missing or has another shape.
    public func restore(from archive: Archive) throws {
        let restored = try layout.slices.map { try archive.floats($0.name, shape: $0.shape) }
        for (slice, values) in zip(layout.slices, restored) { self[slice] = values }
    }
}
