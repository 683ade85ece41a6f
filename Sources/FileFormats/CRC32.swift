internal import CZlib

/// The cyclic redundancy check of gzip and PNG (ISO 3309), taken piece by piece: it finds files that were cut short or
/// damaged.
public struct CRC32: Sendable, Equatable {
    public private(set) var value: UInt32

    /// - Parameter value: that of what has been seen already.
    public init(continuing value: UInt32 = 0) { self.value = value }

    public init(of bytes: [UInt8]) {
        self.init()
        update(with: bytes)
    }

    public mutating func update(with bytes: [UInt8]) {
        value = UInt32(
            truncatingIfNeeded: bytes.withUnsafeBufferPointer { crc32_z(UInt(value), $0.baseAddress, $0.count) })
    }

    /// Eight hexadecimal digits.
    public var text: String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }
}
