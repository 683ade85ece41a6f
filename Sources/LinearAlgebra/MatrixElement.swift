/// What a `Matrix` can hold: plain values whose bytes mean the same in memory and in a file.
public protocol MatrixElement: BitwiseCopyable, Sendable, Equatable {}

extension Float: MatrixElement {}
extension Double: MatrixElement {}
extension UInt8: MatrixElement {}
extension Int32: MatrixElement {}
extension Int16: MatrixElement {}
