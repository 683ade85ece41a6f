import Foundation

/// Numbers as a journal prints them: "1,165,189", "−0.25", "3×10⁻⁷".
public enum NumberText {
    /// With so many decimals and commas between thousands.
    public static func fixed(_ value: Double, decimals: Int = 0) -> String {
        guard value.isFinite else { return value.isNaN ? "–" : value < 0 ? "−∞" : "∞" }
        let decimals = min(max(decimals, 0), 15)
        let scaled = (value.magnitude * pow(10, Double(decimals))).rounded()
        guard scaled < 9e18 else { return scientific(value) }
        let digits = String(UInt64(scaled))
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        let whole = Array(padded.dropLast(decimals))
        var text = value < 0 && scaled > 0 ? "−" : ""
        for (place, digit) in whole.enumerated() {
            if place > 0, (whole.count - place) % 3 == 0 { text += "," }
            text.append(digit)
        }
        return decimals == 0 ? text : text + "." + padded.suffix(decimals)
    }

    /// The decimals that all values can share: as many as one of them needs, but no more than four significant
    /// digits of the largest.
    static func sharedDecimals(of values: [Double]) -> Int {
        let values = values.filter { (1e-3..<1e15).contains($0.magnitude) }
        guard let largest = values.map(\.magnitude).max() else { return 0 }
        let most = max(0, 4 - fixed(largest).filter(\.isNumber).count)
        return (0...most).first { decimals in
            let power = pow(10, Double(decimals))
            return values.allSatisfy { abs(($0 * power).rounded() / power - $0) < 1e-4 * largest }
        } ?? most
    }

    /// With so many significant digits, trailing zeros left out; very large and small values as powers of ten.
    public static func short(_ value: Double, digits: Int = 3) -> String {
        guard value.isFinite, value != 0 else { return fixed(value) }
        return trimmed(significant(value, digits: digits))
    }

    /// With so many significant digits, trailing zeros too, as measured values have them: "0.00990".
    public static func significant(_ value: Double, digits: Int = 3) -> String {
        guard value.isFinite, value != 0 else { return fixed(value) }
        let exponent = Int(log10(value.magnitude).rounded(.down))
        guard (-4...14).contains(exponent) else { return scientific(value, digits: digits) }
        return fixed(value, decimals: max(0, digits - 1 - exponent))
    }

    /// "1.2×10⁹".
    public static func scientific(_ value: Double, digits: Int = 3) -> String {
        guard value.isFinite, value != 0 else { return fixed(value) }
        var exponent = Int(log10(value.magnitude).rounded(.down))
        var mantissa = value / pow(10, Double(exponent))
        if !mantissa.isFinite { mantissa = value.sign == .minus ? -1 : 1 }
        if fixed(mantissa.magnitude, decimals: digits - 1).hasPrefix("10") {
            mantissa /= 10
            exponent += 1
        }
        return trimmed(fixed(mantissa, decimals: digits - 1)) + "×" + power(exponent)
    }

    /// "10⁻³".
    public static func power(_ exponent: Int) -> String { "10" + superscript(exponent) }

    private static func superscript(_ number: Int) -> String {
        let digits: [Character] = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
        return String(String(number).map { $0.wholeNumberValue.map { digits[$0] } ?? "⁻" })
    }

    private static func trimmed(_ text: String) -> String {
        guard text.contains(".") else { return text }
        var text = text
        while text.hasSuffix("0") { text.removeLast() }
        if text.hasSuffix(".") { text.removeLast() }
        return text
    }
}
