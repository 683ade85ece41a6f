/// The element types of arrays in files.
public enum ElementType: String, Sendable, CaseIterable, Codable {
    case float32, float64
    case int8, int16, int32, int64
    case uint8, uint16, uint32, uint64

    /// The size of one element in bytes.
    public var size: Int {
        switch self {
        case .int8, .uint8: 1
        case .int16, .uint16: 2
        case .float32, .int32, .uint32: 4
        case .float64, .int64, .uint64: 8
        }
    }
}

/// A Swift type that arrays in files are made of.
public protocol NumericElement: BitwiseCopyable, Sendable {
    static var elementType: ElementType { get }
}

extension Float: NumericElement { public static var elementType: ElementType { .float32 } }
extension Double: NumericElement { public static var elementType: ElementType { .float64 } }
extension Int8: NumericElement { public static var elementType: ElementType { .int8 } }
extension Int16: NumericElement { public static var elementType: ElementType { .int16 } }
extension Int32: NumericElement { public static var elementType: ElementType { .int32 } }
extension Int64: NumericElement { public static var elementType: ElementType { .int64 } }
extension UInt8: NumericElement { public static var elementType: ElementType { .uint8 } }
extension UInt16: NumericElement { public static var elementType: ElementType { .uint16 } }
extension UInt32: NumericElement { public static var elementType: ElementType { .uint32 } }
extension UInt64: NumericElement { public static var elementType: ElementType { .uint64 } }

/// An array as files hold it: element type, shape and bytes, row-major and little-endian.
public struct NumericArray: Sendable, Equatable {
    public let elementType: ElementType
    /// The length of each axis; empty for a scalar.
    public let shape: [Int]
    /// The elements, the last axis fastest, least significant byte first.
    public let bytes: [UInt8]

    /// - Precondition: `bytes` has the size that type and shape ask for.
    public init(elementType: ElementType, shape: [Int], bytes: [UInt8]) {
        let size = checkedSize(ofShape: shape, elementSize: elementType.size)
        precondition(size == bytes.count, "shape \(shape) of \(elementType) does not take \(bytes.count) bytes")
        self.elementType = elementType
        self.shape = shape
        self.bytes = bytes
    }

    /// An array of `values`, by default with one axis.
    ///
    /// - Precondition: `shape` has as many elements as `values`.
    public init<Element: NumericElement>(_ values: [Element], shape: [Int]? = nil) {
        self.init(
            elementType: Element.elementType, shape: shape ?? [values.count], bytes: littleEndianBytes(of: values))
    }

    /// The number of elements.
    public var count: Int { bytes.count / elementType.size }

    /// The elements, row-major; nil if they are of another type.
    public func values<Element: NumericElement>(as type: Element.Type) -> [Element]? {
        guard elementType == Element.elementType else { return nil }
        // Bytes are handed out as they are, not copied; a cast from Any compares the types of the arrays, a direct one
        // would cast every element.
        if Element.self == UInt8.self, let values = (bytes as Any) as? [Element] { return values }
        return elements(of: type, fromLittleEndian: bytes)
    }
}

#if _endian(big)
    #error("arrays are copied to and from files byte by byte, which takes a little-endian machine")
#endif

private func littleEndianBytes<Element: NumericElement>(of values: [Element]) -> [UInt8] {
    values.withUnsafeBytes { [UInt8]($0) }
}

private func elements<Element: NumericElement>(of type: Element.Type, fromLittleEndian bytes: [UInt8]) -> [Element] {
    let count = bytes.count / MemoryLayout<Element>.stride
    return [Element](unsafeUninitializedCapacity: count) { buffer, initializedCount in
        UnsafeMutableRawBufferPointer(buffer).copyBytes(from: bytes)
        initializedCount = count
    }
}
