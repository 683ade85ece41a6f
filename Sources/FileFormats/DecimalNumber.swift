/// The number that a field's bytes spell, correctly rounded, spaces around it allowed; nil if they spell none.
///
/// Up to 19 digits with a power of ten within ±22 are exact after one multiplication or division of exact doubles
/// (Clinger 1990, the fast path); the rest goes through the standard library.
func decimalNumber(in field: ArraySlice<UInt8>) -> Double? {
    var bytes = field
    while let first = bytes.first, isSpace(first) { bytes.removeFirst() }
    while let last = bytes.last, isSpace(last) { bytes.removeLast() }

    var index = bytes.startIndex
    func byte() -> UInt8? { index < bytes.endIndex ? bytes[index] : nil }
    func digit() -> UInt64? {
        guard let byte = byte(), byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
        return UInt64(byte - UInt8(ascii: "0"))
    }

    let isNegative = byte() == UInt8(ascii: "-")
    if isNegative || byte() == UInt8(ascii: "+") { index += 1 }
    var mantissa: UInt64 = 0
    var digits = 0
    var exponent = 0
    while let digit = digit() {
        mantissa = mantissa &* 10 &+ digit
        digits += 1
        index += 1
    }
    if byte() == UInt8(ascii: ".") {
        index += 1
        while let digit = digit() {
            mantissa = mantissa &* 10 &+ digit
            digits += 1
            exponent -= 1
            index += 1
        }
    }
    guard digits > 0 else { return specialNumber(bytes) }
    if byte() == UInt8(ascii: "e") || byte() == UInt8(ascii: "E") {
        index += 1
        let isSmall = byte() == UInt8(ascii: "-")
        if isSmall || byte() == UInt8(ascii: "+") { index += 1 }
        guard digit() != nil else { return nil }
        var power = 0
        while let digit = digit() {
            power = min(power * 10 + Int(digit), 1_000_000)
            index += 1
        }
        exponent += isSmall ? -power : power
    }
    guard index == bytes.endIndex else { return nil }

    guard digits <= 19, mantissa <= 1 << 53, (-22...22).contains(exponent) else {
        return Double(String(decoding: bytes, as: UTF8.self))
    }
    let magnitude = exponent < 0 ? Double(mantissa) / powersOfTen[-exponent] : Double(mantissa) * powersOfTen[exponent]
    return isNegative ? -magnitude : magnitude
}

/// The powers of ten that a double holds exactly.
private let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
]

private func isSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
}

private func specialNumber(_ bytes: ArraySlice<UInt8>) -> Double? {
    guard bytes.count <= 9 else { return nil }
    return switch String(decoding: bytes, as: UTF8.self).lowercased() {
    case "nan": .nan
    case "inf", "+inf", "infinity", "+infinity": .infinity
    case "-inf", "-infinity": -.infinity
    default: nil
    }
}
