internal import Foundation

/// Named arrays and named values: what a learner puts away and goes on from, and what a model is saved as.
///
/// Both keep the order in which they were first set. On disk an archive is a safetensors file, readable by any program
/// that knows the format, with the values as JSON texts in its `__metadata__`; equal archives give equal bytes.
public struct Archive: Sendable, Equatable {
    public typealias ElementType = FileFormats.ElementType

    /// What errors call this archive: the file it was read from.
    public let name: String
    private var contents = Safetensors.Contents()
    private var arrayIndices: [String: Int] = [:]
    private var valueIndices: [String: Int] = [:]

    public init() {
        name = "archive"
    }

    /// Two archives are equal if they hold the same arrays and values in the same order; their names do not matter.
    public static func == (a: Archive, b: Archive) -> Bool { a.contents == b.contents }

    /// The names of the arrays, in order.
    public var arrayNames: [String] { contents.tensors.map(\.name) }
    /// The names of the values, in order.
    public var valueNames: [String] { contents.metadata.map(\.name) }

    // MARK: Arrays

    /// Sets an array of any of the element types, by default with one axis.
    ///
    /// - Precondition: `shape` has as many elements as `values`, and the name is not `__metadata__`.
    public mutating func set<Element: NumericElement>(_ name: String, _ values: [Element], shape: [Int]? = nil) {
        set(name, NumericArray(values, shape: shape))
    }

    public mutating func set(_ name: String, _ array: NumericArray) {
        precondition(name != Safetensors.metadataName, "the name \(name) is reserved")
        if let index = arrayIndices[name] {
            contents.tensors[index].array = array
        } else {
            arrayIndices[name] = contents.tensors.count
            contents.tensors.append(.init(name: name, array: array))
        }
    }

    /// The array of this name with its shape and type; nil if there is none.
    public func array(_ name: String) -> NumericArray? {
        arrayIndices[name].map { contents.tensors[$0].array }
    }

    /// The elements of an array, row-major.
    ///
    /// - Throws: `FileFormatError` if the array is missing, has another element type, or another shape than `shape`.
    public func values<Element: NumericElement>(_ name: String, shape: [Int]? = nil) throws -> [Element] {
        guard let array = array(name) else { throw missing("array", name, among: arrayNames) }
        guard let values = array.values(as: Element.self) else {
            throw wrong(name, "is an array of \(array.elementType.rawValue), not \(Element.elementType.rawValue)")
        }
        if let shape, shape != array.shape {
            throw wrong(name, "has the shape \(array.shape), not \(shape)")
        }
        return values
    }

    public func floats(_ name: String, shape: [Int]? = nil) throws -> [Float] { try values(name, shape: shape) }
    public func doubles(_ name: String, shape: [Int]? = nil) throws -> [Double] { try values(name, shape: shape) }
    public func int32s(_ name: String, shape: [Int]? = nil) throws -> [Int32] { try values(name, shape: shape) }
    public func int64s(_ name: String, shape: [Int]? = nil) throws -> [Int64] { try values(name, shape: shape) }
    public func uint8s(_ name: String, shape: [Int]? = nil) throws -> [UInt8] { try values(name, shape: shape) }
    public func uint32s(_ name: String, shape: [Int]? = nil) throws -> [UInt32] { try values(name, shape: shape) }
    public func uint64s(_ name: String, shape: [Int]? = nil) throws -> [UInt64] { try values(name, shape: shape) }

    // MARK: Values

    /// Sets a value, which is kept as JSON. Floating-point numbers come back to the last bit, infinities and NaN too.
    ///
    /// - Throws: what the value's `encode(to:)` throws.
    public mutating func encode(_ name: String, _ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
        setText(name, String(decoding: try encoder.encode(value), as: UTF8.self))
    }

    /// - Throws: `FileFormatError` if the value is missing or is not of this type.
    public func decode<Value: Decodable>(_ name: String, as type: Value.Type = Value.self) throws -> Value {
        guard let index = valueIndices[name] else { throw missing("value", name, among: valueNames) }
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
        do {
            return try decoder.decode(type, from: Data(contents.metadata[index].text.utf8))
        } catch {
            throw wrong(name, "is not a \(type): \(error)")
        }
    }

    private mutating func setText(_ name: String, _ text: String) {
        if let index = valueIndices[name] {
            contents.metadata[index].text = text
        } else {
            valueIndices[name] = contents.metadata.count
            contents.metadata.append(.init(name: name, text: text))
        }
    }

    // MARK: Parts

    /// Adds all that `other` holds, under names that begin with `prefix` and a slash.
    public mutating func add(_ prefix: String, _ other: Archive) {
        for tensor in other.contents.tensors { set(prefix + "/" + tensor.name, tensor.array) }
        for value in other.contents.metadata { setText(prefix + "/" + value.name, value.text) }
    }

    /// What was added under `prefix`; empty if nothing was.
    public func part(_ prefix: String) -> Archive {
        var part = Archive(name: name + "/" + prefix)
        let start = prefix + "/"
        for tensor in contents.tensors where tensor.name.hasPrefix(start) {
            part.set(String(tensor.name.dropFirst(start.count)), tensor.array)
        }
        for value in contents.metadata where value.name.hasPrefix(start) {
            part.setText(String(value.name.dropFirst(start.count)), value.text)
        }
        return part
    }

    // MARK: Bytes

    /// The archive as a safetensors file.
    ///
    /// - Throws: `FileFormatError` if names and values together exceed the format's 100 MB.
    public func encoded() throws -> [UInt8] {
        try Safetensors.encode(contents)
    }

    /// Reads a safetensors file.
    ///
    /// - Parameter name: the file's name, for errors.
    /// - Throws: `FileFormatError` if the bytes are not a safetensors file.
    public init(decoding bytes: [UInt8], name: String) throws {
        self.init(name: name)
        contents = try Safetensors.decode(bytes, name: name)
        for (index, tensor) in contents.tensors.enumerated() { arrayIndices[tensor.name] = index }
        for (index, value) in contents.metadata.enumerated() { valueIndices[value.name] = index }
    }

    private init(name: String) {
        self.name = name
    }

    private func missing(_ kind: String, _ name: String, among names: [String]) -> FileFormatError {
        wrong(
            name, "there is no such \(kind)", advice: nearestName(to: name, among: names).map { "is \"\($0)\" meant?" })
    }

    private func wrong(_ part: String, _ problem: String, advice: String? = nil) -> FileFormatError {
        FileFormatError(file: name, place: .part(part), problem: problem, advice: advice)
    }
}
