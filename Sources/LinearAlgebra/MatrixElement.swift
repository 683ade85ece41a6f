/// What a `Matrix` can hold: numbers whose bytes mean the same in memory and in a file.
public protocol MatrixElement: BitwiseCopyable, Sendable, Equatable {}

extension Float: MatrixElement {}
extension Double: MatrixElement {}
extension UInt8: MatrixElement {}
extension Int32: MatrixElement {}
